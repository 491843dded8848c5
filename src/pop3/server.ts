/** A listening POP3 port. */
import { Refused } from '../refusals/index.ts';
import { listen, type Listener } from '../net/index.ts';
import { servePop3 } from './conversation.ts';
import { refused } from './reply.ts';
import type { Pop3Mode, Pop3Options } from './session.ts';

/** Where a POP3 server listens. */
export interface Pop3Endpoint {
  readonly host: string;
  readonly port: number;
  readonly mode: Pop3Mode;
  readonly maxConnections?: number;
  readonly maxConnectionsPerNetwork?: number;
}

export function createPop3Server(options: Pop3Options, { mode, ...endpoint }: Pop3Endpoint): Promise<Listener> {
  return listen({
    ...endpoint,
    ...(mode === 'implicit-tls' && { tls: options.tls }),
    log: options.log,
    busyAnswer: refused(new Refused('gateway-busy'), options.wording, '-'),
    ...(options.times?.login !== undefined && { loginTimeoutMs: options.times.login }),
    networks: options.networks,
    converse: (socket, place) => servePop3(socket, options, place),
  });
}
