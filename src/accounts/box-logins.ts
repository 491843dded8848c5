/**
 * Logging in with the box's address instead of the login (mail-clients §3.7). Box IDs are public and logins are not, so that
 * nobody may use up somebody's tries at ISDS by it, or learn which boxes have their mail here.
 */
import { type Clock, Memory, Refused } from '../core/index.ts';
import type { KnownLogins } from '../store/index.ts';
import { networkOf } from './client-network.ts';
import { FailureBudget } from './failure-budget.ts';
import type { Identity, LoginAttempt } from './types.ts';

/** Longer than a holiday; a login that nobody has used since was probably replaced by a new one. */
const KNOWN_FOR_MS = 30 * 24 * 60 * 60_000;

/** Programs log in every few minutes; once a day is enough to know that they still do. */
const NOTE_AGAIN_MS = 24 * 60 * 60_000;

/** Logins noted today that are kept in mind; a bound for memory. */
const REMEMBERED_NOTES = 20_000;

/** Wrong passwords for a box within an hour, from one network and from all; after that strangers are refused unheard. */
const FAILURES_FROM_NETWORK = 5;
const FAILURES_OF_BOX = 30;

export interface BoxLoginsOptions {
  readonly logins: KnownLogins;
  readonly clock: Clock;
  /** Whether this login was accepted with this very password and is still remembered. */
  isRemembered(login: string, attempt: LoginAttempt): boolean;
}

export class BoxLogins {
  readonly #options: BoxLoginsOptions;
  readonly #noted: Memory<true>;
  readonly #fromNetwork: FailureBudget;
  readonly #ofBox: FailureBudget;

  constructor(options: BoxLoginsOptions) {
    this.#options = options;
    this.#noted = new Memory(options.clock, NOTE_AGAIN_MS, REMEMBERED_NOTES);
    this.#fromNetwork = new FailureBudget(options.clock, FAILURES_FROM_NETWORK);
    this.#ofBox = new FailureBudget(options.clock, FAILURES_OF_BOX);
  }

  /** After ISDS, or the memory of its answer, has accepted the login. */
  async learn({ account, login, box }: Pick<Identity, 'account' | 'login' | 'box'>, { remoteAddress }: LoginAttempt) {
    const now = this.#options.clock.now();
    const network = networkOf(remoteAddress);
    const entry = { account, login, boxId: box.boxId, network };
    const key = Object.values(entry).join(' ');
    if (this.#noted.get(key)) return;
    await this.#options.logins.note(entry, now, now - KNOWN_FOR_MS);
    this.#noted.set(key, true);
  }

  /** Whether the login was accepted from this network lately. */
  isRegular(account: string, { remoteAddress }: LoginAttempt): Promise<boolean> {
    const { logins, clock } = this.#options;
    return logins.cameFrom(account, networkOf(remoteAddress), clock.now() - KNOWN_FOR_MS);
  }

  /**
   * The one login of the box, when its password is the remembered one, or when the client's network has recently logged in
   * with it: such a client may ask ISDS. Everything else is refused alike, be the box known here or not.
   */
  async loginOf(boxId: string, attempt: LoginAttempt): Promise<string> {
    const { logins, clock } = this.#options;
    const since = clock.now() - KNOWN_FOR_MS;
    const network = networkOf(attempt.remoteAddress);
    const [known, ...others] = await logins.ofBox(boxId, since);
    const only = others.length === 0 ? known : undefined;
    if (only !== undefined && (await this.isRegular(only.account, attempt))) return only.login;
    const caller = `${boxId} ${network}`;
    const heard = !this.#fromNetwork.isSpent(caller) && !this.#ofBox.isSpent(boxId);
    if (heard && only !== undefined && this.#options.isRemembered(only.login, attempt)) return only.login;
    if (heard) {
      this.#fromNetwork.spend(caller);
      this.#ofBox.spend(boxId);
    }
    throw new Refused('box-login-refused');
  }
}
