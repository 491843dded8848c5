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
    for (const octet of octets) {
      const kind = kinds[octet];
      if (kind === Kind.space) continue;
      if (kind === Kind.foreign || (kind === Kind.alphabet && this.#padding > 0)) throw new NotBase64();
      if (kind === Kind.padding) this.#padding++;
      if (this.#column === LINE) {
        lines[length++] = CR;
        lines[length++] = LF;
        this.#column = 0;
      }
      lines[length++] = octet;
      this.#column++;
      this.#letters++;
    }
    return lines.subarray(0, length);
  }

  /** The end of the last line; throws NotBase64 when the content stops inside a group of four. */
  end(): Buffer {
    if (this.#letters % 4 !== 0 || this.#padding > 2) throw new NotBase64();
    return Buffer.from(this.#letters === 0 ? '' : '\r\n');
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
