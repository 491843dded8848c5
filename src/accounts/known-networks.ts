/** Which logins were accepted here lately, and from which networks. */
import { type Clock, ExpiringCache, NETWORK_KNOWN_FOR_MS, networkOf } from '../core/index.ts';
import type { KnownLogins } from '../store/index.ts';
import type { Identity, LoginAttempt } from './types.ts';

/** Programs log in every few minutes; once a day is enough to know that they still do. */
const NOTE_AGAIN_MS = 24 * 60 * 60_000;

/** Logins noted today that are kept in mind; a bound for memory. */
const MAX_REMEMBERED_NOTES = 20_000;

export class KnownNetworks {
  readonly #logins: KnownLogins;
  readonly #clock: Clock;
  readonly #noted: ExpiringCache<true>;

  constructor(logins: KnownLogins, clock: Clock) {
    this.#logins = logins;
    this.#clock = clock;
    this.#noted = new ExpiringCache(clock, NOTE_AGAIN_MS, MAX_REMEMBERED_NOTES);
  }

  /** After ISDS, or the memory of its answer, has accepted the login. */
  async learn({ account, login, box }: Pick<Identity, 'account' | 'login' | 'box'>, { remoteAddress }: LoginAttempt) {
    const now = this.#clock.now();
    const network = networkOf(remoteAddress);
    const entry = { account, login, boxId: box.boxId, network };
    const key = Object.values(entry).join(' ');
    if (this.#noted.get(key)) return;
    await this.#logins.note(entry, now, now - NETWORK_KNOWN_FOR_MS);
    this.#noted.set(key, true);
  }

  /** After the gateway itself has accepted the password of a log-in by certificate. */
  async learnOwn(account: string, { remoteAddress }: Pick<LoginAttempt, 'remoteAddress'>): Promise<void> {
    const network = networkOf(remoteAddress);
    const key = `${account} ${network}`;
    if (this.#noted.get(key)) return;
    await this.#logins.noteNetwork({ account, network }, this.#clock.now());
    this.#noted.set(key, true);
  }

  /** Whether the login was accepted from this network lately. */
  async has(account: string, { remoteAddress }: Pick<LoginAttempt, 'remoteAddress'>): Promise<boolean> {
    return this.#logins.cameFrom(account, networkOf(remoteAddress), this.#clock.now() - NETWORK_KNOWN_FOR_MS);
  }
}
