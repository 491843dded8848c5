/**
 * Logging in with the box's address instead of the login (mail-clients §3.7). Box IDs are public and logins are not, so that
 * nobody may use up somebody's tries at ISDS by it, or learn which boxes have their mail here.
 */
import { type Clock, NETWORK_KNOWN_FOR_MS, networkOf } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import type { KnownLogins } from '../store/index.ts';
import { FailureBudget, type Pause } from './failure-budget.ts';
import type { KnownNetworks } from './known-networks.ts';
import type { LoginAttempt } from './types.ts';

/** Wrong passwords for a box within an hour, from one network and from all; after that strangers are refused unheard. */
const FAILURES_FROM_NETWORK = 5;
const FAILURES_OF_BOX = 30;

export interface BoxLoginsOptions {
  readonly logins: KnownLogins;
  readonly networks: KnownNetworks;
  readonly clock: Clock;
  /** Whether this login was accepted with this very password and is still remembered. */
  isRemembered(login: string, attempt: LoginAttempt): boolean;
}

export class BoxLogins {
  readonly #options: BoxLoginsOptions;
  readonly #fromNetwork: FailureBudget;
  readonly #ofBox: FailureBudget;

  constructor(options: BoxLoginsOptions) {
    this.#options = options;
    this.#fromNetwork = new FailureBudget(options.clock, FAILURES_FROM_NETWORK);
    this.#ofBox = new FailureBudget(options.clock, FAILURES_OF_BOX);
  }

  /**
   * The one login of the box, when its password is the remembered one, or when the client's network has recently logged in
   * with it: such a client may ask ISDS. Everything else is refused alike, be the box known here or not.
   */
  async loginOf(boxId: string, attempt: LoginAttempt): Promise<string> {
    const { logins, networks, clock } = this.#options;
    // A login that nobody has used since was probably replaced by a new one.
    const since = clock.now() - NETWORK_KNOWN_FOR_MS;
    const network = networkOf(attempt.remoteAddress);
    const [known, ...others] = await logins.ofBox(boxId, since);
    const only = others.length === 0 ? known : undefined;
    if (only !== undefined && (await networks.has(only.account, attempt))) return only.login;
    const caller = `${boxId} ${network}`;
    const heard = !this.#fromNetwork.isSpent(caller) && !this.#ofBox.isSpent(boxId);
    if (heard && only !== undefined && this.#options.isRemembered(only.login, attempt)) return only.login;
    if (heard) {
      this.#fromNetwork.spend(caller);
      this.#ofBox.spend(boxId);
    }
    throw new Refused('box-login-refused');
  }

  pauses(): readonly Pause[] {
    return [...this.#fromNetwork.pauses(), ...this.#ofBox.pauses()];
  }

  forgive(boxId: string | undefined): void {
    this.#fromNetwork.forgive(boxId);
    this.#ofBox.forgive(boxId);
  }
}
