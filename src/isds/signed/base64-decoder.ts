/** Decodes base64 while it streams by, with white space anywhere and nothing else forgiven (RFC 4648 §3.3). */
import { BrokenOriginal } from './broken-original.ts';

/** Four characters make three octets. */
const GROUP = 4;

const PADDING = 0x3d;

/** What Node's decoder would read although it is not of this alphabet; anything else it leaves out, which the length shows. */
const OF_URLS = [0x2d, 0x5f];

const WHITE_SPACE = [0x0a, 0x0d, 0x20, 0x09];
const ALL_WHITE_SPACE = /[\t\n\r ]+/g;

export class Base64Decoder {
  /** Characters of a group that is not complete yet. */
  #begun: Buffer = Buffer.alloc(0);
  #padded = false;

  push(octets: Buffer): Buffer {
    const come = withoutWhiteSpace(octets);
    if (come.length > 0 && this.#padded) throw new BrokenOriginal('not base64');
    // Octets are put together, not strings: those of the length of a chunk keep the garbage collector busy.
    const characters = this.#begun.length === 0 ? come : Buffer.concat([this.#begun, come]);
    const whole = characters.length - (characters.length % GROUP);
    this.#begun = Buffer.from(characters.subarray(whole));
    return this.#decode(characters.subarray(0, whole));
  }

  #decode(groups: Buffer): Buffer {
    const octets = Buffer.from(groups.toString('latin1'), 'base64');
    const padding = groups.at(-1) !== PADDING ? 0 : groups.at(-2) === PADDING ? 2 : 1;
    const isWhole = octets.length === (groups.length / GROUP) * 3 - padding;
    if (!isWhole || OF_URLS.some((letter) => groups.includes(letter))) throw new BrokenOriginal('not base64');
    this.#padded ||= padding > 0;
    return octets;
  }

  /** Refuses a group that was never completed. */
  end(): void {
    if (this.#begun.length > 0) throw new BrokenOriginal('base64 ends too early');
  }
}

function withoutWhiteSpace(octets: Buffer): Buffer {
  if (!WHITE_SPACE.some((space) => octets.includes(space))) return octets;
  return Buffer.from(octets.toString('latin1').replace(ALL_WHITE_SPACE, ''), 'latin1');
}
