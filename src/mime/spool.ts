/** Attachments of one mail that wait for ISDS, in a temporary file that has no name any more. */
import { createHash, type Hash, randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Refused } from '../core/index.ts';

export interface StoredFile {
  readonly size: number;
  /** The octets from the beginning; may be opened more than once, until the spool is disposed of. */
  open(): AsyncIterable<Buffer>;
  /** The octets from a position on, fewer than `length` only where the file ends. */
  read(position: number, length: number): Promise<Buffer>;
}

export interface SpooledFile extends StoredFile {
  /** Lower-case hexadecimal SHA-256 of the octets. */
  readonly sha256: string;
}

/** How the files are called for the instant in which they have a name. */
export const SPOOL_NAME = /^postolka-spool-[0-9a-f-]{36}$/;

/** Readable by this process's user only: the content belongs to the sender. */
const MODE = 0o600;

/** Large enough that a hundred megabytes cost few calls, small enough that many readers do not matter. */
const BLOCK = 256 * 1024;

/** All attachments of a mail share one file one after the other: a hundred of them must not need a hundred descriptors. */
export class Spool {
  readonly #directory: string;
  #handle: FileHandle | undefined;
  #end = 0;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Like `store`, and knows the digest. */
  async add(content: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<SpooledFile> {
    const hash = createHash('sha256');
    const file = await this.store(hashed(content, hash));
    return { ...file, sha256: hash.digest('hex') };
  }

  /** Writes the content to the end, in blocks; takes the next chunk only when the last block is written. One at a time. */
  async store(content: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<StoredFile> {
    const handle = (this.#handle ??= await createUnlinked(this.#directory));
    const start = this.#end;
    // The next block is gathered while this one is written.
    let writing = Promise.resolve();
    for await (const block of inBlocks(content)) {
      await writing;
      writing = writeAll(handle, block, this.#end);
      // Whoever waits for it hears of a failure.
      writing.catch(() => undefined);
      this.#end += block.length;
    }
    await writing;
    const size = this.#end - start;
    return {
      size,
      open: () => blocks(handle, start, size),
      read: (position, length) => {
        // The neighbours in the spool are other files: nobody may read into them, whatever a forged directory says.
        const from = Math.min(Math.max(position, 0), size);
        return octets(handle, start + from, Math.min(Math.max(length, 0), size - from));
      },
    };
  }

  /** Gives the space back to the system; harmless when repeated. */
  async dispose(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }
}

async function* hashed(content: AsyncIterable<Buffer> | Iterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of content) {
    hash.update(chunk);
    yield chunk;
  }
}

/** A parser's chunks are a few kilobytes, and each would be a call of its own. */
async function* inBlocks(content: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
  let gathered: Buffer[] = [];
  let length = 0;
  for await (const chunk of content) {
    gathered.push(chunk);
    length += chunk.length;
    if (length < BLOCK) continue;
    yield Buffer.concat(gathered, length);
    gathered = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(gathered, length);
}

/** Unlinked at once, so that nothing is left behind by a crash, unless it comes in between (`spool-leftovers.ts`). */
async function createUnlinked(directory: string): Promise<FileHandle> {
  const path = join(directory, `postolka-spool-${randomUUID()}`);
  try {
    const handle = await open(path, 'wx+', MODE);
    await unlink(path);
    return handle;
  } catch (cause) {
    throw new Refused('storage-full', {}, { cause });
  }
}

async function writeAll(handle: FileHandle, chunk: Buffer, position: number): Promise<void> {
  try {
    for (let done = 0; done < chunk.length;) {
      const { bytesWritten } = await handle.write(chunk, done, chunk.length - done, position + done);
      done += bytesWritten;
    }
  } catch (cause) {
    throw new Refused('storage-full', {}, { cause });
  }
}

async function* blocks(handle: FileHandle, start: number, size: number): AsyncGenerator<Buffer> {
  for (let done = 0; done < size; done += BLOCK) yield octets(handle, start + done, Math.min(BLOCK, size - done));
}

async function octets(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const block = Buffer.allocUnsafe(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await handle.read(block, done, length - done, position + done);
    if (bytesRead === 0) throw new Error('the spool is shorter than what was written to it');
    done += bytesRead;
  }
  return block;
}
