import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configKeys, loadConfig } from '../../src/config/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test('a domain is all that must be said', () => {
  const config = loadConfig(file('a.toml', 'domain = "datovka.example.cz"'), {});
  expect(config).toMatchObject({
    domain: 'datovka.example.cz',
    isds: { domain: 'datovka.gov.cz' },
    pop3: { tlsPort: 995, startTlsPort: 110 },
    smtp: { tlsPort: 465, startTlsPort: 587 },
  });
});

test('one setting leads to the test environment', () => {
  const config = loadConfig(file('b.toml', 'domain = "a.cz"\n[isds]\ndomain = "datovka-test.gov.cz"'), {});
  expect(config.isds.domain).toBe('datovka-test.gov.cz');
});

test('every fault is named by its key, all at once', () => {
  const path = file('c.toml', '[pop3]\ntlsPort = "devět"\n[isds]\nbarva = 1\n[login]\nfailuresOfAll = 6');
  expect(() => loadConfig(path, {})).toThrow(
    /domain: must be set[\s\S]*pop3\.tlsPort: [\s\S]*isds\.barva: there is no such setting[\s\S]*login\.failuresOfAll: /,
  );
});

test('broken TOML is named with its line', () => {
  expect(() => loadConfig(file('d.toml', 'domain = "a.cz"\n[pop3\n'), {})).toThrow(/d\.toml:\d+:\d+: /);
});

test('a missing file is an error, not an empty configuration', () => {
  expect(() => loadConfig(join(folder, 'neexistuje.toml'), {})).toThrow(/neexistuje\.toml/);
});

test('the environment wins over the file', () => {
  const path = file('e.toml', 'domain = "a.cz"\n[pop3]\ntlsPort = 1');
  const config = loadConfig(path, { POSTOLKA_POP3_TLS_PORT: '2995', POSTOLKA_DOMAIN: 'b.cz' });
  expect([config.domain, config.pop3.tlsPort]).toEqual(['b.cz', 2_995]);
});

test('a secret comes from the environment or from a file and never shows', () => {
  const key = file('key.pem', '-----BEGIN PRIVATE KEY-----\n');
  const environment = { POSTOLKA_DOMAIN: 'a.cz', POSTOLKA_TLS_CERTIFICATE_FILE: '/etc/ssl/a.pem' };
  const direct = loadConfig(undefined, { ...environment, POSTOLKA_TLS_KEY: 'tajné' });
  expect(direct.tls.key?.reveal()).toBe('tajné');
  expect(JSON.stringify(direct)).not.toContain('tajné');
  expect(loadConfig(undefined, { ...environment, POSTOLKA_TLS_KEY_FILE: key }).tls.keyFile).toBe(key);
  const domain = file('domain', 'c.cz\n');
  expect(loadConfig(undefined, { POSTOLKA_DOMAIN_FILE: domain }).domain).toBe('c.cz');
});

test('a certificate without a key is refused by name', () => {
  const path = file('f.toml', 'domain = "a.cz"\n[tls]\ncertificateFile = "a.pem"');
  expect(() => loadConfig(path, {})).toThrow(/tls\.certificateFile: must be set together/);
});

test('an authority is asked for certificates only with consent to its terms, over HTTPS, and with a port that it can reach', () => {
  const settings = {
    POSTOLKA_DOMAIN: 'a.cz',
    POSTOLKA_TLS_ACME_DIRECTORY_URL: 'https://authority.example/directory',
    POSTOLKA_TLS_ACME_AGREE_TO_TERMS: 'yes',
    POSTOLKA_SETUP_HTTP_PORT: '80',
  };
  expect(loadConfig(undefined, settings).tls.acme).toMatchObject({ agreeToTerms: 'yes', domains: [] });
  const without = (change: object) => () => loadConfig(undefined, { ...settings, ...change });
  expect(without({ POSTOLKA_TLS_ACME_AGREE_TO_TERMS: undefined })).toThrow('tls.acme.agreeToTerms: must be "yes"');
  expect(without({ POSTOLKA_SETUP_HTTP_PORT: undefined })).toThrow('setup.httpPort: must be set for tls.acme');
  expect(without({ POSTOLKA_TLS_ACME_DIRECTORY_URL: 'http://authority.example/' })).toThrow(
    'tls.acme.directoryUrl (POSTOLKA_TLS_ACME_DIRECTORY_URL): must be a URL that begins with https://',
  );
  expect(without({ POSTOLKA_TLS_ACME_DOMAINS: '*.a.cz' })).toThrow(
    'tls.acme.domains.0 (POSTOLKA_TLS_ACME_DOMAINS): must be a domain name',
  );
});

const SPISOVKA =
  '[[certificates]]\nlogin = "spisovka"\npasswordHash = "$scrypt$"\ncertificateFile = "a.pem"\nkeyFile = "a.key"\n';

test('accounts with certificates are a list of tables', () => {
  const path = file('g.toml', `domain = "a.cz"\n${SPISOVKA}${SPISOVKA.replace('spisovka', 'Spisovka2')}`);
  expect(loadConfig(path, {}).certificates.map(({ login }) => login)).toEqual(['spisovka', 'Spisovka2']);
});

test('a login of two certificates, a password in the clear and a wrong name are refused', () => {
  const twice = file('h.toml', `domain = "a.cz"\n${SPISOVKA}${SPISOVKA.replace('spisovka', 'SPISOVKA')}`);
  expect(() => loadConfig(twice, {})).toThrow('certificates: must not name a login twice');
  const wrong = SPISOVKA.replace('$scrypt$', 'Heslo-1234').replace('spisovka', 'spisová');
  expect(() => loadConfig(file('i.toml', `domain = "a.cz"\n${wrong}`), {})).toThrow(
    /certificates\.0\.login: [\s\S]*certificates\.0\.passwordHash: must be what "postolka password" prints/,
  );
});

test('no variable sets a table of a list', () => {
  expect(configKeys.filter(({ path }) => path.startsWith('certificates'))).toEqual([]);
});

test('every key has a description', () => {
  expect(configKeys.filter((key) => key.description === '').map((key) => key.path)).toEqual([]);
});

test.each([
  ['POSTOLKA_PICKUP_POLICI', 'POSTOLKA_PICKUP_POLICY'],
  ['POSTOLKA_DOMAN', 'POSTOLKA_DOMAIN'],
  ['POSTOLKA_PICKUP_INTERVALMINUTES', 'POSTOLKA_PICKUP_INTERVAL_MINUTES'],
  ['POSTOLKA_TLS_KEY_FIEL', 'POSTOLKA_TLS_KEY_FILE'],
])('%s is refused, and %s named', (variable, meant) => {
  const load = () => loadConfig(undefined, { POSTOLKA_DOMAIN: 'a.cz', [variable]: 'x' });
  expect(load).toThrow(`${variable}: there is no such setting; did you mean ${meant}?`);
});

test('a variable that is like no setting is refused without advice, those of the platform are passed over', () => {
  const domain = { POSTOLKA_DOMAIN: 'a.cz' };
  expect(() => loadConfig(undefined, { ...domain, POSTOLKA_XYZ: '1' })).toThrow(
    /^POSTOLKA_XYZ: there is no such setting$/m,
  );
  const platform = {
    POSTOLKA_SERVICE_HOST: '10.0.0.1',
    POSTOLKA_PORT: 'tcp://10.0.0.1:995',
    POSTOLKA_PORT_995_TCP: 'tcp://10.0.0.1:995',
    POSTOLKA_CONFIG: '/etc/postolka.toml',
  };
  expect(loadConfig(undefined, { ...domain, ...platform }).domain).toBe('a.cz');
});
