/** A moment as three columns of a row, so that its age comes out right although the clock was set in between. */
import type { Moment } from '../core/index.ts';
import { optionalText, type Row } from './row.ts';

/** In the order at, elapsed, origin. */
export function momentColumns({ at, elapsed, origin }: Moment): [number, number, string | null] {
  return [Math.round(at), Math.round(elapsed), origin ?? null];
}

export function momentIn(row: Row, at = 'at', elapsed = 'elapsed', origin = 'origin'): Moment {
  return { at: Number(row[at]), elapsed: Number(row[elapsed]), origin: optionalText(row[origin]) };
}
