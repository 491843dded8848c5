/** Pebble, the test authority of the people of Let's Encrypt, with name servers that lead every name to this computer. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { selfSigned } from '../../src/certificates/index.ts';
import { type TlsMaterial } from '../../src/net/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { systemClock } from '../../src/core/index.ts';

export const pebbleIsInstalled = ['pebble', 'pebble-challtestsrv'].every(
  (program) => spawnSync(program, ['-help']).error === undefined,
);

export interface Pebble {
  readonly directoryUrl: string;
  /** File with the certificate of its own HTTPS. */
  readonly caFile: string;
  /** What its certificates lead to; another one after each start. */
  root(): Promise<string>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('not listening on TCP');
  return address.port;
}

/** `httpPort` is where it looks for the answers to its challenges. */
export async function startPebble(httpPort: number): Promise<Pebble> {
  const folder = temporaryFolder();
  const [port, managementPort, dnsPort, dnsManagementPort] = await Promise.all([1, 2, 3, 4].map(freePort));
  const own = await selfSigned(systemClock);
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const caFile = file('own.pem', own.cert);
  const configuration = file(
    'pebble.json',
    JSON.stringify({
      pebble: {
        listenAddress: `127.0.0.1:${port}`,
        managementListenAddress: `127.0.0.1:${managementPort}`,
        certificate: caFile,
        privateKey: file('own.key', own.key),
        httpPort,
        tlsPort: 1,
      },
    }),
  );
  const nothing = ['-http01', '', '-https01', '', '-tlsalpn01', ''];
  const names = spawn(
    'pebble-challtestsrv',
    ['-defaultIPv4', '127.0.0.1', '-defaultIPv6', '', '-dns01', `127.0.0.1:${dnsPort}`]
      .concat(['-management', `127.0.0.1:${dnsManagementPort}`])
      .concat(nothing),
    { stdio: 'ignore' },
  );
  onTestFinished(() => ended(names));
  const resolver = new Resolver();
  resolver.setServers([`127.0.0.1:${dnsPort}`]);
  await succeeding(() => resolver.resolve4('a.example.cz'));
  let pebble: ChildProcess | undefined;
  const stop = async (): Promise<void> => {
    if (pebble !== undefined) await ended(pebble);
  };
  const start = async (): Promise<void> => {
    pebble = spawn('pebble', ['-config', configuration, '-dnsserver', `127.0.0.1:${dnsPort}`], {
      env: { ...process.env, PEBBLE_VA_NOSLEEP: '1' },
      stdio: 'ignore',
    });
    await succeeding(() => fetched(`https://127.0.0.1:${port}/dir`, own));
  };
  onTestFinished(stop);
  await start();
  return {
    directoryUrl: `https://127.0.0.1:${port}/dir`,
    caFile,
    root: () => fetched(`https://127.0.0.1:${managementPort}/roots/0`, own),
    stop,
    start,
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

function fetched(url: string, { cert }: TlsMaterial): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { ca: cert }, (response) => resolve(text(response))).once('error', reject);
  });
}

/** Tries again until it goes well: programs need a moment before they listen. */
async function succeeding(attempt: () => Promise<unknown>): Promise<void> {
  for (;;) {
    const succeeded = await attempt().then(
      () => true,
      () => false,
    );
    if (succeeded) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
