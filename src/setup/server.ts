/** The set-up service: HTTP on its own port, with or without TLS, for anybody and without a log-in. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock, Log } from '../core/index.ts';
import { type KeyPair, listen, type Listener, type ListenerOptions } from '../net/index.ts';
import type { Announcement } from './announcement.ts';
import { type Answer, notFound, refusal } from './answer.ts';
import { TrustedProxies } from './proxies.ts';
import { readBody } from './request-body.ts';
import { type Route, routesOf, type Sign } from './routes.ts';
import { Signatures } from './signature.ts';

/** Browsers send one or two kilobytes; the rest is cookies, which nobody sets here. */
const MAX_HEAD_OCTETS = 8 * 1_024;
/** A page and its picture take a second on a bad line. One end for everything: slow handshakes, heads, bodies, readers. */
const CONNECTION_LIFE_MS = 20_000;
/** A browser fetches the picture right after the page. */
const IDLE_MS = 1_000;
/** Nobody but an attacker sends more headers. */
const MAX_HEADERS = 64;

const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

export interface SetupOptions {
  readonly announcement: Announcement;
  readonly trustedProxies: readonly string[];
  /** Signs Apple profiles, where it answers a certificate that devices trust. */
  readonly signer: () => KeyPair | undefined;
  /** What an authority expects at a token's address before it issues a certificate (RFC 8555 §8.3). */
  readonly challengeAnswer: (token: string) => string | undefined;
  readonly log: Log;
  readonly clock: Clock;
}

export type SetupEndpoint = Pick<
  ListenerOptions,
  'host' | 'port' | 'tls' | 'maxConnections' | 'maxConnectionsPerNetwork' | 'networks'
> & { readonly connectionLifeMs?: number };

export function createSetupServer(options: SetupOptions, endpoint: SetupEndpoint): Promise<Listener> {
  const http = httpServer(options);
  const { connectionLifeMs = CONNECTION_LIFE_MS, ...place } = endpoint;
  // Nobody logs in here, so the time until the log-in is all there is.
  const life = { loginTimeoutMs: connectionLifeMs };
  return listen({
    ...place,
    ...life,
    log: options.log,
    converse: (socket, own) => {
      // Nobody logs in here: an answer under way when the gateway stops ends by itself, within the connection's life.
      own.onSentAway = (reason) => {
        if (reason === 'late') own.transport.destroy();
      };
      return converse(http, socket);
    },
  });
}

/** node:http without its listening socket: it gets connections whose handshake and limits are behind them. */
function httpServer({ announcement, trustedProxies, signer, challengeAnswer, log, clock }: SetupOptions): Server {
  const signatures = new Signatures(clock);
  const sign: Sign = async (profile) => {
    const pair = signer();
    if (pair === undefined) return profile;
    try {
      return await signatures.around(profile, pair);
    } catch (error) {
      // A profile without a signature works as well; the device only warns of it.
      log.warn({ err: error }, 'profile not signed');
      return profile;
    }
  };
  const routeOf = routesOf({ announcement, clock, sign, challengeAnswer });
  const proxies = new TrustedProxies(trustedProxies);
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = parsedUrl(request.url);
    const route = url && routeOf(url.pathname);
    const answer = url && route ? await answerOf(route, url, request, proxies) : notFound;
    const { status } = answer;
    log.debug(
      { route: route?.name, method: request.method, status, remote: proxies.remoteOf(request) },
      'set-up asked',
    );
    send(request, response, answer);
  };
  const server = createServer({ maxHeaderSize: MAX_HEAD_OCTETS, keepAliveTimeout: IDLE_MS }, (request, response) => {
    respond(request, response).catch((error: unknown) => {
      log.debug({ err: error }, 'set-up request ended early');
      request.socket.destroy();
    });
  });
  server.maxHeadersCount = MAX_HEADERS;
  return server;
}

async function answerOf(route: Route, url: URL, request: IncomingMessage, proxies: TrustedProxies): Promise<Answer> {
  const { method = '' } = request;
  if (!route.methods.includes(method)) {
    return refusal(405, `Allowed here: ${route.methods.join(', ')}.`, { Allow: route.methods.join(', ') });
  }
  const body = method === 'POST' ? await readBody(request) : Buffer.alloc(0);
  if (body === 'overlong') return refusal(413, 'The request is too long.');
  return route.answer({
    method,
    query: url.searchParams,
    acceptLanguage: request.headers['accept-language'],
    encrypted: proxies.isEncrypted(request),
    body,
  });
}

/** The host in it is never ours to trust, so any will do for reading path and query. */
function parsedUrl(target: string | undefined): URL | undefined {
  return target?.startsWith('/') === true ? (URL.parse(`http://localhost${target}`) ?? undefined) : undefined;
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Answer): void {
  const octets = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  // What nobody asked for is not waited for either: node would read a body of any length just to be polite.
  const parting = hasUnreadBody(request) ? { Connection: 'close' } : {};
  response.writeHead(status, { ...SAFE_HEADERS, ...headers, ...parting, 'Content-Length': octets.length });
  response.end(request.method === 'HEAD' ? undefined : octets);
}

function hasUnreadBody({ complete, headers }: IncomingMessage): boolean {
  return !complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);
}

function converse(server: Server, socket: Socket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.once('close', () => resolve());
  server.emit('connection', socket);
  return promise;
}
