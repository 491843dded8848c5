/** Calls that ISDS itself asks to repeat: at once while it is delivering, and once more after a pause when the account is busy. */
import { setTimeout } from 'node:timers/promises';
import { IsdsError } from './error.ts';
import type { CallOptions } from './account.ts';

/** "Repeat at once" (3006) comes while many messages are being delivered; each time more of them are (isds §1.8). */
const MAX_CALLS_AT_ONCE = 4;

/** Too many requests for the box, or another one of a restricted account is running: at least three seconds (isds §9). */
const BUSY: ReadonlySet<string | undefined> = new Set(['3008', '3009']);
const BUSY_PAUSE_MS = 3_000;

/** Resolves after the time; rejects when the signal aborts. */
export type Pause = (milliseconds: number, signal: AbortSignal | undefined) => Promise<unknown>;

export const timerPause: Pause = (milliseconds, signal) =>
  setTimeout(milliseconds, undefined, signal === undefined ? {} : { signal });

export class Repetition {
  readonly #pause: Pause;

  constructor(pause: Pause) {
    this.#pause = pause;
  }

  async ask<Output>(call: () => Promise<Output>, options: CallOptions = {}): Promise<Output> {
    const again = this.#again(options);
    for (;;) {
      try {
        return await call();
      } catch (error) {
        if (!(await again(error))) throw error;
      }
    }
  }

  /** A download is repeated only before anything of it came: nothing must be given twice. */
  async *stream<Event>(call: () => AsyncIterable<Event>, options: CallOptions = {}): AsyncGenerator<Event> {
    const again = this.#again(options);
    for (let begun = false; ;) {
      try {
        for await (const event of call()) {
          begun = true;
          yield event;
        }
        return;
      } catch (error) {
        if (begun || !(await again(error))) throw error;
      }
    }
  }

  /** Whether a call that failed so is to be made again; resolves when it is time for it. */
  #again({ signal }: CallOptions): (error: unknown) => Promise<boolean> {
    let calls = 0;
    let paused = false;
    return async (error) => {
      if (!(error instanceof IsdsError) || error.failure.kind !== 'status') return false;
      calls++;
      if (error.failure.class === 'repeat-at-once') return calls < MAX_CALLS_AT_ONCE;
      if (paused || !BUSY.has(error.code)) return false;
      paused = true;
      try {
        await this.#pause(BUSY_PAUSE_MS, signal);
        return true;
      } catch (cause) {
        throw new IsdsError({ kind: 'aborted' }, { cause });
      }
    };
  }
}
