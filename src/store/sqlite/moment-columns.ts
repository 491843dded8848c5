/** A moment as three columns of a row, so that its age comes out right although the clock was set in between. */
import type { Moment } from '../../core/index.ts';
import { optionalText, type Row } from './row.ts';

/** In the order at, elapsed, origin. */
export function momentColumns({ at, elapsed, origin }: Moment): [number, number, string | null] {
  return [Math.round(at), Math.round(elapsed), origin ?? null];
}

/** As momentColumns, of what may not have happened. */
export function optionalMomentColumns(moment: Moment | undefined): [number | null, number | null, string | null] {
  return moment === undefined ? [null, null, null] : momentColumns(moment);
}

/** `prefix` as in tried_at, tried_elapsed, tried_origin. */
export function momentIn(row: Row, prefix = ''): Moment {
  return {
    at: Number(row[`${prefix}at`]),
    elapsed: Number(row[`${prefix}elapsed`]),
    origin: optionalText(row[`${prefix}origin`]),
  };
}

/** The moment of the columns with this prefix; undefined when they are null. */
export function optionalMomentIn(row: Row, prefix: string): Moment | undefined {
  return row[`${prefix}at`] === null ? undefined : momentIn(row, prefix);
}
