/** Which sendings of this process are under way, and how long ago those ended of which nobody knows how (isds §6.6). */
import { type Clock, elapsed } from '../core/index.ts';

/** A message may take this long to appear in the list of sent ones; looking earlier would send it twice (isds §6.6). */
const APPEARS_WITHIN_MS = 60_000;

export class Sendings {
  readonly #clock: Clock;
  readonly #underWay = new Set<number>();
  readonly #ended = new Map<number, number>();
  /** One that an earlier process began may have been under way until then. */
  readonly #processBegan: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#processBegan = elapsed(clock);
  }

  begin(keys: readonly number[]): void {
    for (const key of keys) this.#underWay.add(key);
  }

  end(keys: readonly number[]): void {
    const now = elapsed(this.#clock);
    for (const [key, at] of this.#ended) if (now - at >= APPEARS_WITHIN_MS) this.#ended.delete(key);
    for (const key of keys) {
      this.#underWay.delete(key);
      this.#ended.set(key, now);
    }
  }

  /** True once the message of this submission, if there is one, is listed. */
  mustBeListed(key: number): boolean {
    if (this.#underWay.has(key)) return false;
    return elapsed(this.#clock) - Math.max(this.#processBegan, this.#ended.get(key) ?? 0) >= APPEARS_WITHIN_MS;
  }
}
