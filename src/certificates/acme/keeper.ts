/** Keeps a certificate of an authority in force: the first one, and a newer one in time (RFC 8555). */
import { X509Certificate } from 'node:crypto';
import type { Clock, Log } from '../../core/index.ts';
import { type KeyPair, secureContext } from '../../net/index.ts';
import type { Challenges } from './challenges.ts';
import type { AcmeFolder } from './folder.ts';
import { newKey, order } from './order.ts';
import { renewalTime, waitAfter } from './schedule.ts';

/** Timers of days lose their way over sleep and clock changes; this one looks whether it is time. */
const LOOK_INTERVAL_MS = 60_000;

export interface KeeperOptions {
  readonly directoryUrl: string;
  /** All that the certificate must list. */
  readonly names: readonly string[];
  readonly email: string | undefined;
  readonly ca: string | undefined;
  readonly folder: AcmeFolder;
  readonly challenges: Challenges;
  readonly clock: Clock;
  readonly log: Log;
  /** From 0 to 1; tests decide it. */
  readonly chance?: () => number;
}

export class CertificateKeeper {
  readonly #options: Required<KeeperOptions>;
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #onIssued: (pair: KeyPair) => void = () => {};
  #underWay: Promise<void> | undefined;
  #failures = 0;
  /** The moment of the next try, milliseconds since the epoch. */
  #due = 0;

  constructor(options: KeeperOptions) {
    this.#options = { chance: Math.random, ...options };
  }

  /** The kept certificate, if there is a usable one that lists all names; before it ends or after. */
  async kept(): Promise<KeyPair | undefined> {
    const { folder, names, log } = this.#options;
    try {
      const pair = await folder.certificate();
      if (pair === undefined) return undefined;
      secureContext(pair);
      const own = new X509Certificate(pair.cert);
      if (!names.every((name) => own.checkHost(name, { subject: 'never' }) !== undefined)) return undefined;
      this.#due = this.#renewalOf(own);
      return pair;
    } catch (error) {
      log.warn({ err: error }, 'the kept certificate is not usable; a new one will be ordered');
      return undefined;
    }
  }

  /** From now on orders whatever is due; what is due already, at once. Each new certificate is handed on. */
  begin(onIssued: (pair: KeyPair) => void): void {
    this.#onIssued = onIssued;
    this.#timer = setInterval(() => void this.orderIfDue(), LOOK_INTERVAL_MS);
    this.#timer.unref();
    void this.orderIfDue();
  }

  /** Orders a certificate if it is time; never rejects. */
  orderIfDue(): Promise<void> {
    this.#underWay ??= this.#keepNew().finally(() => (this.#underWay = undefined));
    return this.#underWay;
  }

  /** Somebody has mended something: what failed is tried again now and not after the wait. */
  retry(): Promise<void> {
    if (this.#failures > 0) this.#due = 0;
    return this.orderIfDue();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stop.abort();
    await this.#underWay;
  }

  async #keepNew(): Promise<void> {
    const { clock, log, names, chance } = this.#options;
    if (this.#stop.signal.aborted || clock.now() < this.#due) return;
    log.info({ names }, 'certificate ordered');
    try {
      const pair = await this.#order();
      const own = new X509Certificate(pair.cert);
      this.#failures = 0;
      this.#due = this.#renewalOf(own);
      this.#onIssued(pair);
      log.info({ names, until: own.validToDate, renewal: new Date(this.#due) }, 'certificate issued');
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.#failures++;
      this.#due = clock.now() + waitAfter(this.#failures, chance());
      // Only the words: the library's errors carry whole requests with them.
      const reason = error instanceof Error ? error.message : String(error);
      log.error({ reason, again: new Date(this.#due) }, 'certificate not issued');
    }
  }

  async #order(): Promise<KeyPair> {
    const { folder, directoryUrl, names, email, ca, challenges, log } = this.#options;
    let accountKey = await folder.accountKey();
    if (accountKey === undefined) {
      accountKey = newKey();
      await folder.keepAccountKey(accountKey);
    }
    const { signal } = this.#stop;
    const pair = await order({ directoryUrl, names, email, ca, accountKey, challenges, signal });
    secureContext(pair);
    await folder.keepCertificate(pair).catch((error: unknown) => {
      // In force all the same: to order it again would not make room on the disk, and authorities count.
      log.error({ err: error }, 'the new certificate is not kept, a restart will order another');
    });
    return pair;
  }

  #renewalOf({ validFromDate, validToDate }: X509Certificate): number {
    const life = { begins: validFromDate.getTime(), ends: validToDate.getTime() };
    return renewalTime(life, this.#options.chance());
  }
}
