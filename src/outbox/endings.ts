/** When sendings ended of which nobody knows how: a message may appear among the sent ones until a while after that (isds §6.6). */
import { type Clock, Memory } from '../core/index.ts';
import type { Submission } from '../store/index.ts';

/** Longer than any message takes to appear. */
const KEPT_MS = 60 * 60_000;

/** A bound for memory; each is a mail that failed within the hour. */
const REMEMBERED_ENDINGS = 100_000;

export class Endings {
  readonly #clock: Clock;
  readonly #known: Memory<number>;
  readonly #processBegan: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#known = new Memory(clock, KEPT_MS, REMEMBERED_ENDINGS);
    this.#processBegan = clock.now();
  }

  /** The sendings of these submissions have ended now. */
  note(keys: readonly number[]): void {
    for (const key of keys) this.#known.set(String(key), this.#clock.now());
  }

  /** When it had ended at the latest: one that an earlier process began was over when this one began. */
  of({ key, begunAt }: Pick<Submission, 'key' | 'begunAt'>): number {
    return Math.max(begunAt, this.#known.get(String(key)) ?? this.#processBegan);
  }
}
