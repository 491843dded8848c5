/** The certificate in force: replaced while the gateway runs, for connections that come afterwards. */
import type { Log } from '../core/index.ts';
import { secureContext, type TlsMaterial } from './tls.ts';

/** Files are small and renewal is rare; whoever replaces them by hand sees it within a look. */
const LOOK_INTERVAL_MS = 10_000;

/** Stands wherever key and chain are asked for; asked again, it may answer with newer ones. */
export class TlsIdentity implements TlsMaterial {
  #material: TlsMaterial;
  readonly #listeners: (() => void)[] = [];

  constructor(material: TlsMaterial) {
    this.#material = material;
  }

  get key(): string {
    return this.#material.key;
  }

  get cert(): string {
    return this.#material.cert;
  }

  onRenewed(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Throws when key and chain do not belong together; then the old ones stay. */
  replace(material: TlsMaterial): void {
    secureContext(material);
    this.#material = material;
    for (const listener of this.#listeners) listener();
  }
}

export interface Renewal {
  /** Looks at once, as after a signal. */
  look(): Promise<void>;
  stop(): void;
}

/**
 * Looks at the content and not at file times: programs that renew certificates swap links, copy and restore times.
 * Chain and key are two files and change one after the other: a pair that does not match is looked at again.
 */
export function followRenewal(
  identity: TlsIdentity,
  read: () => Promise<TlsMaterial>,
  log: Log,
  intervalMs = LOOK_INTERVAL_MS,
): Renewal {
  let complaint: string | undefined;
  const look = async (): Promise<void> => {
    try {
      const material = await read();
      if (material.key !== identity.key || material.cert !== identity.cert) {
        identity.replace(material);
        log.info('certificate renewed');
      }
      complaint = undefined;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== complaint) log.error({ err: error }, 'the new certificate is not usable; the old one stays');
      complaint = message;
    }
  };
  const timer = setInterval(() => void look(), intervalMs);
  timer.unref();
  return { look, stop: () => clearInterval(timer) };
}
