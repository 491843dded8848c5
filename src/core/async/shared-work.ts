/** Waiting with an end, and work that goes on when those who wait for it have left. */

/** What a wait ends with when its time was over first. */
export const LATE = Symbol('late');

/**
 * What the promise is fulfilled with, or LATE when `milliseconds` were over or the signal aborted before that; rejects when the
 * promise was rejected first. What happens to the promise later is nobody's fault.
 */
export async function within<Result>(
  promise: Promise<Result>,
  milliseconds: number,
  gone?: AbortSignal,
): Promise<Result | typeof LATE> {
  const { promise: late, resolve } = Promise.withResolvers<typeof LATE>();
  const end = (): void => resolve(LATE);
  const timer = setTimeout(end, milliseconds);
  gone?.addEventListener('abort', end, { once: true });
  if (gone?.aborted === true) end();
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
    gone?.removeEventListener('abort', end);
  }
}

/** Done once for all who wait for it, each for a time of their own. */
export class SharedWork<Result> {
  readonly result: Promise<Result>;
  readonly #deserted = new AbortController();
  #waiting = 0;

  /** The work is told when nobody waits any more: what has not begun then need not begin. */
  constructor(work: (deserted: AbortSignal) => Promise<Result>) {
    this.result = work(this.#deserted.signal);
    // Who waits hears of a failure; when nobody does, it must not end the process.
    this.result.catch(() => undefined);
  }

  get deserted(): boolean {
    return this.#waiting === 0;
  }

  /** As `within`. */
  async within(milliseconds: number, gone?: AbortSignal): Promise<Result | typeof LATE> {
    this.#waiting++;
    try {
      return await within(this.result, milliseconds, gone);
    } finally {
      this.#waiting--;
      if (this.deserted) this.#deserted.abort();
    }
  }
}
