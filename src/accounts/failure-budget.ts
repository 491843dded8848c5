/** How many failures somebody may have within an hour before further tries are refused unseen. */
import { type Clock, elapsed, Memory, Refused } from '../core/index.ts';
import { clockTime, FAILURE_WINDOW_MS } from './failure-window.ts';

/** Callers kept in mind at once; a bound for memory. */
const REMEMBERED_CALLERS = 20_000;

export class FailureBudget {
  readonly #clock: Clock;
  readonly #limit: number;
  /** Times of the failures within the window, the oldest first. */
  readonly failures: Memory<readonly number[]>;

  constructor(clock: Clock, limit: number) {
    this.#clock = clock;
    this.#limit = limit;
    this.failures = new Memory(clock, FAILURE_WINDOW_MS, REMEMBERED_CALLERS);
  }

  isSpent(caller: string): boolean {
    return this.#recent(caller).length >= this.#limit;
  }

  refuseIfSpent(caller: string): void {
    const pause = this.#recent(caller).at(-this.#limit);
    if (pause !== undefined)
      throw new Refused('login-paused', {
        until: clockTime(this.#clock.now() + pause + FAILURE_WINDOW_MS - elapsed(this.#clock)),
      });
  }

  spend(caller: string): void {
    this.failures.set(caller, [...this.#recent(caller), elapsed(this.#clock)]);
  }

  #recent(caller: string): readonly number[] {
    const since = elapsed(this.#clock) - FAILURE_WINDOW_MS;
    return (this.failures.get(caller) ?? []).filter((at) => at > since);
  }
}
