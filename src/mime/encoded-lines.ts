/** Octets of any kind as the base64 lines of a mail (RFC 2045 §6.8). */

/** Octets that fill a line of 76 letters. */
const OCTETS = 57;
const LETTERS = 76;
/** With its line end. */
const LINE = LETTERS + 2;
const [CR, LF] = [13, 10];

/** One file's content; `push` what arrives and send on what it returns, then `end`. */
export class EncodedLines {
  /** Octets of a line that is not full yet. */
  #begun: Buffer = Buffer.alloc(0);

  /** Whole lines. */
  push(octets: Buffer): Buffer {
    const all = this.#begun.length === 0 ? octets : Buffer.concat([this.#begun, octets]);
    const whole = all.length - (all.length % OCTETS);
    // A copy, because the source may use its buffer again.
    this.#begun = Buffer.from(all.subarray(whole));
    const count = whole / OCTETS;
    const lines = Buffer.allocUnsafeSlow(count * LINE);
    lines.write(all.toString('base64', 0, whole), 'latin1');
    for (let line = count - 1; line >= 0; line--) {
      // The letters of each line move to their place, the last line first, so that none is written over.
      if (line > 0) lines.copyWithin(line * LINE, line * LETTERS, (line + 1) * LETTERS);
      lines[line * LINE + LETTERS] = CR;
      lines[line * LINE + LETTERS + 1] = LF;
    }
    return lines;
  }

  /** The last line. */
  end(): Buffer {
    return Buffer.from(this.#begun.length === 0 ? '' : `${this.#begun.toString('base64')}\r\n`);
  }
}
