/** Large content on its way and at rest: files without a name, which vanish with the sandbox however it ends. */
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredContent } from './content.ts';

const PIECE = 65_536;

/** Content that waits in a file without a name. */
export class Spool implements StoredContent {
  /** A kept one belongs to an upload or a message; others end with their request. */
  kept = false;
  #descriptor: number | undefined;
  #length = 0;
  readonly #whenClosed: (spool: Spool) => void;

  constructor(whenClosed: (spool: Spool) => void) {
    this.#whenClosed = whenClosed;
    const path = join(tmpdir(), `postolka-sandbox-${randomUUID()}`);
    this.#descriptor = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
  }

  get length(): number {
    return this.#length;
  }

  write(octets: Buffer): void {
    for (let written = 0; written < octets.length;) {
      const count = writeSync(this.#opened(), octets, written, octets.length - written, this.#length);
      written += count;
      this.#length += count;
    }
  }

  *pieces(): Generator<Buffer> {
    for (let position = 0; position < this.#length;) {
      const piece = Buffer.allocUnsafe(Math.min(PIECE, this.#length - position));
      const count = readSync(this.#opened(), piece, 0, piece.length, position);
      if (count === 0) throw new Error('a spooled file is shorter than what was written');
      position += count;
      yield piece.subarray(0, count);
    }
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
    this.#whenClosed(this);
  }

  /** Never the number alone: after closing it may belong to another file. */
  #opened(): number {
    if (this.#descriptor === undefined) throw new Error('the spooled content is closed');
    return this.#descriptor;
  }
}

/** The spools that are open. */
export class Spools {
  readonly #open = new Set<Spool>();

  open(): Spool {
    const spool = new Spool((closed) => this.#open.delete(closed));
    this.#open.add(spool);
    return spool;
  }

  /** Ends those of a request that nothing has kept. */
  release(spools: readonly Spool[]): void {
    for (const spool of spools) if (!spool.kept) spool.close();
  }

  /** How many are open, for tests. */
  get size(): number {
    return this.#open.size;
  }

  closeAll(): void {
    for (const spool of this.#open) spool.close();
  }
}
