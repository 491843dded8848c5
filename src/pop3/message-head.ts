/** The header of a mail and the first lines of its body, cut out of a stream of chunks (TOP, RFC 1939 §7). */
const LF = 0x0a;
/** Lines end in CRLF (mailbox/types.ts), so an empty one has a CR before its LF. */
const EMPTY_LINE = 1;

export class MessageHead {
  #bodyLinesLeft: number;
  #inHeader = true;
  /** Octets of the line that has begun. */
  #lineLength = 0;

  constructor(bodyLines: number) {
    this.#bodyLinesLeft = bodyLines;
  }

  /** True when everything asked for has been taken. */
  get complete(): boolean {
    return !this.#inHeader && this.#bodyLinesLeft === 0;
  }

  /** The part of the chunk that belongs to the answer. */
  take(chunk: Buffer): Buffer {
    let start = 0;
    while (!this.complete) {
      const end = chunk.indexOf(LF, start);
      this.#lineLength += (end < 0 ? chunk.length : end) - start;
      if (end < 0) return chunk;
      this.#endLine();
      start = end + 1;
    }
    return chunk.subarray(0, start);
  }

  #endLine(): void {
    if (!this.#inHeader) this.#bodyLinesLeft--;
    else if (this.#lineLength <= EMPTY_LINE) this.#inHeader = false;
    this.#lineLength = 0;
  }
}
