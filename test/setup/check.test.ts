/** `postolka check` says what is wrong in the way of a mail program, and how to mend it. */
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { createLog, systemClock } from '../../src/core/index.ts';
import { listen, selfSigned, type TlsMaterial } from '../../src/net/index.ts';
import {
  createSetupServer,
  type Directory,
  examine,
  type Examination,
  type Finding,
  zone,
} from '../../src/setup/index.ts';
import { worded } from '../../src/setup/index.ts';
import { announcement, domain } from './service.ts';

const DAY_MS = 86_400_000;
const log = createLog('silent');
let good: TlsMaterial;

beforeAll(async () => {
  const names = ['autoconfig.', 'autodiscover.', 'ua-auto-config.', 'pop3.', 'smtp.'].map((one) => `${one}${domain}`);
  good = await selfSigned([domain, ...names]);
});

interface Changes {
  readonly tls?: TlsMaterial;
  readonly directory?: Partial<Directory>;
  readonly examination?: Partial<Examination>;
  readonly greeting?: string;
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

/** A gateway as seen from outside: four greeting ports and the set-up service over TLS. */
async function check({ tls = good, directory, examination, greeting }: Changes = {}): Promise<Finding[]> {
  const greet = async (line: string, secured: boolean) => {
    const listener = await listen({
      host: '127.0.0.1',
      port: 0,
      ...(secured && { tls }),
      log,
      converse: async (socket) => {
        socket.on('error', () => {});
        socket.end(line);
        await once(socket.resume(), 'close');
      },
    });
    onTestFinished(() => listener.close(0));
    return listener.address.port;
  };
  own = {
    ...announcement,
    pop3: {
      ...announcement.pop3,
      tlsPort: await greet(greeting ?? '+OK\r\n', true),
      startTlsPort: await greet('+OK\r\n', false),
    },
    smtp: {
      ...announcement.smtp,
      tlsPort: await greet('220 x\r\n', true),
      startTlsPort: await greet('220 x\r\n', false),
    },
  };
  const setup = { announcement: own, trustedProxies: [], signer: () => undefined, log, clock: systemClock };
  const service = await createSetupServer(setup, { host: '127.0.0.1', port: 0, tls });
  onTestFinished(() => service.close(0));
  return examine(own, {
    directory: { ...publishedDirectory(), ...directory },
    clock: systemClock,
    ca: [good.cert],
    httpsPort: service.address.port,
    isds: `https://autoconfig.${domain}:${service.address.port}`,
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

test('a certificate without a name is found out, with the name', async () => {
  const tls = await selfSigned([domain, `pop3.${domain}`]);
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
  const findings = await check({ examination: { isds: `http://localhost:${address.port}` } });
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
  expect(complaints(await check({ examination: { isds: `https://localhost:${port}` } }))).toEqual([
    expect.stringMatching(/^fault {2}ISDS at .*ECONNREFUSED.*does the firewall let the gateway out\?$/),
  ]);
});
