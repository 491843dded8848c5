/** Work that several want at the same time is done once for all of them. */
import { SharedWork } from './shared-work.ts';

export class SingleFlight<Result> {
  readonly #flights = new Map<string, SharedWork<Result>>();

  /** The work under way for the key, or else that which begins now; it is told when nobody waits for it any more. */
  join(key: string, work: (deserted: AbortSignal) => Promise<Result>): SharedWork<Result> {
    const underWay = this.#flights.get(key);
    if (underWay !== undefined) return underWay;
    const begun = new SharedWork((deserted) => work(deserted).finally(() => this.#flights.delete(key)));
    this.#flights.set(key, begun);
    return begun;
  }
}
