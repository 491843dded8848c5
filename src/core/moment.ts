/** A moment as it is stored, so that its age comes out right although the clock was set in between. */
import { type Clock, elapsed } from './clock.ts';

/** When something happened, by both of a clock's measures. */
export interface Moment {
  /** Milliseconds since the epoch, as the clock was set then. */
  readonly at: number;
  /** What `elapsed` said, and from which origin it counts; undefined where no later process can go on counting. */
  readonly elapsed: number;
  readonly origin: string | undefined;
}

/** Now. */
export function momentOf(clock: Clock): Moment {
  return { at: clock.now(), elapsed: elapsed(clock), origin: clock.origin };
}

/**
 * Milliseconds since then, never negative. Until the computer is started again no setting of its clock matters; after that
 * the clock is all there is, and a moment that it puts into the future was just now.
 */
export function ageOf(moment: Moment, clock: Clock): number {
  return Math.max(0, isCounted(moment, clock) ? elapsed(clock) - moment.elapsed : clock.now() - moment.at);
}

/**
 * Milliseconds until a span that begins with the moment is over; zero or less when it is. What a clock that was set right puts
 * into the future is not waited for: nobody knows how long ago it was.
 */
export function leftOf(moment: Moment, spanMs: number, clock: Clock): number {
  const isAhead = !isCounted(moment, clock) && moment.at > clock.now();
  return isAhead ? 0 : spanMs - ageOf(moment, clock);
}

function isCounted({ origin }: Moment, clock: Clock): boolean {
  return origin !== undefined && origin === clock.origin;
}
