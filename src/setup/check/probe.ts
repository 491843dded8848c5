/** A first contact with a port: connect, shake hands, hear the greeting, hang up. Nothing is said. */
import { once } from 'node:events';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls, TLSSocket } from 'node:tls';

/** Thunderbird waits ten seconds when it looks for servers. */
export const PATIENCE_MS = 10_000;

export interface Contact {
  /** The first octets of the other side, when they were waited for. */
  readonly greeting: string;
  /** Why the certificate is not to be trusted under this name; undefined when it is, or without TLS. */
  readonly distrust: string | undefined;
  readonly validTo: Date | undefined;
}

export interface Port {
  readonly address: string;
  readonly port: number;
  /** The name that the certificate must have; without one, no TLS. */
  readonly tlsName?: string;
  /** Certificates trusted in place of the system's. */
  readonly ca?: readonly string[] | undefined;
  readonly greets: boolean;
}

/** Rejects when there is no connection, no handshake or no greeting within the time. */
export async function contact(target: Port): Promise<Contact> {
  const socket = open(target);
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    await once(socket, target.tlsName === undefined ? 'connect' : 'secureConnect', { signal });
    const [octets]: Buffer[] = target.greets ? await once(socket, 'data', { signal }) : [];
    return { greeting: octets?.toString('latin1').trimEnd() ?? '', ...trustOf(socket) };
  } catch (error) {
    throw signal.aborted ? new Error(`no answer within ${PATIENCE_MS / 1_000} s`) : error;
  } finally {
    socket.on('error', () => {});
    socket.destroy();
  }
}

function open({ address, port, tlsName, ca }: Port): Socket {
  if (tlsName === undefined) return connectPlain({ host: address, port });
  // Looked at and told in words, where a refusal would only say that it failed. Nothing secret goes over it.
  const trust = ca === undefined ? {} : { ca: [...ca] };
  return connectTls({ host: address, port, servername: tlsName, rejectUnauthorized: false, ...trust });
}

function trustOf(socket: Socket): Pick<Contact, 'distrust' | 'validTo'> {
  if (!(socket instanceof TLSSocket)) return { distrust: undefined, validTo: undefined };
  const { authorizationError } = socket;
  return {
    distrust: socket.authorized ? undefined : String(authorizationError),
    validTo: new Date(socket.getPeerCertificate().valid_to),
  };
}
