/** Message numbers: unique, but not chronological, because several servers hand out numbers from blocks of their own (isds §4.1). */

const FIRST_NUMBER = 1_490_000_000;
const BLOCK = 1_000;
const SERVERS = 3;

/** The first number of a sandbox that begins at this time (ms): no sandbox that began earlier has come as far. */
export function firstNumberAt(now: number): number {
  return now * SERVERS * BLOCK;
}

/** Gives out dmIDs in an order that is not that of arrival. */
export class MessageNumbers {
  readonly #first: number;
  /** Where the block of each server begins; the blocks lie in falling order, so that every second message looks older. */
  readonly #next: number[];
  #taken = 0;

  /** A multiple of a thousand. */
  constructor(first = FIRST_NUMBER) {
    this.#first = first;
    this.#next = Array.from({ length: SERVERS }, (_, server) => first + (SERVERS - server) * BLOCK);
  }

  take(): string {
    const server = this.#taken++ % SERVERS;
    const number = this.#next[server] ?? this.#first;
    const following = number + 1;
    // A used-up block is replaced by one behind the blocks of all servers.
    this.#next[server] = following % BLOCK === 0 ? following + (SERVERS - 1) * BLOCK : following;
    return String(number);
  }
}
