/** Checks passwords against the configuration's hashes, and keeps strangers from trying many. */
import { createHmac, randomBytes } from 'node:crypto';
import { type Clock, Memory, Refused, type Secret } from '../core/index.ts';
import { FailureBudget } from './failure-budget.ts';
import { isPasswordOf, type PasswordHash } from './password-hash.ts';

/** Different wrong passwords of a login from one address within an hour: who mistypes more asks the operator. */
const FAILURES_FROM_ADDRESS = 5;

/** From all addresses together: a guess every two minutes leads nowhere, and who is in stays in. */
const FAILURES_OF_LOGIN = 30;

/** The configuration is read at start only, so that a right password stays right; who knows it passes however often strangers fail. */
const REMEMBER_ACCEPTED_MS = 30 * 24 * 60 * 60_000;

/** Passwords kept in mind at once; a bound for memory. */
const REMEMBERED_PASSWORDS = 20_000;

export interface PasswordTry {
  readonly login: string;
  readonly password: Secret;
  readonly remoteAddress: string;
}

export class LocalPasswords {
  readonly #accepted: Memory<true>;
  readonly #refused: Memory<true>;
  readonly #fromAddress: FailureBudget;
  readonly #ofLogin: FailureBudget;
  readonly #digestKey = randomBytes(32);
  /** Hashes are computed one at a time: together they would take all memory and processors. */
  #turn: Promise<unknown> = Promise.resolve();

  /** A refused password is refused for `rememberFailureMs` without being counted again. */
  constructor(clock: Clock, rememberFailureMs: number) {
    this.#accepted = new Memory(clock, REMEMBER_ACCEPTED_MS, REMEMBERED_PASSWORDS);
    this.#refused = new Memory(clock, rememberFailureMs, REMEMBERED_PASSWORDS);
    this.#fromAddress = new FailureBudget(clock, FAILURES_FROM_ADDRESS);
    this.#ofLogin = new FailureBudget(clock, FAILURES_OF_LOGIN);
  }

  /** Rejects with Refused unless it is the password. */
  async check(attempt: PasswordTry, hash: PasswordHash): Promise<void> {
    const digest = this.#digestOf(attempt);
    if (this.#isSettled(digest)) return;
    const checked = this.#turn.then(() => this.#compute(attempt, hash, digest));
    this.#turn = checked.catch(() => undefined);
    await checked;
  }

  async #compute(attempt: PasswordTry, hash: PasswordHash, digest: string): Promise<void> {
    if (this.#isSettled(digest)) return;
    const { login, password, remoteAddress } = attempt;
    const caller = `${login} ${remoteAddress}`;
    this.#fromAddress.refuseIfSpent(caller);
    this.#ofLogin.refuseIfSpent(login);
    if (await isPasswordOf(hash, password)) {
      this.#accepted.set(digest, true);
      return;
    }
    this.#refused.set(digest, true);
    this.#fromAddress.spend(caller);
    this.#ofLogin.spend(login);
    throw new Refused('wrong-password');
  }

  /** A mail program repeats a wrong password for hours; that is one failure. */
  #isSettled(digest: string): boolean {
    if (this.#accepted.get(digest)) return true;
    if (this.#refused.get(digest)) throw new Refused('wrong-password');
    return false;
  }

  #digestOf({ login, password }: PasswordTry): string {
    return createHmac('sha256', this.#digestKey).update(`${login}\0${password.reveal()}`).digest('base64');
  }
}
