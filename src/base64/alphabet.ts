/** Base64 decoded by Node, and held to the alphabet of RFC 4648 §4. */

/** The octets are no base64: what arrived is not what was sent. */
export class NotBase64 extends Error {
  override readonly name = 'NotBase64';
}

/** Letters of a full line of a mail (RFC 2045 §6.8). */
export const LETTERS_OF_LINE = 76;

/** Four letters make three octets. */
export const BASE64_GROUP = 4;

/** What Node's decoder would read, but is of another alphabet (RFC 4648 §5); anything else it passes over, which the length shows. */
const OF_URLS = [0x2d, 0x5f];

/** The octets, if the text has nothing but letters, padding and white space, and makes just so many; undefined otherwise. */
export function decodeBase64(text: Buffer, length: number): Buffer | undefined {
  const octets = Buffer.from(text.toString('latin1'), 'base64');
  return octets.length === length && !OF_URLS.some((letter) => text.includes(letter)) ? octets : undefined;
}
