/** Lists of erased messages that were asked for and wait to be picked up (isds §4.3). */
import { randomUUID } from 'node:crypto';

/** Of one box, waiting. */
const MAX_WAITING = 15;

interface Waiting {
  readonly boxId: string;
  readonly login: string;
  readonly archive: Buffer;
}

export class ErasedLists {
  readonly #waiting = new Map<string, Waiting>();

  /** The number by which the list is picked up; undefined when the box has too many waiting. */
  add(waiting: Waiting): string | undefined {
    const own = [...this.#waiting.values()].filter(({ boxId }) => boxId === waiting.boxId);
    if (own.length >= MAX_WAITING) return undefined;
    const id = randomUUID();
    this.#waiting.set(id, waiting);
    return id;
  }

  /** Once, by whoever asked for it. */
  take(id: string, login: string): Buffer | undefined {
    const waiting = this.#waiting.get(id);
    if (waiting?.login !== login) return undefined;
    this.#waiting.delete(id);
    return waiting.archive;
  }
}
