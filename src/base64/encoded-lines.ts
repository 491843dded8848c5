/** Octets of any kind as the base64 lines of a mail (RFC 2045 §6.8). */
import { LETTERS_OF_LINE } from './alphabet.ts';

/** Octets that fill a line. */
const OCTETS = (LETTERS_OF_LINE / 4) * 3;
/** With its line end. */
const LINE = LETTERS_OF_LINE + 2;
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
      if (line > 0) lines.copyWithin(line * LINE, line * LETTERS_OF_LINE, (line + 1) * LETTERS_OF_LINE);
      lines[line * LINE + LETTERS_OF_LINE] = CR;
      lines[line * LINE + LETTERS_OF_LINE + 1] = LF;
    }
    return lines;
  }

  /** The last line. */
  end(): Buffer {
    return Buffer.from(this.#begun.length === 0 ? '' : `${this.#begun.toString('base64')}\r\n`);
  }
}
