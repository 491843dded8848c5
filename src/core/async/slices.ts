/**
 * Long work on the event loop in slices, one in each turn of the loop for the whole process, account by account: whoever else uses
 * the loop waits no longer than one of them, however many pieces of such work there are.
 */
import { setImmediate as atNextTurn } from 'node:timers';

/**
 * A poll takes some ten turns of the loop, five milliseconds in all, and is to take at most twice as long; a turn without other
 * work takes some microseconds.
 */
const SLICE_MS = 0.2;

/** Whose turn it is, and who waits for one. */
export class Turns {
  readonly #now: () => number;
  #endsAt = Number.NEGATIVE_INFINITY;
  /** For each account who waits, first come first served; the accounts in the order of their turns. */
  readonly #waiting = new Map<unknown, (() => void)[]>();

  /** The clock is in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Undefined while the slice of this turn lasts; otherwise resolves when a turn is the account's. */
  next(account: unknown): Promise<void> | undefined {
    if (this.#now() < this.#endsAt) return undefined;
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.#waiting.size === 0) atNextTurn(this.#serve);
    const own = this.#waiting.get(account);
    if (own === undefined) this.#waiting.set(account, [resolve]);
    else own.push(resolve);
    return promise;
  }

  readonly #serve = (): void => {
    const [[account, own] = []] = this.#waiting;
    const resume = own?.shift();
    this.#waiting.delete(account);
    // Its next one comes after those of all the others.
    if (own !== undefined && own.length > 0) this.#waiting.set(account, own);
    if (this.#waiting.size > 0) atNextTurn(this.#serve);
    this.#endsAt = this.#now() + SLICE_MS;
    resume?.();
  };
}

/** Of this process. */
const turns = new Turns();

/** One piece of work. */
export class Slices {
  readonly #account: unknown;
  readonly #turns: Turns;

  /** Work without an account stands for itself. */
  constructor(account?: string, among: Turns = turns) {
    this.#account = account ?? this;
    this.#turns = among;
  }

  /** To be awaited between any two steps of the work; lets the others go first when the slice is used up. */
  async next(): Promise<void> {
    await this.#turns.next(this.#account);
  }
}
