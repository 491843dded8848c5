/** A listening port: takes connections up to its limits, hands each to a conversation, and stops without cutting it short. */
import { createServer as createPlainServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Log } from '../core/index.ts';
import { ConnectionLimiter, type Place } from './connection-limiter.ts';
import type { LoginNetworks } from './login-networks.ts';
import { RefusalLog } from './refusal-log.ts';
import { tlsOptions, type TlsMaterial } from './tls.ts';

/** A thousand idle TLS connections take some 60 MiB; a gateway of this kind serves tens. */
const MAX_CONNECTIONS = 1_000;
/** An office behind one address has several people with several devices each; one attacker gets no more than this. */
const MAX_CONNECTIONS_PER_NETWORK = 50;
/** From the connection to the log-in: a person who types a password manages it, a connection held for nothing does not live on. */
const LOGIN_TIMEOUT_MS = 180_000;
/** A handshake is two round trips and a signature; a client on a bad mobile line needs seconds, not minutes. */
export const HANDSHAKE_TIMEOUT_MS = 30_000;

export interface ListenerOptions {
  readonly host: string;
  readonly port: number;
  /** Present: TLS from the first octet. */
  readonly tls?: TlsMaterial;
  readonly log: Log;
  readonly maxConnections?: number;
  /** Of one IPv4 address, or of one IPv6 network of 64 bits. */
  readonly maxConnectionsPerNetwork?: number;
  /** How long, in milliseconds, a connection may take from its first octet, the handshake included, to its log-in. */
  readonly loginTimeoutMs?: number;
  /** Shared by all ports where somebody logs in; on the others everybody is a stranger. */
  readonly networks?: LoginNetworks;
  /** What an unencrypted client hears before it is turned away because there are too many. */
  readonly busyAnswer?: string;
  /** One conversation; it closes the socket itself. Its promise is awaited when the listener closes. */
  converse(socket: Socket, place: Place): Promise<void>;
}

/** A port that is open. */
export interface Listener {
  readonly address: AddressInfo;
  /** Whether connections are still taken. */
  readonly listening: boolean;
  /** Takes no more connections, lets conversations end for `drainMs`, then closes what is left and waits for it. */
  close(drainMs: number): Promise<void>;
}

export async function listen(options: ListenerOptions): Promise<Listener> {
  const { log, tls } = options;
  const conversations = new Set<Promise<void>>();
  const limiter = new ConnectionLimiter({
    maxConnections: options.maxConnections ?? MAX_CONNECTIONS,
    maxConnectionsPerNetwork: options.maxConnectionsPerNetwork ?? MAX_CONNECTIONS_PER_NETWORK,
    loginTimeoutMs: options.loginTimeoutMs ?? LOGIN_TIMEOUT_MS,
    networks: options.networks,
    refusals: new RefusalLog(log),
    busyAnswer: tls === undefined ? options.busyAnswer : undefined,
  });
  /** Connections whose handshake is under way, by the client's end: a TLS socket does not tell which is below it. */
  const places = new Map<string, Place>();
  const begin = (socket: Socket, place: Place): void => {
    const conversation = options.converse(socket, place).catch((error: unknown) => {
      log.error({ err: error }, 'conversation failed');
      socket.destroy();
    });
    conversations.add(conversation);
    void conversation.finally(() => conversations.delete(conversation));
  };

  const server = createServer(options);
  server.on('connection', (socket) => {
    const place = limiter.admit(socket);
    if (place === undefined) return;
    if (tls === undefined) return begin(socket, place);
    const end = endOf(socket);
    places.set(end, place);
    socket.once('close', () => places.delete(end));
  });
  server.on('secureConnection', (socket) => {
    const place = places.get(endOf(socket));
    // Closed during the last step of its handshake.
    if (place === undefined) return void socket.destroy();
    socket.allowHalfOpen = true;
    begin(socket, place);
  });
  const address = await started(server, options);
  server.on('error', (error) => log.error({ err: error }, 'listening failed'));
  return {
    address,
    get listening() {
      return server.listening;
    },
    close: (drainMs) => closed(server, limiter, conversations, drainMs),
  };
}

function endOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

async function closed(
  server: Server,
  limiter: ConnectionLimiter,
  conversations: ReadonlySet<Promise<void>>,
  drainMs: number,
): Promise<void> {
  limiter.sendStrangersAway();
  const timer = setTimeout(() => limiter.destroyAll(), drainMs);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearTimeout(timer);
  await Promise.all(conversations);
}

function createServer(options: ListenerOptions): Server {
  // Half-open: a client that sent all its commands and closed its side still gets the answers.
  if (options.tls === undefined) return createPlainServer({ allowHalfOpen: true, noDelay: true });
  const { tls } = options;
  // But not during the handshake: it cannot come about any more, and would hold its place until its time is over.
  const server = createTlsServer({ noDelay: true, ...tlsOptions(tls), handshakeTimeout: HANDSHAKE_TIMEOUT_MS });
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
  ENOTFOUND:
    'is no address, and no name that leads to one: set the host to an address of this computer, or to 0.0.0.0.',
  EAI_AGAIN: 'is no address, and the name server does not answer: set the host to an address of this computer.',
};
