/** Decodes base64 while it streams by, with white space anywhere and nothing else forgiven (RFC 4648 §3.3). */
import { BrokenOriginal } from './broken-original.ts';

/** Four characters make three octets. */
const GROUP = 4;

/** What Node's decoder would read although it is not of this alphabet; anything else it leaves out, which the length shows. */
const OF_URLS = ['-', '_'];
const WHITE_SPACE = ['\n', '\r', ' ', '\t'];
const ALL_WHITE_SPACE = /[\t\n\r ]+/g;

export class Base64Decoder {
  /** Characters of a group that is not complete yet. */
  #begun = '';
  #padded = false;

  push(octets: Buffer): Buffer {
    const characters = octets.toString('latin1');
    const isSpaced = WHITE_SPACE.some((space) => characters.includes(space));
    const text = this.#begun + (isSpaced ? characters.replace(ALL_WHITE_SPACE, '') : characters);
    if (text.length > this.#begun.length && this.#padded) throw new BrokenOriginal('not base64');
    const whole = text.length - (text.length % GROUP);
    this.#begun = text.slice(whole);
    return this.#decode(text.slice(0, whole));
  }

  #decode(groups: string): Buffer {
    const octets = Buffer.from(groups, 'base64');
    const padding = groups.endsWith('==') ? 2 : groups.endsWith('=') ? 1 : 0;
    const isWhole = octets.length === (groups.length / GROUP) * 3 - padding;
    if (!isWhole || OF_URLS.some((letter) => groups.includes(letter))) throw new BrokenOriginal('not base64');
    this.#padded ||= padding > 0;
    return octets;
  }

  /** Refuses a group that was never completed. */
  end(): void {
    if (this.#begun !== '') throw new BrokenOriginal('base64 ends too early');
  }
}
