/** The certificates in force: replaced while the gateway runs, for connections that come afterwards. */
import { X509Certificate } from 'node:crypto';
import type { SecureContext } from 'node:tls';
import { domainToASCII } from 'node:url';
import type { Log } from '../core/index.ts';
import { type KeyPair, secureContext, type TlsMaterial } from '../net/index.ts';

/** Files are small and renewal is rare; whoever replaces them by hand sees it within a look. */
const LOOK_INTERVAL_MS = 10_000;

interface Certificate extends KeyPair {
  readonly context: SecureContext;
  /** The server's own, for its names. */
  readonly own: X509Certificate;
}

/**
 * Stands wherever key and chain are asked for; asked again, it may answer with newer ones. As key and chain it is the first
 * certificate, which also those get who name no server or one that no certificate lists.
 */
export class TlsIdentity implements TlsMaterial {
  /** By where they come from; the order is that of the first coming. */
  readonly #certificates = new Map<string, Certificate>();
  readonly #listeners: (() => void)[] = [];

  /** At least one pair, by source; throws when a key and its chain do not belong together. */
  constructor(pairs: ReadonlyMap<string, KeyPair>) {
    for (const [source, pair] of pairs) this.#certificates.set(source, usable(pair));
  }

  get key(): string {
    return this.#first.key;
  }

  get cert(): string {
    return this.#first.cert;
  }

  pairOf(source: string): KeyPair | undefined {
    return this.#certificates.get(source);
  }

  /** Of several certificates for a name, one that lists it itself goes before one with an asterisk, then the earlier one. */
  contextFor(serverName: string): SecureContext {
    // Some callers have made Unicode of a name; of what is no name at all this makes nothing.
    const name = domainToASCII(serverName);
    const all = [...this.#certificates.values()];
    const lists = (wildcards: boolean) => (one: Certificate) =>
      one.own.checkHost(name, { subject: 'never', wildcards, partialWildcards: false }) !== undefined;
    return (all.find(lists(false)) ?? all.find(lists(true)) ?? this.#first).context;
  }

  onRenewed(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Puts a pair in the place of the source's earlier one, or adds it. Throws when it is not usable; then nothing changes. */
  replace(source: string, pair: KeyPair): void {
    this.#certificates.set(source, usable(pair));
    for (const listener of this.#listeners) listener();
  }

  get #first(): Certificate {
    const [first] = this.#certificates.values();
    if (first === undefined) throw new Error('there is no certificate');
    return first;
  }
}

function usable({ key, cert }: KeyPair): Certificate {
  return { key, cert, context: secureContext({ key, cert }), own: new X509Certificate(cert) };
}

/** Watches files of certificates for newer ones. */
export interface Renewal {
  /** Looks at once, as after a signal. */
  recheck(): Promise<void>;
  stop(): void;
}

/**
 * Looks at the content and not at file times: programs that renew certificates swap links, copy and restore times.
 * Chain and key are two files and change one after the other: a pair that does not match is looked at again.
 */
export function followRenewal(
  identity: TlsIdentity,
  source: string,
  read: () => Promise<KeyPair>,
  log: Log,
  intervalMs = LOOK_INTERVAL_MS,
): Renewal {
  let complaint: string | undefined;
  const recheck = async (): Promise<void> => {
    try {
      const pair = await read();
      const current = identity.pairOf(source);
      if (pair.key !== current?.key || pair.cert !== current.cert) {
        identity.replace(source, pair);
        log.info({ source }, 'certificate renewed');
      }
      complaint = undefined;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== complaint)
        log.error({ source, err: error }, 'the new certificate is not usable; the old one stays');
      complaint = message;
    }
  };
  const timer = setInterval(() => void recheck(), intervalMs);
  timer.unref();
  return { recheck, stop: () => clearInterval(timer) };
}
