/** A set-up service on a free port of this computer, and requests to it octet by octet. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { onTestFinished } from 'vitest';
import { createLog, systemClock } from '../../src/core/index.ts';
import type { TlsMaterial } from '../../src/net/index.ts';
import { type Announcement, createSetupServer, type SetupEndpoint } from '../../src/setup/index.ts';

export const domain = 'datovka.example.cz';

export const announcement: Announcement = {
  domain,
  pop3: { host: `pop3.${domain}`, tlsPort: 995, startTlsPort: 110 },
  smtp: { host: `smtp.${domain}`, tlsPort: 465, startTlsPort: 587 },
  publicUrl: `https://${domain}`,
  pacc: true,
  pickup: { policy: 'onPoll', intervalMinutes: 5 },
};

export interface Reply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export interface Service {
  readonly port: number;
  readonly log: string[];
  /** A request line without the version, and header lines. */
  ask(request: string, headers?: readonly string[], body?: string): Promise<Reply>;
}

interface Changes {
  readonly announcement?: Partial<Announcement>;
  readonly trustedProxies?: readonly string[];
  readonly signer?: TlsMaterial;
  readonly challenges?: ReadonlyMap<string, string>;
  readonly endpoint?: Partial<SetupEndpoint>;
}

export async function startService(changes: Changes = {}): Promise<Service> {
  const log: string[] = [];
  const server = await createSetupServer(
    {
      announcement: { ...announcement, ...changes.announcement },
      trustedProxies: changes.trustedProxies ?? [],
      signer: () => changes.signer,
      challengeAnswer: (token) => changes.challenges?.get(token),
      log: createLog('debug', { write: (line) => void log.push(line) }),
      clock: systemClock,
    },
    { host: '127.0.0.1', port: 0, ...changes.endpoint },
  );
  onTestFinished(() => server.close(0));
  const { port } = server.address;
  return {
    port,
    log,
    async ask(request, headers = [], body = '') {
      const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
      const lines = [`${request} HTTP/1.1`, `Host: ${domain}`, 'Connection: close', ...length, ...headers];
      return parseReply(await exchange(port, `${lines.join('\r\n')}\r\n\r\n${body}`));
    },
  };
}

/** Everything that comes until the service closes. */
export async function exchange(port: number, octets: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => {});
  socket.write(octets);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}

export function parseReply(text: string): Reply {
  const end = text.indexOf('\r\n\r\n');
  const [status = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { status: Number(status.split(' ')[1]), headers: new Map(headers), body: text.slice(end + 4) };
}
