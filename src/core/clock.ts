/** Time as a dependency, so that tests set it and nothing else reads the wall clock. */
export interface Clock {
  /** Milliseconds since the epoch, as the computer's clock is set. */
  now(): number;
  /** Milliseconds since some moment, whatever happens to the clock's setting; a clock without it is never set. */
  elapsed?(): number;
}

export const systemClock: Clock = { now: () => Date.now(), elapsed: () => performance.now() };

/** For spans within this process: milliseconds that no setting of the clock changes. */
export function elapsed(clock: Clock): number {
  return clock.elapsed?.() ?? clock.now();
}
