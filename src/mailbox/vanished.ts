/** Messages that a full list does not have any more: believed at once when ISDS erases them by then, otherwise when a second list says so. */
import type { Envelope } from '../isds/index.ts';
import type { IndexedMessage } from '../store/index.ts';

/** ISDS erases a message 90 days after its delivery, which is not before its arrival (isds §3.5). */
const ERASED_AFTER_MS = 90 * 24 * 60 * 60_000;

/** What a list did not have. */
export interface Missing {
  /** Left the box, as far as can be told. */
  readonly gone: readonly string[];
  /** Too young to be erased: the list may be an odd one, and the next is to be a full one again. */
  readonly doubtful: boolean;
}

export class Vanished {
  /** What the last full list of an account did not have, until a restart, which makes one list more. */
  readonly #missed = new Map<string, ReadonlySet<string>>();

  /** `known` is what was listed before; `now` is a time of ISDS. */
  check(account: string, known: Iterable<IndexedMessage>, records: readonly Envelope[], now: number): Missing {
    const listed = new Set(records.map(({ dmID }) => dmID));
    const before = this.#missed.get(account);
    const missing = [...known].filter(({ dmID }) => !listed.has(dmID));
    const gone = missing.filter(
      ({ dmID, kind, arrivedAt, goneAt }) =>
        goneAt !== undefined || kind === 'waiting' || now - arrivedAt >= ERASED_AFTER_MS || before?.has(dmID) === true,
    );
    this.#missed.set(account, new Set(missing.map(({ dmID }) => dmID)));
    return { gone: gone.map(({ dmID }) => dmID), doubtful: gone.length < missing.length };
  }
}
