/** Starts and stops a sandbox: an ISDS of our own for trying out and for testing. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Clock } from '../core/index.ts';
import { CallRecord } from './calls.ts';
import { demoPopulation } from './demo/index.ts';
import { exchange } from './exchange.ts';
import { FaultPlan } from './faults.ts';
import type { Sandboxed } from './invocation.ts';
import { LoginGuard } from './login-guard.ts';
import { errorPage } from './pages.ts';
import { firstNumberAt } from './message-numbers.ts';
import type { Population } from './population.ts';
import { makeSealKey, type SealKey } from './seal-key.ts';
import { Spools } from './spool.ts';
import { makeSystemCertificate, type SystemCertificate } from './system-certificate.ts';
import { Traffic } from './traffic.ts';
import { World } from './world.ts';

export interface SandboxOptions {
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** Default: 0, any free port. */
  readonly port?: number;
  /** HTTPS when given, which certificate logins need; plain HTTP otherwise. */
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly clock: Clock;
  /** Default: the demonstration population. */
  readonly population?: Population;
  /** Default: no, the same message numbers at every start. A gateway that keeps its store must never see one twice. */
  readonly newNumbers?: boolean;
}

/** An ISDS that is running. */
export interface Sandbox {
  /** Origin of all services: /DS/dz, /DS/dx, /DS/df, /DS/DsManage, the same below /cert for certificates (isds §1.2). */
  readonly url: string;
  readonly calls: CallRecord;
  readonly faults: FaultPlan;
  /** Direct access for tests: deliver a message, look at states, change rights, passwords and boxes. */
  readonly world: World;
  /** Failures and blocks of logins and addresses. */
  readonly guard: LoginGuard;
  /** How many contents lie on the disk, for tests that look for forgotten ones. */
  spooled(): number;
  /** A new system certificate, registered to the box. */
  issueCertificate(boxId: string): SystemCertificate;
  close(): Promise<void>;
}

/** Everybody may show a certificate; whether it opens a box is decided by whom it is registered to. */
const ANY_CERTIFICATE = { requestCert: true, rejectUnauthorized: false } as const;

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 0, tls, clock } = options;
  const spools = new Spools();
  const firstNumber = options.newNumbers === true ? firstNumberAt(clock.now()) : undefined;
  const world = new World(options.population ?? demoPopulation(clock.now()), clock, firstNumber);
  const parts: Sandboxed = {
    world,
    guard: new LoginGuard(world),
    traffic: new Traffic(),
    calls: new CallRecord(),
    faults: new FaultPlan(),
    spools,
    sealKey: keepFirst(() => makeSealKey(clock.now())),
  };
  const listener: RequestListener = (request, response) => void answerSafely(parts, request, response);
  const server = tls === undefined ? createServer(listener) : createTlsServer({ ...tls, ...ANY_CERTIFICATE }, listener);
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  const bound = typeof address === 'object' ? address?.port : undefined;
  const name = host.includes(':') ? `[${host}]` : host;
  const url = `${tls === undefined ? 'http' : 'https'}://${name}:${bound}`;
  const { calls, faults, guard } = parts;
  return {
    url,
    calls,
    faults,
    world,
    guard,
    spooled: () => spools.size,
    issueCertificate: (boxId) => {
      const issued = makeSystemCertificate(boxId, clock.now());
      world.registerCertificate(boxId, issued.certificate);
      return issued;
    },
    close: async () => {
      await close(server);
      spools.closeAll();
    },
  };
}

/** A client that goes away in the middle, or a mistake of ours, ends one connection and not the sandbox. */
async function answerSafely(parts: Sandboxed, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await exchange(parts, request, response);
  } catch (error) {
    if (response.headersSent || response.destroyed) response.destroy();
    else response.writeHead(500, { 'content-type': 'text/html; charset=utf-8' }).end(errorPage(500, String(error)));
  }
}

function keepFirst(make: () => Promise<SealKey>): () => Promise<SealKey> {
  let made: Promise<SealKey> | undefined;
  return () => (made ??= make());
}

async function close(server: Pick<Server, 'close' | 'closeAllConnections'>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
