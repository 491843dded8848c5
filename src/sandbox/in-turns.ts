/** Long work in pieces that lets other work of the process in between. */
import { setImmediate } from 'node:timers/promises';

/** A megabyte of pieces as they are read and written here. */
const PIECES_AT_A_TIME = 16;

export async function* inTurns<T>(pieces: Iterable<T>): AsyncGenerator<T> {
  let taken = 0;
  for (const piece of pieces) {
    yield piece;
    if (++taken % PIECES_AT_A_TIME === 0) await setImmediate();
  }
}
