/** How long the thread that converts HTML may still work for one mail, in milliseconds of the processor. */

/** A megabyte of HTML takes about a second; a mail made to keep the thread busy has hundreds of bodies that each take as long as they may. */
const MAX_PROCESSOR_MS = 10_000;

export class ProcessorBudget {
  #leftMs: number;

  constructor(mostMs: number = MAX_PROCESSOR_MS) {
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
