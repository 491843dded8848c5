/**
 * Places for work that many accounts want: each has a few at most, and who waits is served account by account, however much one
 * of them asks for.
 */
export class FairSemaphore {
  #free: number;
  readonly #mostOfOne: number;
  readonly #taken = new Map<string, number>();
  /** For each account who waits, first come first served; the accounts in the order of their turns. */
  readonly #waiting = new Map<string, Set<() => void>>();

  constructor(places: number, mostOfOne: number) {
    this.#free = places;
    this.#mostOfOne = mostOfOne;
  }

  /** Resolves when it is this account's turn; the result gives the place back, and is harmless when repeated. Rejects with the signal's reason. */
  async enter(account: string, signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.#hasPlaceFor(account)) this.#take(account);
    else await this.#wait(account, signal);
    let isTaken = true;
    return () => {
      if (isTaken) this.#giveBack(account);
      isTaken = false;
    };
  }

  #wait(account: string, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const own = this.#waiting.get(account) ?? new Set();
      this.#waiting.set(account, own);
      const enter = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        own.delete(enter);
        if (own.size === 0) this.#waiting.delete(account);
        reject(signal?.reason);
      };
      own.add(enter);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  #giveBack(account: string): void {
    const left = (this.#taken.get(account) ?? 0) - 1;
    if (left > 0) this.#taken.set(account, left);
    else this.#taken.delete(account);
    this.#free++;
    for (const [next, waiting] of this.#waiting) {
      if (this.#free === 0) return;
      if (!this.#hasPlaceFor(next)) continue;
      const [first] = waiting;
      this.#waiting.delete(next);
      if (first === undefined) continue;
      waiting.delete(first);
      // Its next one comes after those of all the others.
      if (waiting.size > 0) this.#waiting.set(next, waiting);
      this.#take(next);
      first();
    }
  }

  #hasPlaceFor(account: string): boolean {
    return this.#free > 0 && (this.#taken.get(account) ?? 0) < this.#mostOfOne;
  }

  #take(account: string): void {
    this.#free--;
    this.#taken.set(account, (this.#taken.get(account) ?? 0) + 1);
  }
}
