/** Decodes base64 while it streams by, with white space anywhere and nothing else forgiven (RFC 4648 §3.3). */
import { BASE64_GROUP, decodeBase64, NotBase64 } from './alphabet.ts';

const PADDING = 0x3d;

const WHITE_SPACE = [0x0a, 0x0d, 0x20, 0x09];
const ALL_WHITE_SPACE = /[\t\n\r ]+/g;

/** `push` what arrives and use what it returns, then `end`; both throw NotBase64. */
export class StrictDecoder {
  /** Characters of a group that is not complete yet. */
  #begun: Buffer = Buffer.alloc(0);
  #padded = false;

  push(octets: Buffer): Buffer {
    const arrived = withoutWhiteSpace(octets);
    if (arrived.length > 0 && this.#padded) throw new NotBase64('not base64');
    // Octets are put together, not strings: those of the length of a chunk keep the garbage collector busy.
    const characters = this.#begun.length === 0 ? arrived : Buffer.concat([this.#begun, arrived]);
    const whole = characters.length - (characters.length % BASE64_GROUP);
    this.#begun = Buffer.from(characters.subarray(whole));
    return this.#decode(characters.subarray(0, whole));
  }

  #decode(groups: Buffer): Buffer {
    const padding = groups.at(-1) !== PADDING ? 0 : groups.at(-2) === PADDING ? 2 : 1;
    const octets = decodeBase64(groups, (groups.length / BASE64_GROUP) * 3 - padding);
    if (octets === undefined) throw new NotBase64('not base64');
    this.#padded ||= padding > 0;
    return octets;
  }

  /** Refuses a group that was never completed. */
  end(): void {
    if (this.#begun.length > 0) throw new NotBase64('base64 ends too early');
  }
}

function withoutWhiteSpace(octets: Buffer): Buffer {
  if (!WHITE_SPACE.some((space) => octets.includes(space))) return octets;
  return Buffer.from(octets.toString('latin1').replace(ALL_WHITE_SPACE, ''), 'latin1');
}
