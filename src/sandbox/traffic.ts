/** Fair use: parallel requests of one box, and accounts in restricted mode (isds §1.8). */
import type { Login } from './box.ts';
import type { Operation } from './operations/index.ts';
import { StatusRefusal } from './status.ts';

/** Parallel watched requests of one box; the real threshold is not published, but below fifty. */
export const MAX_PARALLEL = 10;

export class Traffic {
  readonly #boxes = new Map<string, number>();
  readonly #restricted = new Set<string>();

  /** Enters a request or refuses it with 3008 or 3009; answers what to call when it has ended. */
  enter(operation: Operation, login: Login): () => void {
    // The real ISDS also slows a restricted account down by three seconds, which would only make tests slow.
    const restricted = login.restricted && operation.restrictable === true;
    if (restricted && this.#restricted.has(login.name)) throw new StatusRefusal('3009');
    const running = this.#boxes.get(login.boxId) ?? 0;
    const watched = operation.watched === true;
    if (watched && running >= MAX_PARALLEL) throw new StatusRefusal('3008');
    if (restricted) this.#restricted.add(login.name);
    if (watched) this.#boxes.set(login.boxId, running + 1);
    return () => {
      if (restricted) this.#restricted.delete(login.name);
      if (watched) this.#boxes.set(login.boxId, (this.#boxes.get(login.boxId) ?? 1) - 1);
    };
  }
}
