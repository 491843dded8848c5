/** How long the thread that converts HTML may still work for one mail: others wait for it. */

/** A megabyte of HTML takes about a second; a mail made to keep the thread busy has hundreds of bodies that each take their limit. */
const MOST_MS = 20_000;

export class Patience {
  #leftMs: number;

  constructor(mostMs: number = MOST_MS) {
    this.#leftMs = mostMs;
  }

  /** Zero when it is over. */
  get leftMs(): number {
    return this.#leftMs;
  }

  spend(ms: number): void {
    this.#leftMs = Math.max(0, this.#leftMs - ms);
  }
}
