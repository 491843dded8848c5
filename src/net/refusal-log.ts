/** Writes down connections that were turned away, seldom enough that whoever causes them cannot fill the disk. */
import { performance } from 'node:perf_hooks';
import type { Log } from '../core/index.ts';

/** One line a minute shows an attack, and when it ended, as well as a thousand a second. */
const INTERVAL_MS = 60_000;

export class RefusalLog {
  readonly #log: Log;
  #refused = 0;
  #quietUntil = Number.NEGATIVE_INFINITY;

  constructor(log: Log) {
    this.#log = log;
  }

  /** `remote` is the address of this one; `refused` counts all since the line before. */
  note(remote: string | undefined, limit: 'connections' | 'connections of one address'): void {
    this.#refused++;
    if (performance.now() < this.#quietUntil) return;
    this.#log.warn({ remote, limit, refused: this.#refused }, 'connection refused: too many');
    this.#refused = 0;
    this.#quietUntil = performance.now() + INTERVAL_MS;
  }
}
