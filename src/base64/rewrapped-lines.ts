/** Base64 as it comes from ISDS, re-wrapped into the lines of a mail without decoding it (RFC 2045 §6.8). */
import { LETTERS_OF_LINE, NotBase64 } from './alphabet.ts';

const CR = 13;
const LF = 10;
const PADDING = 61;

/** What each octet is: part of the alphabet, padding, white space that the sender left in, or not base64 at all. */
const Kind = { foreign: 0, alphabet: 1, padding: 2, space: 3 } as const;

const kinds = new Uint8Array(256);
for (const octet of Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')) {
  kinds[octet] = Kind.alphabet;
}
for (const octet of Buffer.from(' \t\r\n')) kinds[octet] = Kind.space;
kinds[PADDING] = Kind.padding;

/** Whether either octet of a pair is outside the alphabet; the same in whichever order the machine keeps them. */
const foreignPairs = Uint8Array.from({ length: 65_536 }, (_, pair) =>
  kinds[pair & 0xff] === Kind.alphabet && kinds[pair >> 8] === Kind.alphabet ? 0 : 1,
);
const PAIRS_OF_LINE = LETTERS_OF_LINE / 2;
const [LINE_END = 0] = new Uint16Array(Uint8Array.of(CR, LF).buffer);

/** One file's content; `push` what arrives and send on what it returns, then `end`. */
export class RewrappedLines {
  #column = 0;
  #letters = 0;
  #padding = 0;

  /** Throws NotBase64 on a foreign octet or on anything behind the padding. */
  push(octets: Buffer): Buffer {
    const lines = Buffer.allocUnsafeSlow(octets.length + 2 * (Math.floor(octets.length / LETTERS_OF_LINE) + 1) + 1);
    const begun = Math.min((LETTERS_OF_LINE - this.#column) % LETTERS_OF_LINE, octets.length);
    // Pairs of octets have to lie at even places, so what precedes them may have to begin at an odd one.
    const start = begun % 2;
    let length = this.#scan(octets.subarray(0, begun), lines, start);
    const rest = octets.subarray(begun);
    const copied =
      this.#column % LETTERS_OF_LINE === 0 && this.#padding === 0 ? this.#copyLines(rest, lines, length) : 0;
    length += copied * (LETTERS_OF_LINE + 2) - (copied > 0 && this.#letters === 0 ? 2 : 0);
    if (copied > 0) this.#column = LETTERS_OF_LINE;
    this.#letters += copied * LETTERS_OF_LINE;
    return lines.subarray(start, this.#scan(rest.subarray(copied * LETTERS_OF_LINE), lines, length));
  }

  /** Copies whole lines, two octets at once, up to the first that is more than letters of the alphabet; answers how many. */
  #copyLines(octets: Buffer, lines: Buffer, length: number): number {
    const whole = Math.floor(octets.length / LETTERS_OF_LINE);
    const even = octets.byteOffset % 2 === 0 ? octets : moved(octets);
    const from = new Uint16Array(even.buffer, even.byteOffset, whole * PAIRS_OF_LINE);
    const to = new Uint16Array(lines.buffer, lines.byteOffset + length, Math.floor((lines.length - length) / 2));
    let place = 0;
    for (let line = 0; line < whole; line++) {
      if (line > 0 || this.#letters > 0) to[place++] = LINE_END;
      let foreign = 0;
      const end = (line + 1) * PAIRS_OF_LINE;
      for (let pair = line * PAIRS_OF_LINE; pair < end; pair++) {
        const letters = from[pair]!;
        foreign |= foreignPairs[letters]!;
        to[place++] = letters;
      }
      if (foreign !== 0) return line;
    }
    return whole;
  }

  /** Octet by octet, whatever they are; answers where the lines have come to. */
  #scan(octets: Buffer, lines: Buffer, begin: number): number {
    let length = begin;
    for (let at = 0; at < octets.length; at++) {
      const start = at;
      // Whole runs are copied at once.
      while (at < octets.length && kinds[octets[at]!] === Kind.alphabet) at++;
      if (at > start && this.#padding > 0) throw new NotBase64('not base64');
      length = this.#wrap(octets.subarray(start, at), lines, length);
      if (at === octets.length) break;
      const kind = kinds[octets[at]!];
      if (kind === Kind.foreign) throw new NotBase64('not base64');
      if (kind !== Kind.padding) continue;
      this.#padding++;
      length = this.#wrap(octets.subarray(at, at + 1), lines, length);
    }
    return length;
  }

  /** The end of the last line; throws NotBase64 when the content stops inside a group of four. */
  end(): Buffer {
    if (this.#letters % 4 !== 0 || this.#padding > 2) throw new NotBase64('not base64');
    return Buffer.from(this.#letters === 0 ? '' : '\r\n');
  }

  /** Copies a run to where the lines have come to; answers where they have come to now. */
  #wrap(run: Buffer, lines: Buffer, length: number): number {
    let to = length;
    for (let from = 0; from < run.length;) {
      if (this.#column === LETTERS_OF_LINE) {
        lines[to++] = CR;
        lines[to++] = LF;
        this.#column = 0;
      }
      const copied = run.copy(lines, to, from, Math.min(run.length, from + LETTERS_OF_LINE - this.#column));
      to += copied;
      from += copied;
      this.#column += copied;
    }
    this.#letters += run.length;
    return to;
  }
}

/** At an even place of memory. */
function moved(octets: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(octets.length);
  octets.copy(copy);
  return copy;
}
