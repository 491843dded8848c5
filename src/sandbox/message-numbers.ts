/** Message numbers: unique, but not chronological, because several servers hand out numbers from blocks of their own (isds §4.1). */

const FIRST_NUMBER = 1_490_000_000;
const BLOCK = 1_000;
const SERVERS = 3;

export class MessageNumbers {
  /** Where the block of each server begins; the blocks lie in falling order, so that every second message looks older. */
  readonly #next = Array.from({ length: SERVERS }, (_, server) => FIRST_NUMBER + (SERVERS - server) * BLOCK);
  #taken = 0;

  take(): string {
    const server = this.#taken++ % SERVERS;
    const number = this.#next[server] ?? FIRST_NUMBER;
    const following = number + 1;
    // A used-up block is replaced by one behind the blocks of all servers.
    this.#next[server] = following % BLOCK === 0 ? following + (SERVERS - 1) * BLOCK : following;
    return String(number);
  }
}
