/** One piece of work at a time for each key, first come first served. */
import { FairSemaphore } from './fair-semaphore.ts';

export class KeyedMutex {
  readonly #places = new FairSemaphore(Number.POSITIVE_INFINITY, 1);

  /**
   * Resolves when it is this caller's turn, to the function that ends the turn, harmless when repeated; rejects with the signal's
   * reason when that comes first.
   */
  enter(key: string, signal?: AbortSignal): Promise<() => void> {
    return this.#places.enter(key, signal);
  }

  /** What the work comes to, once those before it have ended, however they did. */
  async run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const release = await this.enter(key);
    try {
      return await work();
    } finally {
      release();
    }
  }
}
