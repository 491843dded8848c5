/** Base64 as it comes from ISDS, re-wrapped into the lines of a mail without decoding it (RFC 2045 §6.8). */

const LINE = 76;
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

/** The octets are no base64: what arrived is not what was sent. */
export class NotBase64 extends Error {
  override readonly name = 'NotBase64';
}

/** One file's content; `push` what arrives and send on what it returns, then `end`. */
export class Base64Lines {
  #column = 0;
  #letters = 0;
  #padding = 0;

  /** Throws NotBase64 on a foreign octet or on anything behind the padding. */
  push(octets: Buffer): Buffer {
    const lines = Buffer.allocUnsafe(octets.length + 2 * (Math.floor(octets.length / LINE) + 1));
    let length = 0;
    for (let at = 0; at < octets.length; at++) {
      const start = at;
      // The loop that meets every octet: whole runs are copied at once.
      while (at < octets.length && kinds[octets[at]!] === Kind.alphabet) at++;
      if (at > start && this.#padding > 0) throw new NotBase64();
      length = this.#wrap(octets.subarray(start, at), lines, length);
      if (at === octets.length) break;
      const kind = kinds[octets[at]!];
      if (kind === Kind.foreign) throw new NotBase64();
      if (kind !== Kind.padding) continue;
      this.#padding++;
      length = this.#wrap(octets.subarray(at, at + 1), lines, length);
    }
    return lines.subarray(0, length);
  }

  /** The end of the last line; throws NotBase64 when the content stops inside a group of four. */
  end(): Buffer {
    if (this.#letters % 4 !== 0 || this.#padding > 2) throw new NotBase64();
    return Buffer.from(this.#letters === 0 ? '' : '\r\n');
  }

  /** Copies a run to where the lines have come to; answers where they have come to now. */
  #wrap(run: Buffer, lines: Buffer, length: number): number {
    let to = length;
    for (let from = 0; from < run.length;) {
      if (this.#column === LINE) {
        lines[to++] = CR;
        lines[to++] = LF;
        this.#column = 0;
      }
      const copied = run.copy(lines, to, from, Math.min(run.length, from + LINE - this.#column));
      to += copied;
      from += copied;
      this.#column += copied;
    }
    this.#letters += run.length;
    return to;
  }
}

/** Octets that are not base64 yet, encoded in pieces; feeds Base64Lines. */
export class Base64Encoder {
  #rest: Buffer = Buffer.alloc(0);

  push(octets: Buffer): Buffer {
    const all = this.#rest.length === 0 ? octets : Buffer.concat([this.#rest, octets]);
    const whole = all.length - (all.length % 3);
    this.#rest = Buffer.from(all.subarray(whole));
    return Buffer.from(all.toString('base64', 0, whole), 'latin1');
  }

  end(): Buffer {
    return Buffer.from(this.#rest.toString('base64'), 'latin1');
  }
}
