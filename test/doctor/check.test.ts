/** `postolka check` says what is wrong in the way of a mail program, and how to mend it. */
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { createLog, systemClock } from '../../src/core/index.ts';
import { Connection, listen, type TlsMaterial } from '../../src/net/index.ts';
import { selfSigned } from '../../src/certificates/index.ts';
import { createSetupServer, zone } from '../../src/setup/index.ts';
import { type Directory, examine, type Examination, type Finding, worded } from '../../src/doctor/index.ts';
import { announcement, domain } from '../setup/service.ts';

const DAY_MS = 86_400_000;
const TIMEOUT_MS = 5_000;
const log = createLog('silent');
let good: TlsMaterial;
const nothing = (): undefined => undefined;

beforeAll(async () => {
  const names = ['autoconfig.', 'autodiscover.', 'ua-auto-config.', 'pop3.', 'smtp.'].map((one) => `${one}${domain}`);
  good = await selfSigned(systemClock, [domain, ...names]);
});

interface Changes {
  readonly tls?: TlsMaterial;
  /** Another certificate on the POP3 port with STLS. */
  readonly startTls?: TlsMaterial;
  readonly directory?: Partial<Directory>;
  readonly examination?: Partial<Examination>;
  readonly greeting?: string;
  /** The answer to STLS. */
  readonly consent?: string;
}

/** Name servers that publish exactly what `postolka dns` prints, and lead every name here. */
function publishedDirectory(): Directory {
  return {
    addresses: async () => ['127.0.0.1'],
    records: async (name, type) =>
      Array.from(zone(own, []).matchAll(/^(\S+)\. 3600 IN (\S+) (.*)$/gm))
        .filter(([, owner, kind]) => owner === name && kind === type)
        .map(([, , , value = '']) => value),
  };
}

let own = announcement;

/** Greets, and turns to TLS when asked; the answers are of both protocols. */
async function converse(connection: Connection, greeting: string, consent: string, tls: TlsMaterial): Promise<void> {
  await connection.write(greeting);
  for (;;) {
    const line = await connection.readLine(100, TIMEOUT_MS);
    const text = typeof line === 'string' ? '' : line.toString();
    if (text.startsWith('EHLO')) await connection.write('250-x\r\n250 STARTTLS\r\n');
    else if (!/^(?:STLS|STARTTLS)$/.test(text)) return connection.end();
    else if (consent.startsWith('-')) await connection.write(consent);
    else if (!(await connection.startTls(consent, tls, TIMEOUT_MS))) return;
  }
}

/** A gateway as seen from outside: four greeting ports and the set-up service over TLS. */
async function check({ tls = good, startTls = tls, directory, examination, greeting, consent }: Changes = {}): Promise<
  Finding[]
> {
  const greet = async (line: string, mode: 'tls' | 'plain') => {
    const agreed = line.startsWith('2') ? '220 x\r\n' : (consent ?? '+OK\r\n');
    const listener = await listen({
      host: '127.0.0.1',
      port: 0,
      ...(mode === 'tls' && { tls }),
      log,
      converse: (socket) =>
        converse(new Connection(socket, TIMEOUT_MS), line, agreed, line.startsWith('2') ? tls : startTls),
    });
    onTestFinished(() => listener.close(0));
    return listener.address.port;
  };
  own = {
    ...announcement,
    pop3: {
      ...announcement.pop3,
      tlsPort: await greet(greeting ?? '+OK\r\n', 'tls'),
      startTlsPort: await greet('+OK\r\n', 'plain'),
    },
    smtp: {
      ...announcement.smtp,
      tlsPort: await greet('220 x\r\n', 'tls'),
      startTlsPort: await greet('220 x\r\n', 'plain'),
    },
  };
  const setup = {
    announcement: own,
    trustedProxies: [],
    signer: nothing,
    challengeAnswer: nothing,
    log,
    clock: systemClock,
  };
  const service = await createSetupServer(setup, { host: '127.0.0.1', port: 0, tls });
  onTestFinished(() => service.close(0));
  return examine(own, {
    directory: { ...publishedDirectory(), ...directory },
    clock: systemClock,
    ca: [good.cert],
    httpsPort: service.address.port,
    issuedNames: [],
    moreNames: [],
    isds: [`https://autoconfig.${domain}:${service.address.port}`],
    isdsCa: [good.cert],
    ...examination,
  });
}

const complaints = (findings: readonly Finding[]) => findings.filter(({ level }) => level !== 'ok').map(worded);

test('a gateway that is set up as it should be has nothing but good findings', async () => {
  const findings = await check();
  expect(complaints(findings)).toEqual([]);
  expect(findings.map(worded)).toContainEqual(
    expect.stringMatching(
      /^ok {5}pop3\.datovka\.example\.cz port \d+ at 127\.0\.0\.1, certificate valid until \d{4}-\d\d-\d\d$/,
    ),
  );
});

test('a name without an address is named once', async () => {
  const directory: Partial<Directory> = {
    addresses: async (name) => (name.startsWith('smtp.') ? [] : ['127.0.0.1']),
  };
  expect(complaints(await check({ directory }))).toEqual([
    `fault  smtp.${domain}: has no address; publish an A or AAAA record, see "postolka dns"`,
  ]);
});

test('a bare domain that nobody answers for is not said to have answered', async () => {
  const directory: Partial<Directory> = { addresses: async (name) => (name === domain ? [] : ['127.0.0.1']) };
  expect((await check({ directory })).map(worded)).toContain(
    `ok     https://${domain}/ does not answer, and so asks for no password`,
  );
});

test('a certificate without a name is found out, with the name', async () => {
  const tls = await selfSigned(systemClock, [domain, `pop3.${domain}`]);
  const found = complaints(await check({ tls, examination: { ca: [tls.cert], isdsCa: [tls.cert] } })).join('\n');
  expect(found).toMatch(
    /^fault {2}smtp\..*the certificate is not for smtp\.datovka\.example\.cz; get one that lists this name$/m,
  );
  expect(found).toMatch(/^advice autoconfig\..*the certificate is not for autoconfig\./m);
  expect(found).not.toMatch(/not for (?:pop3\.)?datovka/);
});

test('a certificate that nobody trusts is a fault', async () => {
  const found = complaints(await check({ examination: { ca: undefined } })).join('\n');
  expect(found).toMatch(/^fault {2}pop3\..*will not trust the certificate \(DEPTH_ZERO_SELF_SIGNED_CERT\)/m);
});

test('a certificate that ends within a fortnight is a fault while there is time to mend it', async () => {
  const clock = { now: () => Date.now() + 815 * DAY_MS };
  expect(complaints(await check({ examination: { clock } })).join('\n')).toMatch(
    /^fault {2}pop3\..*the certificate ends on/m,
  );
});

test('another service on the port is not taken for ours', async () => {
  expect(complaints(await check({ greeting: '* OK IMAP4rev1\r\n' }))).toEqual([
    expect.stringMatching(/^fault {2}pop3\..*another service answers; it should begin with \+OK$/),
  ]);
});

test('records that are missing or stale are advice, with what to publish', async () => {
  const directory: Partial<Directory> = {
    records: async (name, type) => {
      if (name.startsWith('_pop3s.')) return ['0 1 995 stary.example.cz.'];
      return name.startsWith('_imaps.') ? [] : publishedDirectory().records(name, type);
    },
  };
  expect(complaints(await check({ directory }))).toEqual([
    expect.stringMatching(/^advice SRV _pop3s\._tcp\..* is 0 1 995 stary\.example\.cz\.; publish 0 1 \d+ pop3\./),
    `advice SRV _imaps._tcp.${domain}: is not published; publish 0 0 0 .`,
  ]);
});

test('ISDS is reached by a handshake alone: not one octet of a request', async () => {
  const heard: Buffer[] = [];
  const isds: Server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (chunk) => heard.push(chunk));
  });
  isds.listen(0, '127.0.0.1');
  onTestFinished(() => void isds.close());
  await once(isds, 'listening');
  const address = isds.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  const findings = await check({ examination: { isds: [`http://localhost:${address.port}`] } });
  expect(complaints(findings)).toEqual([]);
  expect(Buffer.concat(heard).length).toBe(0);
});

test('an ISDS that cannot be reached is a fault', async () => {
  const free = createServer();
  free.listen(0, '127.0.0.1');
  await once(free, 'listening');
  const address = free.address();
  free.close();
  await once(free, 'close');
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  expect(complaints(await check({ examination: { isds: [`https://localhost:${port}`] } }))).toEqual([
    expect.stringMatching(/^fault {2}ISDS at .*ECONNREFUSED.*does the firewall let the gateway out\?$/),
  ]);
});

test('a port that turns to TLS on command is looked at behind the command', async () => {
  const found = complaints(await check({ startTls: await selfSigned(systemClock, ['jinde.cz']) }));
  expect(found).toEqual([
    `fault  pop3.${domain} port ${own.pop3.startTlsPort} at 127.0.0.1: mail programs will not trust the certificate (DEPTH_ZERO_SELF_SIGNED_CERT); get one, with its whole chain`,
  ]);
});

test('a port that does not turn to TLS is a fault', async () => {
  const found = complaints(await check({ consent: '-ERR\r\n' }));
  expect(found).toEqual([
    expect.stringMatching(/^fault {2}pop3\..* port \d+ at 127\.0\.0\.1: STLS is answered with "-ERR"; /),
  ]);
});

test('more names of the configured certificates are looked at on the mail ports', async () => {
  const more = await selfSigned(systemClock, [domain, `pop3.${domain}`, 'posta.example.cz']);
  const examination = { moreNames: ['posta.example.cz', 'stara.example.cz'], ca: [good.cert, more.cert] };
  const found = complaints(await check({ examination }));
  expect(found).toHaveLength(4);
  expect(found[0]).toMatch(/^advice posta\.example\.cz port \d+ at 127\.0\.0\.1: the certificate is not for posta\./);
});

test('while an authority is asked, a self-signed certificate is told from a strange one', async () => {
  const found = complaints(await check({ examination: { ca: undefined, issuedNames: [`pop3.${domain}`] } }));
  expect(found.filter((line) => line.includes('self-signed until the authority has issued one'))).toHaveLength(2);
  expect(found.join('\n')).toMatch(/^fault {2}smtp\..*will not trust the certificate/m);
});

test('where an authority will look, the set-up service must answer without TLS', async () => {
  const setup = {
    announcement,
    trustedProxies: [],
    signer: nothing,
    challengeAnswer: nothing,
    log,
    clock: systemClock,
  };
  const service = await createSetupServer(setup, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => service.close(0));
  const issuedNames = [domain];
  const good80 = await check({ examination: { issuedNames, httpPort: service.address.port } });
  expect(good80.map(worded)).toContain(`ok     http://${domain}/.well-known/acme-challenge/postolka-check`);
  const strange = createHttpServer((_, response) => response.end('Vítejte!')).listen(0, '127.0.0.1');
  onTestFinished(() => void strange.close());
  await once(strange, 'listening');
  const address = strange.address();
  const httpPort = address !== null && typeof address === 'object' ? address.port : 0;
  expect(complaints(await check({ examination: { issuedNames, httpPort } })).join('\n')).toMatch(
    /^fault {2}http:.*another service answers; lead port 80 of this name to setup\.httpPort, or no certificate is issued$/m,
  );
});

test('an ISDS by its address is looked at without naming the address in the handshake (RFC 6066 §3)', async () => {
  const warnings: Error[] = [];
  const warned = (warning: Error) => void warnings.push(warning);
  process.on('warning', warned);
  onTestFinished(() => void process.off('warning', warned));
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    tls: good,
    log,
    converse: async (socket) => void socket.end(),
  });
  onTestFinished(() => listener.close(0));
  const origin = `https://127.0.0.1:${listener.address.port}`;
  const findings = await check({ examination: { isds: [origin], isdsCa: [good.cert] } });
  expect(findings.find(({ what }) => what === `ISDS at ${origin}`)).toMatchObject({ level: 'ok' });
  // Warnings come a moment later.
  await new Promise(setImmediate);
  expect(warnings.map(({ message }) => message)).toEqual([]);
});
