/** Checks passwords against the configuration's hashes, and keeps strangers from trying many. */
import { createHmac, randomBytes } from 'node:crypto';
import { type Clock, ExpiringCache, KeyedMutex, networkOf, type Secret } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import { FailureBudget, type Pause } from './failure-budget.ts';
import { isPasswordOf, type PasswordHash } from './password-hash.ts';

/** Different wrong passwords of a login from one strange network within an hour. */
const FAILURES_FROM_NETWORK = 5;

/** From all strange networks together: a guess every two minutes leads nowhere. */
const FAILURES_OF_LOGIN = 30;

/** The configuration is read at start only, so that a right password stays right; who knows it passes however often strangers fail. */
const REMEMBER_ACCEPTED_MS = 30 * 24 * 60 * 60_000;

/** Passwords kept in mind at once; a bound for memory. */
const MAX_REMEMBERED_PASSWORDS = 20_000;

/** A password of the gateway's own as somebody gave it. */
export interface PasswordTry {
  readonly login: string;
  readonly password: Secret;
  readonly remoteAddress: string;
  /** The password was accepted from this network before: strangers' failures must not pause it, nor its own. */
  readonly isKnownNetwork: boolean;
}

export class LocalPasswords {
  readonly #accepted: ExpiringCache<true>;
  readonly #refused: ExpiringCache<true>;
  readonly #fromNetwork: FailureBudget;
  readonly #ofLogin: FailureBudget;
  readonly #digestKey = randomBytes(32);
  /** Hashes are computed one at a time: together they would take all memory and processors. */
  readonly #computing = new KeyedMutex();

  /** A refused password is refused for `rememberFailureMs` without being counted again. */
  constructor(clock: Clock, rememberFailureMs: number) {
    this.#accepted = new ExpiringCache(clock, REMEMBER_ACCEPTED_MS, MAX_REMEMBERED_PASSWORDS);
    this.#refused = new ExpiringCache(clock, rememberFailureMs, MAX_REMEMBERED_PASSWORDS);
    this.#fromNetwork = new FailureBudget(clock, FAILURES_FROM_NETWORK);
    this.#ofLogin = new FailureBudget(clock, FAILURES_OF_LOGIN);
  }

  /** Rejects with Refused unless it is the password. */
  async check(attempt: PasswordTry, hash: PasswordHash): Promise<void> {
    const digest = this.#digestOf(attempt);
    if (this.#isSettled(digest)) return;
    await this.#computing.run('', () => this.#compute(attempt, hash, digest));
  }

  async #compute(attempt: PasswordTry, hash: PasswordHash, digest: string): Promise<void> {
    if (this.#isSettled(digest)) return;
    const { login, password, remoteAddress, isKnownNetwork } = attempt;
    const caller = `${login} ${networkOf(remoteAddress)}`;
    if (!isKnownNetwork) {
      this.#fromNetwork.refuseIfSpent(caller);
      this.#ofLogin.refuseIfSpent(login);
    }
    if (await isPasswordOf(hash, password)) {
      this.#accepted.set(digest, true);
      return;
    }
    this.#refused.set(digest, true);
    if (!isKnownNetwork) {
      this.#fromNetwork.spend(caller);
      this.#ofLogin.spend(login);
    }
    throw new Refused('wrong-password');
  }

  /** Logins with a wrong password that is remembered, once for each. */
  refused(): string[] {
    return this.#refused.keys().map((key) => key.slice(0, key.indexOf(' ')));
  }

  pauses(): readonly Pause[] {
    return [...this.#fromNetwork.pauses(), ...this.#ofLogin.pauses()];
  }

  forgive(login: string | undefined): void {
    for (const key of this.#refused.keys()) {
      if (login === undefined || key.split(' ', 1)[0] === login) this.#refused.delete(key);
    }
    this.#fromNetwork.forgive(login);
    this.#ofLogin.forgive(login);
  }

  /** A mail program repeats a wrong password for hours; that is one failure. */
  #isSettled(digest: string): boolean {
    if (this.#accepted.get(digest)) return true;
    if (this.#refused.get(digest)) throw new Refused('wrong-password');
    return false;
  }

  #digestOf({ login, password }: PasswordTry): string {
    const digest = createHmac('sha256', this.#digestKey).update(`${login}\0${password.reveal()}`).digest('base64');
    return `${login} ${digest}`;
  }
}
