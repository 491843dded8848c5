/** Octets and little-endian numbers read where they lie in the spool; nothing is read beyond the end. */
import { problems, unreadable } from '../problems.ts';

/** A part of the spool: a file, or a piece of one. */
export interface Content {
  readonly size: number;
  /** The octets from a position on, fewer than `length` only where the content ends. */
  read(position: number, length: number): Promise<Buffer>;
}

/** Is asked before each read, and ends those of a mail that has too many. */
export interface ReadBudget {
  countRead(): Promise<void>;
}

/** Structures are a few octets long; a window saves a read of the disk for each of them. */
const WINDOW_OCTETS = 64 * 1024;

/** Octets that are handed on block by block. */
const BLOCK_OCTETS = 256 * 1024;

/** A part of the content. Refuses, as truncated, one that reaches behind its end. */
export function slice(content: Content, start: number, size: number): Content {
  if (start + size > content.size) throw unreadable(problems.truncated);
  return {
    size,
    read: (position, length) => {
      const from = Math.min(position, size);
      return content.read(start + from, Math.min(length, size - from));
    },
  };
}

/** The content from its beginning, a block at a time. */
export async function* blocks(content: Content): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.size; at += BLOCK_OCTETS) yield content.read(at, BLOCK_OCTETS);
}

/** Reads on from where it stands; a forged length ends in a refusal before anything is allocated for it. */
export class OctetReader {
  readonly content: Content;
  readonly #budget: ReadBudget;
  #position = 0;
  #window: Buffer = Buffer.alloc(0);
  #windowStart = 0;

  constructor(content: Content, budget: ReadBudget) {
    this.content = content;
    this.#budget = budget;
  }

  get position(): number {
    return this.#position;
  }

  get atEnd(): boolean {
    return this.#position >= this.content.size;
  }

  async octets(length: number): Promise<Buffer> {
    await this.#budget.countRead();
    const start = this.#position;
    this.skip(length);
    if (length > WINDOW_OCTETS) return this.content.read(start, length);
    const end = start + length;
    if (start < this.#windowStart || end > this.#windowStart + this.#window.length) {
      this.#window = await this.content.read(start, WINDOW_OCTETS);
      this.#windowStart = start;
    }
    return this.#window.subarray(start - this.#windowStart, end - this.#windowStart);
  }

  async uint8(): Promise<number> {
    return (await this.octets(1)).readUInt8();
  }

  async uint16(): Promise<number> {
    return (await this.octets(2)).readUInt16LE();
  }

  async uint32(): Promise<number> {
    return (await this.octets(4)).readUInt32LE();
  }

  /** The next octets as a content of their own, without reading them. */
  take(length: number): Content {
    const start = this.#position;
    this.skip(length);
    return slice(this.content, start, length);
  }

  skip(length: number): void {
    if (this.#position + length > this.content.size) throw unreadable(problems.truncated);
    this.#position += length;
  }
}
