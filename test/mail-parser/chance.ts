/** Chance that comes out the same in every run: a small generator with a seed (mulberry32). */

export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 up to but not including `end`. */
  below(end: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  }

  isOneIn(count: number): boolean {
    return this.below(count) === 0;
  }

  one<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('nothing to choose from');
    return item;
  }

  octets(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }

  /** The octets in pieces, as the network cuts them: each at most as long as one of these. */
  cut(octets: Buffer, longest: readonly number[]): Buffer[] {
    const pieces: Buffer[] = [];
    for (let at = 0; at < octets.length;) {
      const length = 1 + this.below(this.one(longest));
      pieces.push(octets.subarray(at, at + length));
      at += length;
    }
    return pieces;
  }
}
