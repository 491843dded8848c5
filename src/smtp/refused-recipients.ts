/** Bounds how many recipients that do not exist an account may ask for, so that trying out boxes is slow and spares ISDS. */
import { type Clock, elapsed, ExpiringCache } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import { MAX_REFUSED_RECIPIENTS_PER_ACCOUNT, REFUSED_RECIPIENTS_WINDOW_MS } from './limits.ts';

/** A bound for memory, far above the accounts of one gateway. */
const MAX_REMEMBERED_ACCOUNTS = 20_000;

export class RefusedRecipients {
  readonly #clock: Clock;
  /** Moments of the refusals of an account, the oldest first. */
  readonly #moments: ExpiringCache<readonly number[]>;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#moments = new ExpiringCache(clock, REFUSED_RECIPIENTS_WINDOW_MS, MAX_REMEMBERED_ACCOUNTS);
  }

  note(account: string): void {
    this.#moments.set(account, [...this.#recent(account), elapsed(this.#clock)]);
  }

  /** Refuses with `recipients-paused` what would have to be asked of ISDS. */
  refuseIfTooMany(account: string): void {
    if (this.#recent(account).length >= MAX_REFUSED_RECIPIENTS_PER_ACCOUNT) throw new Refused('recipients-paused');
  }

  #recent(account: string): readonly number[] {
    const since = elapsed(this.#clock) - REFUSED_RECIPIENTS_WINDOW_MS;
    return (this.#moments.get(account) ?? []).filter((moment) => moment > since);
  }
}
