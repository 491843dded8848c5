/** The signed original while the files stream by: it arrives together with them, and its place is behind them. */
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { Spool, type StoredFile } from '../mime/index.ts';

export class OriginalSpool {
  readonly #spool: Spool;
  readonly #channel = new PassThrough();
  readonly #added: Promise<StoredFile>;

  /** `directory` is where the unlinked temporary file lies. */
  constructor(directory: string) {
    this.#spool = new Spool(directory);
    this.#added = this.#spool.store(this.#channel);
    // Whoever writes or ends hears of a failure; nobody else has to.
    this.#added.catch(() => this.#channel.destroy());
  }

  /** Rejects with Refused when the octets cannot be kept. */
  async write(octets: Buffer): Promise<void> {
    if (this.#channel.destroyed) await this.#added;
    if (!this.#channel.write(octets)) await Promise.race([once(this.#channel, 'drain'), this.#added]);
  }

  /** All octets, once they have been written; rejects with Refused when they could not be kept. */
  async end(): Promise<StoredFile> {
    this.#channel.end();
    return this.#added;
  }

  async dispose(): Promise<void> {
    this.#channel.destroy();
    await this.#spool.dispose();
  }
}
