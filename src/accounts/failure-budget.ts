/** How many failures a caller may have within an hour before further tries are refused unseen: a name, or a name and a network. */
import { type Clock, elapsed, ExpiringCache } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import { clockTime } from '../calendar/index.ts';

/** The span in which ISDS is believed to count failures, and for which it blocks (isds §2.6). */
export const FAILURE_WINDOW_MS = 60 * 60_000;

/** Callers kept in mind at once; a bound for memory. */
const MAX_REMEMBERED_CALLERS = 20_000;

/** Until when ISDS is not asked about a login, and from where. */
export interface Pause {
  readonly account: string;
  readonly network?: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

export class FailureBudget {
  readonly #clock: Clock;
  readonly #limit: number;
  /** Times of the failures within the window, the oldest first. */
  readonly #failures: ExpiringCache<readonly number[]>;

  constructor(clock: Clock, limit: number) {
    this.#clock = clock;
    this.#limit = limit;
    this.#failures = new ExpiringCache(clock, FAILURE_WINDOW_MS, MAX_REMEMBERED_CALLERS);
  }

  isSpent(caller: string): boolean {
    return this.#recent(caller).length >= this.#limit;
  }

  refuseIfSpent(caller: string): void {
    const until = this.#pausedUntil(caller);
    if (until !== undefined) throw new Refused('login-paused', { until: clockTime(until) });
  }

  /** Who is paused, and until when in milliseconds since the epoch. */
  pauses(): readonly Pause[] {
    return this.#failures.keys().flatMap((caller) => {
      const until = this.#pausedUntil(caller);
      const [account = '', network] = caller.split(' ');
      return until === undefined ? [] : [{ account, ...(network !== undefined && { network }), until }];
    });
  }

  /** Forgets the failures of a name, from wherever they came; without one, all. */
  forgive(name: string | undefined): void {
    for (const caller of this.#failures.keys()) {
      if (name === undefined || caller.split(' ', 1)[0] === name) this.#failures.delete(caller);
    }
  }

  spend(caller: string): void {
    this.#failures.set(caller, [...this.#recent(caller), elapsed(this.#clock)]);
  }

  #pausedUntil(caller: string): number | undefined {
    const pause = this.#recent(caller).at(-this.#limit);
    return pause === undefined ? undefined : this.#clock.now() + pause + FAILURE_WINDOW_MS - elapsed(this.#clock);
  }

  #recent(caller: string): readonly number[] {
    const since = elapsed(this.#clock) - FAILURE_WINDOW_MS;
    return (this.#failures.get(caller) ?? []).filter((at) => at > since);
  }
}
