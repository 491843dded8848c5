/** A first contact with a port: connect, hear the greeting, shake hands, hang up. Nobody logs in. */
import { once } from 'node:events';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';

/** Thunderbird waits ten seconds when it looks for servers. */
export const TIMEOUT_MS = 10_000;

/** No greeting or answer before the handshake is nearly as long. */
const MAX_ANSWER_OCTETS = 16_384;

/** What a port said. */
export interface Contact {
  /** The first line of the other side, when it was waited for. */
  readonly greeting: string;
  /** Why the certificate is not to be trusted under this name; undefined when it is, or without TLS. */
  readonly distrust: string | undefined;
  readonly validTo: Date | undefined;
}

/** A port to be tried. */
export interface Port {
  readonly address: string;
  readonly port: number;
  /** The name that the certificate must have; without one, no TLS. */
  readonly tlsName?: string;
  /** Commands that come before the handshake; none where it comes first. */
  readonly upgrade?: readonly string[] | undefined;
  /** Certificates trusted in place of the system's. */
  readonly ca?: readonly string[] | undefined;
  readonly greets: boolean;
}

/** Rejects when there is no connection, no greeting, no consent to TLS or no handshake within the time. */
export async function contact(target: Port): Promise<Contact> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const { address: host, port, tlsName, upgrade, greets } = target;
  const plain = connectPlain({ host, port });
  plain.on('error', () => {});
  try {
    await once(plain, 'connect', { signal });
    if (tlsName === undefined) {
      return { greeting: greets ? await answerOf(plain, signal) : '', distrust: undefined, validTo: undefined };
    }
    if (upgrade === undefined) {
      const secured = await handshake(plain, tlsName, target, signal);
      return { greeting: greets ? await answerOf(secured, signal) : '', ...trustOf(secured) };
    }
    const greeting = await answerOf(plain, signal);
    for (const command of upgrade) {
      plain.write(`${command}\r\n`);
      const answer = await answerOf(plain, signal);
      if (!/^(?:\+OK|2)/.test(answer)) throw new Error(`${command} is answered with "${answer}"`);
    }
    return { greeting, ...trustOf(await handshake(plain, tlsName, target, signal)) };
  } catch (error) {
    throw signal.aborted ? new Error(`no answer within ${TIMEOUT_MS / 1_000} s`) : error;
  } finally {
    plain.destroy();
  }
}

async function handshake(plain: Socket, host: string, { ca }: Port, signal: AbortSignal): Promise<TLSSocket> {
  // Looked at and told in words, where a refusal would only say that it failed. Nothing secret goes over it.
  const trust = ca === undefined ? {} : { ca: [...ca] };
  const secured = connectTls({ socket: plain, ...named(host), rejectUnauthorized: false, ...trust });
  await once(secured, 'secureConnect', { signal });
  secured.on('error', () => {});
  return secured;
}

/** What the certificate must be for. An address is not said in the handshake (RFC 6066 §3), but looked for in the certificate all the same. */
export function named(host: string): { readonly host: string; readonly servername: string } {
  return { host, servername: isIP(host) === 0 ? host : '' };
}

/** The first line of an answer, after its last (of SMTP the one without a hyphen) has come. */
async function answerOf(socket: Socket, signal: AbortSignal): Promise<string> {
  let heard = '';
  while (!/^(?!\d{3}-).*\r\n$/m.test(heard) && heard.length < MAX_ANSWER_OCTETS) {
    const [octets]: Buffer[] = await Promise.race([
      once(socket, 'data', { signal }),
      once(socket, 'end', { signal }).then(() => Promise.reject(new Error('closed without a word'))),
    ]);
    heard += octets?.toString('latin1') ?? '';
  }
  return heard.split('\r\n', 1)[0] ?? '';
}

function trustOf(secured: TLSSocket): Pick<Contact, 'distrust' | 'validTo'> {
  const { authorizationError } = secured;
  return {
    distrust: secured.authorized ? undefined : String(authorizationError),
    validTo: new Date(secured.getPeerCertificate().valid_to),
  };
}
