/** Base64 both ways: strict when a request is read, in bounded pieces when an answer is written (RFC 4648 §4). */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const FOREIGN = 255;
const BLANK = 254;
const PADDING = 253;

const VALUES = new Uint8Array(256).fill(FOREIGN);
for (const blank of ' \t\r\n') VALUES[blank.charCodeAt(0)] = BLANK;
for (const [value, character] of Array.from(ALPHABET).entries()) VALUES[character.charCodeAt(0)] = value;
VALUES['='.charCodeAt(0)] = PADDING;

/** Decodes text that comes in pieces, and remembers whether it is base64 at all. */
export class Base64Decoder {
  #bits = 0;
  #digits = 0;
  #padding = 0;
  #foreign = false;

  /** The octets that end in this piece. */
  push(text: Buffer): Buffer {
    const octets = Buffer.allocUnsafe(Math.floor((text.length * 3) / 4) + 3);
    let length = 0;
    for (const character of text) {
      const value = VALUES[character] ?? FOREIGN;
      if (value === BLANK) continue;
      if (value === FOREIGN || (this.#padding > 0 && value !== PADDING)) this.#foreign = true;
      if (this.#foreign) break;
      if (value === PADDING) this.#padding++;
      this.#bits = ((this.#bits << 6) | (value === PADDING ? 0 : value)) & 0xff_ffff;
      if (++this.#digits % 4 !== 0) continue;
      length = octets.writeUIntBE(this.#bits, length, 3);
      length -= Math.min(this.#padding, 2);
    }
    return octets.subarray(0, length);
  }

  /** Whether all of it was base64: no foreign character, right padding, no broken last group. */
  isComplete(): boolean {
    return !this.#foreign && this.#digits % 4 === 0 && this.#padding <= 2;
  }
}

/** The octets, or undefined when the text is not base64. */
export function decodeBase64(text: Buffer): Buffer | undefined {
  const decoder = new Base64Decoder();
  const octets = decoder.push(text);
  return decoder.isComplete() ? octets : undefined;
}

/** A multiple of 57, which makes a line of 76 characters (RFC 2045 §6.8), near to the size of one write. */
const PIECE = 57 * 1024;
const LINE = 76;

/** The text in pieces, with line breaks after 76 letters or without any. */
export function* encodeBase64(pieces: Iterable<Buffer>, lineBreaks = false): Generator<string> {
  for (const octets of blocks(pieces)) {
    const text = octets.toString('base64');
    yield lineBreaks ? text.replace(/.{76}/g, '$&\n') : text;
  }
}

/** How long the text of so many octets is. */
export function base64Length(octets: number, lineBreaks: boolean): number {
  const length = Math.ceil(octets / 3) * 4;
  return length + (lineBreaks ? Math.floor(length / LINE) : 0);
}

/** The same octets in pieces of one size; only the last is shorter. */
function* blocks(pieces: Iterable<Buffer>): Generator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for (const piece of pieces) {
    const octets = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let start = 0;
    for (; octets.length - start >= PIECE; start += PIECE) yield octets.subarray(start, start + PIECE);
    rest = octets.subarray(start);
  }
  if (rest.length > 0) yield rest;
}
