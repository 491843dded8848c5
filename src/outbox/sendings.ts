/** Which sendings of this process are under way, and how long ago those ended of which nobody knows how (isds §6.6). */
import { type Clock, elapsed } from '../core/index.ts';

/** A message that was created appears in the list of sent ones within this time (isds §6.6); there is no use in looking earlier. */
const APPEARS_WITHIN_MS = 60_000;

/** ISDS may work on a request for this long, also when the connection broke at once (isds §1.8). */
const CARRIED_OUT_WITHIN_MS = 120_000;

/** After that a message that is not listed does not exist: sending it again before would send it twice. */
const MUST_BE_LISTED_AFTER_MS = CARRIED_OUT_WITHIN_MS + APPEARS_WITHIN_MS;

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
    for (const [key, at] of this.#ended) if (now - at >= MUST_BE_LISTED_AFTER_MS) this.#ended.delete(key);
    for (const key of keys) {
      this.#underWay.delete(key);
      this.#ended.set(key, now);
    }
  }

  /** True once the message of this submission may be listed. */
  mayBeListed(key: number): boolean {
    return this.#sinceEnd(key) >= APPEARS_WITHIN_MS;
  }

  /** True once the message of this submission, if there is one, is listed. */
  mustBeListed(key: number): boolean {
    return this.#sinceEnd(key) >= MUST_BE_LISTED_AFTER_MS;
  }

  #sinceEnd(key: number): number {
    if (this.#underWay.has(key)) return 0;
    return elapsed(this.#clock) - Math.max(this.#processBegan, this.#ended.get(key) ?? 0);
  }
}
