/**
 * Lines out of a stream of chunks, with memory bounded by the longest line allowed. CRLF ends a line and so does a
 * bare LF, as in Dovecot: commands typed by hand or by old programs come that way, and a POP3 command has no body
 * that two readings of a line end could smuggle. Every other octet, NUL and CR included, is left to the grammar.
 */
const LF = 0x0a;
const CR = 0x0d;
const NOTHING = Buffer.alloc(0);

/** The octets of a line without its end, or the news that a line was too long and has been thrown away. */
export type Line = Buffer | 'overlong';

export class LineReader {
  #waiting: Buffer = NOTHING;
  #swallowing = false;
  #received = 0;
  #taken = 0;
  #lineStart = 0;

  /** Octets that came in so far. */
  get received(): number {
    return this.#received;
  }

  /** Where in the stream the line handed out last began: it tells what the other side had sent before an event. */
  get lineStart(): number {
    return this.#lineStart;
  }

  /** Whether a complete line waits to be read. */
  get hasLine(): boolean {
    return this.#waiting.includes(LF);
  }

  push(chunk: Buffer): void {
    this.#received += chunk.length;
    this.#waiting = this.#waiting.length === 0 ? chunk : Buffer.concat([this.#waiting, chunk]);
  }

  /**
   * The next complete line, or undefined when more octets are needed. A line with more than `longest` octets is
   * reported once, when its end has come, so that answers stay in step with lines.
   */
  next(longest: number): Line | undefined {
    const end = this.#waiting.indexOf(LF);
    if (end < 0) {
      // One octet over the limit may still be the CR of the line end.
      if (this.#swallowing || this.#waiting.length > longest + 1) this.#swallow();
      // A copy, so that the rest of a line does not keep the whole chunk in memory for as long as a client is idle.
      else this.#waiting = Buffer.from(this.#waiting);
      return undefined;
    }
    const line = this.#take(end);
    const overlong = this.#swallowing || line.length > longest;
    this.#swallowing = false;
    return overlong ? 'overlong' : line;
  }

  /** Forgets everything that came and was not read yet. */
  discard(): void {
    this.#waiting = NOTHING;
    this.#swallowing = false;
    this.#taken = this.#received;
  }

  #swallow(): void {
    if (!this.#swallowing) this.#lineStart = this.#taken;
    this.#swallowing = true;
    this.#waiting = NOTHING;
  }

  #take(end: number): Buffer {
    if (!this.#swallowing) this.#lineStart = this.#taken;
    const line = this.#waiting.subarray(0, end > 0 && this.#waiting[end - 1] === CR ? end - 1 : end);
    this.#waiting = this.#waiting.subarray(end + 1);
    this.#taken = this.#received - this.#waiting.length;
    return line;
  }
}
