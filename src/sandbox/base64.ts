/** Base64 both ways: strict when a request is read, in bounded pieces when an answer is written (RFC 4648 §4). */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const FOREIGN = 255;
const BLANK = 254;
const PADDING = 253;

const VALUES = new Uint8Array(256).fill(FOREIGN);
for (const blank of ' \t\r\n') VALUES[blank.charCodeAt(0)] = BLANK;
for (const [value, character] of Array.from(ALPHABET).entries()) VALUES[character.charCodeAt(0)] = value;
VALUES['='.charCodeAt(0)] = PADDING;

/** The octets, or undefined when the text is not base64: a foreign character, wrong padding, or a broken last group. */
export function decodeBase64(text: Buffer): Buffer | undefined {
  const octets = Buffer.allocUnsafe(Math.floor((text.length * 3) / 4) + 3);
  let length = 0;
  let bits = 0;
  let digits = 0;
  let padding = 0;
  for (const character of text) {
    const value = VALUES[character] ?? FOREIGN;
    if (value === BLANK) continue;
    if (value === FOREIGN || (padding > 0 && value !== PADDING)) return undefined;
    if (value === PADDING) padding++;
    bits = ((bits << 6) | (value === PADDING ? 0 : value)) & 0xff_ffff;
    if (++digits % 4 !== 0) continue;
    length = octets.writeUIntBE(bits, length, 3);
  }
  if (digits % 4 !== 0 || padding > 2) return undefined;
  return octets.subarray(0, length - padding);
}

/** A multiple of 57, which makes a line of 76 characters (RFC 2045 §6.8), near to the size of one write. */
const PIECE = 57 * 1024;

export function* encodeBase64(octets: Buffer, lineBreaks: boolean): Generator<string> {
  for (let start = 0; start < octets.length; start += PIECE) {
    const text = octets.toString('base64', start, Math.min(start + PIECE, octets.length));
    yield lineBreaks ? text.replace(/.{76}/g, '$&\n') : text;
  }
}

/** The same for octets that come in pieces of any size. */
export function* encodeBase64Pieces(pieces: Iterable<Buffer>): Generator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for (const piece of pieces) {
    const octets = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const whole = octets.length - (octets.length % 3);
    if (whole > 0) yield octets.toString('base64', 0, whole);
    rest = octets.subarray(whole);
  }
  if (rest.length > 0) yield rest.toString('base64');
}
