/** A moment as it is stored, so that its age comes out right although the clock was set in between. */
import { type Clock, elapsed } from './clock.ts';

export interface Moment {
  /** Milliseconds since the epoch, as the clock was set then. */
  readonly at: number;
  /** What `elapsed` said, and from which origin it counts; undefined where no later process can go on counting. */
  readonly elapsed: number;
  readonly origin: string | undefined;
}

export function momentOf(clock: Clock): Moment {
  return { at: clock.now(), elapsed: elapsed(clock), origin: clock.origin };
}

/**
 * Milliseconds since then, never negative. Until the computer is started again no setting of its clock matters; after that
 * the clock is all there is, and a moment that it puts into the future was just now.
 */
export function ageOf(moment: Moment, clock: Clock): number {
  const counted = moment.origin !== undefined && moment.origin === clock.origin;
  return Math.max(0, counted ? elapsed(clock) - moment.elapsed : clock.now() - moment.at);
}
