/** What ISDS itself has blocked, an account or our address: it stays untouched until then, for each further failure prolongs it (isds §2.6). */
import { ageOf, type Clock, elapsed, momentOf } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import type { LoginFailures } from '../store/index.ts';
import { clockTime } from '../calendar/index.ts';
import { FAILURE_WINDOW_MS } from './failure-budget.ts';

/** The block of our own address stands under the empty name. */
const ADDRESS = '';

/** ISDS names a time of day, so that none is further away. */
const MAX_BLOCK_MS = 24 * 60 * 60_000;

export class IsdsBlocks {
  readonly #store: LoginFailures;
  readonly #clock: Clock;
  /** Ends by account, as `elapsed` counts. */
  readonly #ends = new Map<string, number>();

  constructor(store: LoginFailures, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  refuseIfBlocked(account: string): void {
    const now = elapsed(this.#clock);
    if ((this.#ends.get(ADDRESS) ?? now) > now) throw new Refused('address-blocked');
    const left = (this.#ends.get(account) ?? now) - now;
    if (left > 0) throw new Refused('account-blocked', { until: clockTime(this.#clock.now() + left) });
  }

  /** `left` in milliseconds; undefined when ISDS did not say. Without an account it is our address. */
  async add(account: string | undefined, left: number | undefined): Promise<void> {
    const lasts = Math.min(Math.max(left ?? FAILURE_WINDOW_MS, 0), MAX_BLOCK_MS);
    this.#ends.set(account ?? ADDRESS, elapsed(this.#clock) + lasts);
    await this.#store.block(account ?? ADDRESS, lasts, momentOf(this.#clock));
  }

  /** A success shows that there is none; without an account all are lifted. */
  lift(account: string | undefined): void {
    if (account === undefined) this.#ends.clear();
    else this.#ends.delete(account);
  }

  /** Accounts, the empty one for our address, and milliseconds that are left. */
  current(): readonly (readonly [account: string, left: number])[] {
    const now = elapsed(this.#clock);
    for (const [account, end] of this.#ends) if (end <= now) this.#ends.delete(account);
    return [...this.#ends].map(([account, end]) => [account, end - now]);
  }

  async recall(): Promise<void> {
    const stored = await this.#store.blocks();
    const now = elapsed(this.#clock);
    for (const { account, lasts, moment } of stored) {
      this.#ends.set(account, now + lasts - ageOf(moment, this.#clock));
    }
  }
}
