/** Files of one mail that wait for their turn, in a temporary file that has no name any more. */
import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Refused } from '../refusals/index.ts';
import type { SpoolShare } from './spool-share.ts';

/** Octets that wait to be read. */
export interface StoredFile {
  readonly size: number;
  /** The octets from the beginning; may be opened more than once, until the spool is disposed of. */
  open(): AsyncIterable<Buffer>;
  /** The octets from a position on, fewer than `length` only where the file ends. */
  read(position: number, length: number): Promise<Buffer>;
}

/** A file of the spool with its digest. */
export interface SpooledFile extends StoredFile {
  /** Lower-case hexadecimal SHA-256 of the octets. */
  readonly sha256: string;
}

/** A file that is being written. */
export interface SpoolWriting {
  /** Takes the octets when there is room for them; rejects with Refused when they cannot be kept. */
  write(piece: Buffer): Promise<void>;
  /** All octets, once they have been written; rejects with Refused when they could not be kept. */
  end(): Promise<StoredFile>;
}

/** How the files are called for the instant in which they have a name. */
export const SPOOL_NAME = /^postolka-spool-[0-9a-f-]{36}$/;

/** Readable by this process's user only: the content belongs to the sender. */
const MODE = 0o600;

/** Large enough that a hundred megabytes cost few calls, small enough that many writers do not matter. */
const WRITTEN_BLOCK_OCTETS = 256 * 1024;

/**
 * What is read is new memory each time, which larger blocks have to ask the system for. A thousand lines of base64: nothing is
 * left over for the next block.
 */
const READ_BLOCK_OCTETS = 57 * 1024;

/** All files share one on the disk, one after the other: a hundred of them must not need a hundred descriptors. */
export class Spool {
  readonly #directory: string;
  readonly #share: Pick<SpoolShare, 'count'> | undefined;
  #handle: FileHandle | undefined;
  #end = 0;
  #blocks: [Buffer, Buffer] | undefined;
  #writing = Promise.resolve();

  /** `share` is asked before octets are written. */
  constructor(directory: string, share?: Pick<SpoolShare, 'count'>) {
    this.#directory = directory;
    this.#share = share;
  }

  /** Writes the content to the end and knows its digest; takes the next chunk only when there is room for it. */
  async add(content: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<SpooledFile> {
    const hash = createHash('sha256');
    const writing = await this.begin();
    for await (const chunk of content) {
      hash.update(chunk);
      await writing.write(chunk);
    }
    return { ...(await writing.end()), sha256: hash.digest('hex') };
  }

  /** One at a time. Rejects with Refused when there is no room for any. */
  async begin(): Promise<SpoolWriting> {
    const handle = (this.#handle ??= await createUnlinked(this.#directory));
    const start = this.#end;
    // One is filled while the other is written.
    let [filling, other] = (this.#blocks ??= [
      Buffer.allocUnsafeSlow(WRITTEN_BLOCK_OCTETS),
      Buffer.allocUnsafeSlow(WRITTEN_BLOCK_OCTETS),
    ]);
    let filled = 0;
    // Nothing may be left of a file that was given up.
    await this.#writing;
    const writeOut = async (): Promise<void> => {
      await this.#writing;
      this.#share?.count(filled);
      [filling, other] = [other, filling];
      this.#writing = writeAll(handle, other.subarray(0, filled), this.#end);
      // Whoever waits for it hears of a failure.
      this.#writing.catch(() => undefined);
      this.#end += filled;
      filled = 0;
    };
    return {
      write: async (piece) => {
        for (let taken = 0; taken < piece.length;) {
          const copied = piece.copy(filling, filled, taken);
          taken += copied;
          filled += copied;
          if (filled === WRITTEN_BLOCK_OCTETS) await writeOut();
        }
      },
      end: async () => {
        await writeOut();
        await this.#writing;
        return storedFile(handle, start, this.#end - start);
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

function storedFile(handle: FileHandle, start: number, size: number): StoredFile {
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

async function writeAll(handle: FileHandle, block: Buffer, position: number): Promise<void> {
  try {
    for (let done = 0; done < block.length;) {
      const { bytesWritten } = await handle.write(block, done, block.length - done, position + done);
      done += bytesWritten;
    }
  } catch (cause) {
    throw new Refused('storage-full', {}, { cause });
  }
}

async function* blocks(handle: FileHandle, start: number, size: number): AsyncGenerator<Buffer> {
  for (let done = 0; done < size; done += READ_BLOCK_OCTETS) {
    yield octets(handle, start + done, Math.min(READ_BLOCK_OCTETS, size - done));
  }
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
