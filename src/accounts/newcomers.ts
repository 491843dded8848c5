/**
 * The line of strangers who were turned away because the hour's failures were used up. Whoever waits longest has the next free try,
 * so that others who keep failing cannot take it each time it gets free.
 */
import { type Clock, elapsed } from '../core/index.ts';

/** Mail programs ask again at least that often; whoever stays away longer loses the place. */
export const PLACE_KEPT_MS = 20 * 60_000;

/** Networks in the line; a bound for memory. */
const MAX_WAITING = 1_000;

export class Newcomers {
  readonly #clock: Clock;
  /** When each network asked last, the longest waiting first. */
  readonly #places = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many networks wait before this one. */
  ahead(network: string): number {
    this.#forgetAbsent();
    const index = [...this.#places.keys()].indexOf(network);
    return index === -1 ? this.#places.size : index;
  }

  turnedAway(network: string): void {
    if (!this.#places.has(network) && this.#places.size >= MAX_WAITING) return;
    this.#places.set(network, elapsed(this.#clock));
  }

  letIn(network: string): void {
    this.#places.delete(network);
  }

  /** Nobody waits any more, since everybody may try again. */
  dissolve(): void {
    this.#places.clear();
  }

  #forgetAbsent(): void {
    const now = elapsed(this.#clock);
    for (const [network, seenAt] of this.#places) {
      if (now - seenAt >= PLACE_KEPT_MS) this.#places.delete(network);
    }
  }
}
