/** What ISDS's own clock shows, learned from the Date of its answers (RFC 9110 §6.6.1): what it dates is compared with that, never with ours. */
import { type Clock, elapsed } from '../core/index.ts';

/** The middle one of three: a single odd Date changes nothing, a clock that was set right does with the second answer. */
const MAX_KEPT_ANSWERS = 3;

/** Date has whole seconds, so on average half of one has passed. */
const HALF_SECOND_MS = 500;

export class ServerClock {
  readonly #clock: Clock;
  /** How far ISDS's clock was ahead of our count of elapsed time, the newest answer last. */
  readonly #offsets: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes note of the Date of an answer that has just begun; anything but a date is ignored. */
  note(date: unknown): void {
    const told = typeof date === 'string' ? Date.parse(date) : Number.NaN;
    if (Number.isNaN(told)) return;
    this.#offsets.push(told + HALF_SECOND_MS - elapsed(this.#clock));
    if (this.#offsets.length > MAX_KEPT_ANSWERS) this.#offsets.shift();
  }

  /** Milliseconds since the epoch, true to some two seconds; undefined before the first answer. */
  now(): number | undefined {
    const offset = this.#offsets.toSorted((one, other) => one - other)[Math.floor((this.#offsets.length - 1) / 2)];
    return offset === undefined ? undefined : Math.round(elapsed(this.#clock) + offset);
  }
}
