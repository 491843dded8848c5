/** Decodes base64 while it streams by, with white space anywhere and nothing else forgiven (RFC 4648 §3.3). */
import { BrokenOriginal } from './broken-original.ts';

/** Four characters make three octets. */
const GROUP = 4;

const ALPHABET = /^[A-Za-z0-9+/]*={0,2}$/;
const WHITE_SPACE = /[\t\n\r ]+/g;

export class Base64Decoder {
  /** Characters of a group that is not complete yet. */
  #begun = '';
  #padded = false;

  push(octets: Buffer): Buffer {
    const characters = octets.toString('latin1').replace(WHITE_SPACE, '');
    if (characters === '') return Buffer.alloc(0);
    const text = this.#begun + characters;
    if (this.#padded || !ALPHABET.test(text)) throw new BrokenOriginal('not base64');
    const whole = text.length - (text.length % GROUP);
    this.#begun = text.slice(whole);
    this.#padded = text.charAt(whole - 1) === '=';
    return Buffer.from(text.slice(0, whole), 'base64');
  }

  /** Refuses a group that was never completed. */
  end(): void {
    if (this.#begun !== '') throw new BrokenOriginal('base64 ends too early');
  }
}
