/** A gateway that gets its certificates from a real ACME authority, and what its clients see of that. */
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { selfSigned } from '../../src/certificates/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startWhole, type Whole } from '../whole/whole.ts';
import { freePort, type Pebble, pebbleIsInstalled, startPebble } from './pebble.ts';
import { systemClock } from '../../src/core/index.ts';

const DOMAIN = 'datovka.example.cz';
const NAMES = ['', 'autoconfig.', 'autodiscover.', 'ua-auto-config.', 'pop3.', 'smtp.'].map((one) => `${one}${DOMAIN}`);
const YEAR_MS = 365 * 86_400_000;

interface House {
  readonly pebble: Pebble;
  readonly clock: { ahead: number; now(): number };
  readonly dataDirectory: string;
  /** Starts a gateway, as often as wanted one after the other. */
  readonly start: (more?: Readonly<Record<string, string>>) => Promise<Whole>;
}

async function newHouse(): Promise<House> {
  const httpPort = await freePort();
  const pebble = await startPebble(httpPort);
  const dataDirectory = temporaryFolder();
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead };
  return {
    pebble,
    clock,
    dataDirectory,
    async start(more = {}) {
      const settings = {
        POSTOLKA_DOMAIN: DOMAIN,
        POSTOLKA_DATA_DIRECTORY: dataDirectory,
        POSTOLKA_SETUP_HOST: '127.0.0.1',
        POSTOLKA_SETUP_HTTP_PORT: String(httpPort),
        POSTOLKA_SETUP_HTTPS_PORT: '0',
        POSTOLKA_TLS_ACME_DIRECTORY_URL: pebble.directoryUrl,
        POSTOLKA_TLS_ACME_AGREE_TO_TERMS: 'yes',
        POSTOLKA_TLS_ACME_EMAIL: 'spravce@postolka.cz',
        POSTOLKA_TLS_ACME_CA_FILE: pebble.caFile,
        ...more,
      };
      const whole = await startWhole({ clock, settings });
      let stopped: Promise<void> | undefined;
      const stop = (): Promise<void> => (stopped ??= whole.stop());
      onTestFinished(stop);
      return { ...whole, stop };
    },
  };
}

async function open(port: number, servername: string, ca?: string): Promise<TLSSocket> {
  const trust = ca === undefined ? { rejectUnauthorized: false } : { ca };
  const socket = connect({ port, host: '127.0.0.1', servername, ...trust });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'secureConnect');
  return socket;
}

async function serialSeen(port: number, servername: string): Promise<string> {
  const socket = await open(port, servername);
  return socket.getPeerCertificate().serialNumber;
}

/** The first octet of a SEQUENCE in DER. */
const SIGNED = 0x30;

async function profileBegins({ gateway }: Whole): Promise<number | undefined> {
  const answer = await fetch(`http://127.0.0.1:${gateway.ports.http}/postolka.mobileconfig`);
  const [first] = await answer.bytes();
  return first;
}

const saying = ({ log }: Whole, words: string) => log.filter(({ msg }) => msg === words);

/** Waits until the log has these words so many times. */
async function said(whole: Whole, words: string, times = 1): Promise<Record<string, unknown>> {
  await expect.poll(() => saying(whole, words).length, { timeout: 20_000 }).toBe(times);
  return saying(whole, words).at(-1)!;
}

describe.skipIf(!pebbleIsInstalled)('with the authority pebble (skipped where it is not installed)', () => {
  test('the first start: a self-signed certificate until one is issued, then a good one under every name and port', async () => {
    const { pebble, dataDirectory, start } = await newHouse();
    const whole = await start();
    expect(
      saying(
        whole,
        'there is no certificate yet; until the authority has issued one, mail programs see a self-signed one',
      ),
    ).toHaveLength(1);
    const { pop3Tls, smtpTls, https } = whole.gateway.ports;
    const before = await open(pop3Tls, `pop3.${DOMAIN}`);
    await once(before, 'data');
    await said(whole, 'certificate issued');
    const root = await pebble.root();
    for (const port of [pop3Tls, smtpTls, https!]) {
      for (const name of NAMES) expect((await open(port, name, root)).authorized).toBe(true);
    }
    const after = await open(pop3Tls, '');
    expect(after.getPeerX509Certificate()?.checkHost(DOMAIN)).toBe(DOMAIN);
    before.write('CAPA\r\n');
    const [answer]: Buffer[] = await once(before, 'data');
    expect(String(answer)).toMatch(/^\+OK/);

    expect(await profileBegins(whole)).toBe(SIGNED);

    const [folder = ''] = readdirSync(join(dataDirectory, 'acme'));
    const path = join(dataDirectory, 'acme', folder);
    expect(readdirSync(path).toSorted()).toEqual(['account-key.pem', 'certificate.pem']);
    for (const file of readdirSync(path)) expect(statSync(join(path, file)).mode & 0o777).toBe(0o600);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(JSON.stringify(whole.log)).not.toContain('PRIVATE KEY');
  });

  test('a restart shows the kept certificate from the first moment and orders none', async () => {
    const { start } = await newHouse();
    const first = await start();
    await said(first, 'certificate issued');
    const serial = await serialSeen(first.gateway.ports.pop3Tls, DOMAIN);
    await first.stop();
    const second = await start();
    expect(await serialSeen(second.gateway.ports.pop3Tls, DOMAIN)).toBe(serial);
    await second.gateway.renewCertificates();
    expect(saying(second, 'certificate ordered')).toEqual([]);
  });

  test('a restart with one more name orders a certificate that has it', async () => {
    const { start } = await newHouse();
    const first = await start({ POSTOLKA_TLS_ACME_DOMAINS: DOMAIN });
    await said(first, 'certificate issued');
    await first.stop();
    const second = await start({ POSTOLKA_TLS_ACME_DOMAINS: `${DOMAIN},posta.${DOMAIN}` });
    await said(second, 'certificate issued');
    const socket = await open(second.gateway.ports.pop3Tls, `posta.${DOMAIN}`);
    expect(socket.getPeerX509Certificate()?.checkHost(`posta.${DOMAIN}`)).toBe(`posta.${DOMAIN}`);
  });

  test('a certificate that is two thirds through its life is renewed under open sessions', async () => {
    const { clock, start } = await newHouse();
    const whole = await start();
    await said(whole, 'certificate issued');
    const { pop3Tls } = whole.gateway.ports;
    const before = await open(pop3Tls, DOMAIN);
    await once(before, 'data');
    await whole.gateway.renewCertificates();
    expect(saying(whole, 'certificate ordered')).toHaveLength(1);
    // Pebble's certificates live five years.
    clock.ahead = 4 * YEAR_MS;
    await whole.gateway.renewCertificates();
    await said(whole, 'certificate issued', 2);
    expect(await serialSeen(pop3Tls, DOMAIN)).not.toBe(before.getPeerCertificate().serialNumber);
    before.write('CAPA\r\n');
    const [answer]: Buffer[] = await once(before, 'data');
    expect(String(answer)).toMatch(/^\+OK/);
  });

  test('an authority that does not answer: the valid certificate stays, the gateway works, later it is asked again', async () => {
    const { pebble, clock, start } = await newHouse();
    const whole = await start();
    await said(whole, 'certificate issued');
    const { pop3Tls } = whole.gateway.ports;
    const serial = await serialSeen(pop3Tls, DOMAIN);
    await pebble.stop();
    clock.ahead = 4 * YEAR_MS;
    await whole.gateway.renewCertificates();
    const failure = await said(whole, 'certificate not issued');
    expect(String(failure['reason'])).toContain('ECONNREFUSED');
    expect(new Date(String(failure['again'])).getTime()).toBeGreaterThan(clock.now() + 10 * 60_000);
    expect(await serialSeen(pop3Tls, DOMAIN)).toBe(serial);
    await pebble.start();
    // As SIGHUP does after somebody has mended something.
    await whole.gateway.renewCertificates();
    await said(whole, 'certificate issued', 2);
    expect(await serialSeen(pop3Tls, DOMAIN)).not.toBe(serial);
  });

  test('a name that does not lead here is named in the log, with what the authority saw', async () => {
    const { start } = await newHouse();
    const whole = await start({ POSTOLKA_SETUP_HTTP_PORT: '0' });
    const failure = await said(whole, 'certificate not issued');
    expect(String(failure['reason'])).toContain(`pop3.${DOMAIN} is invalid: `);
    expect(String(failure['reason'])).toMatch(/connection refused/i);
    const socket = await open(whole.gateway.ports.pop3Tls, DOMAIN);
    const shown = new X509Certificate(socket.getPeerCertificate().raw);
    expect(shown.checkHost(`smtp.${DOMAIN}`)).toBe(`smtp.${DOMAIN}`);
    expect(shown.issuer).toBe('CN=Poštolka');
    // No device could trace a signature by it to an authority.
    expect(await profileBegins(whole)).toBe('<'.charCodeAt(0));
  });

  test('together with certificate files: those have their names, the authority is asked for the rest', async () => {
    const { pebble, dataDirectory, start } = await newHouse();
    const pair = await selfSigned(systemClock, [`pop3.${DOMAIN}`, `*.jinde.cz`]);
    const files = { cert: join(dataDirectory, 'pop3.pem'), key: join(dataDirectory, 'pop3.key') };
    writeFileSync(files.cert, pair.cert);
    writeFileSync(files.key, pair.key);
    const whole = await start({ POSTOLKA_TLS_CERTIFICATE_FILE: files.cert, POSTOLKA_TLS_KEY_FILE: files.key });
    const ordered = await said(whole, 'certificate issued');
    expect(ordered['names']).toEqual(NAMES.filter((name) => name !== `pop3.${DOMAIN}`));
    const { pop3Tls } = whole.gateway.ports;
    const fromFile = new X509Certificate(pair.cert).serialNumber;
    expect(await serialSeen(pop3Tls, `pop3.${DOMAIN}`)).toBe(fromFile);
    expect(await serialSeen(pop3Tls, 'neznamo.cz')).toBe(fromFile);
    expect((await open(pop3Tls, `smtp.${DOMAIN}`, await pebble.root())).authorized).toBe(true);
  });

  test('a kept certificate that was damaged on the disk does not stop the gateway: another is ordered', async () => {
    const { dataDirectory, start } = await newHouse();
    const first = await start();
    await said(first, 'certificate issued');
    await first.stop();
    const [folder = ''] = readdirSync(join(dataDirectory, 'acme'));
    const path = join(dataDirectory, 'acme', folder, 'certificate.pem');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/[A-Za-z]{20}/, 'x'.repeat(20)));
    const second = await start();
    expect(await said(second, 'certificate issued')).toMatchObject({ names: NAMES });
  });

  test('a folder that cannot be used does not stop the gateway, and nothing is ordered that could not be kept', async () => {
    const { dataDirectory, start } = await newHouse();
    writeFileSync(join(dataDirectory, 'acme'), 'tady stojí soubor');
    const whole = await start();
    const failure = await said(whole, 'certificate not issued');
    expect(String(failure['reason'])).toContain('ENOTDIR');
    expect((await open(whole.gateway.ports.pop3Tls, DOMAIN)).authorized).toBe(false);
  });

  test('stopping in the middle of an order waits for nobody', async () => {
    const { start } = await newHouse();
    const whole = await start();
    await whole.gateway.close();
    expect(saying(whole, 'certificate not issued')).toEqual([]);
    expect(saying(whole, 'gateway stopped')).toHaveLength(1);
  });
});
