/** Digests of the files of a sent message while it streams in: what it held is known afterwards, and nothing of it is kept. */
import { createHash, type Hash } from 'node:crypto';
import { IsdsError } from './error.ts';
import { NotBase64, StrictDecoder } from '../base64/index.ts';
import { BrokenOriginal } from './signed/broken-original.ts';
import type { FileHeader, OriginalDownloadEvent, SentFile } from './types.ts';

/** Rejects with IsdsError unless all of the message arrived and was the one that was sealed. */
export async function readSentFiles(events: AsyncIterable<OriginalDownloadEvent>): Promise<readonly SentFile[]> {
  const files: FileDigest[] = [];
  try {
    for await (const event of events) {
      if (event.kind === 'file') {
        files.at(-1)?.end();
        files.push(new FileDigest(event.file));
      } else if (event.kind === 'content') files.at(-1)?.update(event.octets);
    }
    files.at(-1)?.end();
  } catch (cause) {
    if (!(cause instanceof BrokenOriginal || cause instanceof NotBase64)) throw cause;
    throw new IsdsError({ kind: 'not-intact', problem: cause.message }, { cause });
  }
  return files.map((file) => file.result());
}

class FileDigest {
  readonly #name: string;
  readonly #hash: Hash = createHash('sha256');
  /** Undefined for content that stands as it is. */
  readonly #base64: StrictDecoder | undefined;
  #size = 0;

  constructor({ name, encoding }: FileHeader) {
    this.#name = name;
    this.#base64 = encoding === 'base64' ? new StrictDecoder() : undefined;
  }

  update(text: Buffer): void {
    const octets = this.#base64?.push(text) ?? text;
    this.#size += octets.length;
    this.#hash.update(octets);
  }

  end(): void {
    this.#base64?.end();
  }

  result(): SentFile {
    return { name: this.#name, size: this.#size, sha256: this.#hash.digest('hex') };
  }
}
