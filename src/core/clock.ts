/** Time as a dependency, so that tests set it and nothing else reads the wall clock. */
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';

/** Where the time comes from; always passed, so that tests can set it. */
export interface Clock {
  /** Milliseconds since the epoch, as the computer's clock is set. */
  now(): number;
  /** Milliseconds since some moment, whatever happens to the clock's setting; a clock without it is never set. */
  elapsed?(): number;
  /** Names the moment that `elapsed` counts from, so that another process can go on counting; missing where no other can. */
  readonly origin?: string | undefined;
}

/** When this process began, counted from the start of the computer. */
const BEGAN_MS = uptime() * 1_000 - performance.now();

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => BEGAN_MS + performance.now(),
  origin: bootId(),
};

/** For spans within this process: milliseconds that no setting of the clock changes. */
export function elapsed(clock: Clock): number {
  return clock.elapsed?.() ?? clock.now();
}

/** Another one after every start of the computer; only Linux has it. */
function bootId(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return undefined;
  }
}
