/** Long work in slices: whoever else uses the event loop waits no longer than one of them. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** A fifth of what one message may stop the others for; a turn of the loop costs some microseconds. */
const SLICE_MS = 10;

export class Slices {
  #endsAt = performance.now() + SLICE_MS;

  /** To be awaited between any two steps of the work; lets the others go first when the slice is used up. */
  async next(): Promise<void> {
    if (performance.now() < this.#endsAt) return;
    await nextTurn();
    this.#endsAt = performance.now() + SLICE_MS;
  }
}
