/** Writes down what strangers are refused, seldom enough that they cannot fill the disk, and counts the rest. */
import { type Log, networkOf } from '../core/index.ts';

/** Often enough to see when an attack begins and ends. */
const INTERVAL_MS = 60_000;
/** A person who mistypes, and a program that tries again, find each of their sessions in the log; a flood is counted. */
const MAX_LINES = 5;
/** Networks and reasons that are told apart in an interval; those of a larger attack are counted together. */
const MAX_TOLD_APART = 200;

const OTHERS = 'others';

interface Count {
  lines: number;
  more: number;
}

export class RefusalLog {
  readonly #log: Log;
  readonly #counts = new Map<string, Count>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** `tell` writes the line of this refusal; after the first few in a minute one line says how many more there were. */
  note(remote: string | undefined, reason: string, tell: (log: Log) => void): void {
    const network = remote === undefined ? 'unknown' : networkOf(remote);
    const own = `${network} ${reason}`;
    const count = this.#counts.get(own) ?? this.#begin(own, network, reason);
    if (count.lines === MAX_LINES) count.more++;
    else {
      count.lines++;
      tell(this.#log);
    }
  }

  #begin(key: string, network: string, reason: string): Count {
    if (this.#counts.size >= MAX_TOLD_APART && key !== OTHERS) {
      return this.#counts.get(OTHERS) ?? this.#begin(OTHERS, OTHERS, OTHERS);
    }
    const count = { lines: 0, more: 0 };
    this.#counts.set(key, count);
    setTimeout(() => {
      this.#counts.delete(key);
      if (count.more > 0) this.#log.warn({ network, reason, more: count.more }, 'more refused');
    }, INTERVAL_MS).unref();
    return count;
  }
}
