/** A listening port: takes connections up to its limits, hands each to a conversation, and stops without cutting it short. */
import { createServer as createPlainServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Log } from '../core/index.ts';
import { Admission } from './admission.ts';
import { RefusalLog } from './refusal-log.ts';
import { tlsOptions, type TlsMaterial } from './tls.ts';

/** A thousand idle TLS connections take some 60 MiB; a gateway of this kind serves tens. */
const MAX_CONNECTIONS = 1_000;
/** An office behind one address has several people with several devices each; one attacker gets no more than this. */
const MAX_CONNECTIONS_PER_ADDRESS = 50;
/** A handshake is two round trips and a signature; a client on a bad mobile line needs seconds, not minutes. */
export const HANDSHAKE_PATIENCE_MS = 30_000;

export interface ListenerOptions {
  readonly host: string;
  readonly port: number;
  /** Present: TLS from the first octet. */
  readonly tls?: TlsMaterial;
  readonly log: Log;
  readonly maxConnections?: number;
  readonly maxConnectionsPerAddress?: number;
  /** What an unencrypted client hears before it is turned away because of its address's limit. */
  readonly busyAnswer?: string;
  /**
   * One conversation; it closes the socket itself. Its promise is awaited when the listener closes. `transport` is the TCP
   * connection below the socket, the same one without TLS.
   */
  converse(socket: Socket, transport: Socket): Promise<void>;
}

export interface Listener {
  readonly address: AddressInfo;
  /** Takes no more connections, lets conversations end for `drainMs`, then closes what is left and waits for it. */
  close(drainMs: number): Promise<void>;
}

export async function listen(options: ListenerOptions): Promise<Listener> {
  const { log, tls } = options;
  const conversations = new Set<Promise<void>>();
  const refusals = new RefusalLog(log);
  const admission = new Admission(
    options.maxConnectionsPerAddress ?? MAX_CONNECTIONS_PER_ADDRESS,
    tls === undefined ? options.busyAnswer : undefined,
    refusals,
  );
  /** TCP connections whose handshake is under way, by the client's end: a TLS socket does not tell which is below it. */
  const transports = new Map<string, Socket>();
  const begin = (socket: Socket): void => {
    const conversation = options.converse(socket, transports.get(endOf(socket)) ?? socket).catch((error: unknown) => {
      log.error({ err: error }, 'conversation failed');
      socket.destroy();
    });
    conversations.add(conversation);
    void conversation.finally(() => conversations.delete(conversation));
  };

  const server = createServer(options);
  server.maxConnections = options.maxConnections ?? MAX_CONNECTIONS;
  server.on('drop', (data) => refusals.note(data?.remoteAddress, 'connections'));
  server.on('connection', (socket) => {
    if (!admission.admit(socket)) return;
    if (tls === undefined) return begin(socket);
    const end = endOf(socket);
    transports.set(end, socket);
    socket.once('close', () => transports.delete(end));
  });
  server.on('secureConnection', (socket) => {
    socket.allowHalfOpen = true;
    begin(socket);
  });
  const address = await started(server, options);
  server.on('error', (error) => log.error({ err: error }, 'listening failed'));
  return { address, close: (drainMs) => closed(server, admission, conversations, drainMs) };
}

function endOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

async function closed(
  server: Server,
  admission: Admission,
  conversations: ReadonlySet<Promise<void>>,
  drainMs: number,
): Promise<void> {
  const timer = setTimeout(() => admission.destroyAll(), drainMs);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearTimeout(timer);
  await Promise.all(conversations);
}

function createServer(options: ListenerOptions): Server {
  // Half-open: a client that sent all its commands and closed its side still gets the answers.
  if (options.tls === undefined) return createPlainServer({ allowHalfOpen: true, noDelay: true });
  const { tls } = options;
  // But not during the handshake: it cannot come about any more, and would hold its place until the patience is over.
  const server = createTlsServer({ noDelay: true, ...tlsOptions(tls), handshakeTimeout: HANDSHAKE_PATIENCE_MS });
  tls.onRenewed?.(() => server.setSecureContext(tlsOptions(tls)));
  server.on('tlsClientError', (error, socket) => {
    options.log.debug({ remote: socket.remoteAddress, err: error }, 'TLS handshake failed');
    socket.destroy();
  });
  return server;
}

function started(server: Server, { host, port }: ListenerOptions): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    const refused = (error: NodeJS.ErrnoException): void => reject(inWords(error, host, port));
    server.once('error', refused);
    server.listen(port, host, () => {
      server.off('error', refused);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('not listening on TCP'));
      else resolve(address);
    });
  });
}

/** What the operator can mend is said in words; the error stays behind as the cause. */
function inWords(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const remedy = REMEDIES[error.code ?? ''];
  return remedy === undefined ? error : new Error(`${host}:${port} ${remedy}`, { cause: error });
}

const REMEDIES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another program, perhaps by another Poštolka: stop that one, or set another port.',
  EACCES: 'may not be opened by this user: set a port above 1023, or give the process the right to it.',
  EADDRNOTAVAIL: 'is not an address of this computer: set the host to one of its own, or to 0.0.0.0.',
};
