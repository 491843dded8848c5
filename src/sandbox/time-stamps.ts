/** Whether the authority gives time stamps to signed messages, and how often one may be asked for without (isds §5.3, §9). */
import { StatusRefusal } from './status.ts';

/** Two tries are free, the third within this time is refused. */
const FREE_TRIES = 2;
const COUNTED_MS = 20 * 60_000;

const WITHOUT = '0005';
const LATER = '3005';

export class TimeStamps {
  /** The authority fails: messages are signed without a time stamp. */
  failing = false;
  readonly #tries = new Map<string, readonly number[]>();

  /** The status with which the signed message is given; ISDS lets 50 s pass before it refuses, which nobody needs here. */
  codeFor(dmID: string, now: number): string {
    if (!this.failing) return '0000';
    const recent = (this.#tries.get(dmID) ?? []).filter((at) => at > now - COUNTED_MS);
    this.#tries.set(dmID, [...recent, now]);
    if (recent.length >= FREE_TRIES) throw new StatusRefusal(LATER);
    return WITHOUT;
  }
}
