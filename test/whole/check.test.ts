/** `postolka check` before a real gateway with two certificates: everything is found good, nobody logs in, ISDS hears nothing. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/core/index.ts';
import { type KeyPair } from '../../src/net/index.ts';
import { selfSigned } from '../../src/certificates/index.ts';
import { type Announcement, zone } from '../../src/setup/index.ts';
import { type Directory, examine, type Finding, worded } from '../../src/doctor/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { domain, startWhole } from './whole.ts';

const WEB_NAMES = ['', 'autoconfig.', 'autodiscover.', 'ua-auto-config.', 'pop3.'].map(
  (prefix) => `${prefix}${domain}`,
);

function isOfSmtp({ what }: Finding): boolean {
  return what.startsWith('smtp.');
}

test('a gateway with a certificate for SMTP and one for the rest has nothing but good findings', async () => {
  const folder = temporaryFolder();
  const pairs = {
    web: await selfSigned(systemClock, WEB_NAMES),
    smtp: await selfSigned(systemClock, [`smtp.${domain}`, `posta.${domain}`]),
  };
  const tables = Object.entries(pairs).map(([name, { cert, key }]) => {
    writeFileSync(join(folder, `${name}.pem`), cert);
    writeFileSync(join(folder, `${name}.key`), key);
    return `[[tls.certificates]]\ncertificateFile = "${folder}/${name}.pem"\nkeyFile = "${folder}/${name}.key"\n`;
  });
  const configFile = (): string => {
    const path = join(folder, 'postolka.toml');
    writeFileSync(path, `domain = "${domain}"\n${tables.join('')}`);
    return path;
  };
  const ports = { POSTOLKA_SETUP_HTTP_PORT: '0', POSTOLKA_SETUP_HTTPS_PORT: '0' };
  const whole = await startWhole({ configFile, settings: { POSTOLKA_SETUP_HOST: '127.0.0.1', ...ports } });
  onTestFinished(() => whole.stop());
  const { pop3Tls, pop3, smtpTls, smtp, http, https } = whole.gateway.ports;
  const announcement: Announcement = {
    domain,
    pop3: { host: `pop3.${domain}`, tlsPort: pop3Tls, startTlsPort: pop3 },
    smtp: { host: `smtp.${domain}`, tlsPort: smtpTls, startTlsPort: smtp },
    publicUrl: `https://${domain}`,
    pacc: true,
    pickup: { policy: 'onPoll', intervalMinutes: 0 },
  };
  const directory: Directory = {
    addresses: async () => ['127.0.0.1'],
    records: async (name, type) =>
      Array.from(zone(announcement, []).matchAll(/^(\S+)\. 3600 IN (\S+) (.*)$/gm))
        .filter(([, owner, kind]) => owner === name && kind === type)
        .map(([, , , value = '']) => value),
  };
  // Self-signed certificates have the same issuer, and OpenSSL looks at the first of that name only: one look for each.
  const lookTrusting = ({ cert }: KeyPair): Promise<Finding[]> =>
    examine(announcement, {
      directory,
      clock: systemClock,
      ca: [cert],
      httpsPort: https!,
      httpPort: http,
      issuedNames: WEB_NAMES,
      moreNames: [],
      isds: [whole.sandbox.url],
    });
  const findings = [
    ...(await lookTrusting(pairs.web)).filter((finding) => !isOfSmtp(finding)),
    ...(await lookTrusting(pairs.smtp)).filter(isOfSmtp),
  ];
  expect(findings.filter(({ level }) => level !== 'ok').map(worded)).toEqual([]);
  const words = findings.map(worded).map((line) => line.replace(/(?<=, certificate valid until ).*/, 'its day'));
  expect(words).toEqual(
    expect.arrayContaining([
      ...[pop3Tls, pop3].map(
        (port) => `ok     pop3.${domain} port ${port} at 127.0.0.1, certificate valid until its day`,
      ),
      ...[smtpTls, smtp].map(
        (port) => `ok     smtp.${domain} port ${port} at 127.0.0.1, certificate valid until its day`,
      ),
      `ok     http://${domain}/.well-known/acme-challenge/postolka-check`,
      `ok     ISDS at ${whole.sandbox.url}`,
    ]),
  );
  expect(whole.sandbox.calls.all()).toEqual([]);
  expect(whole.log.filter(({ msg }) => msg === 'logged in')).toEqual([]);
});
