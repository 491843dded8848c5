/** Quoted-printable of a mail as it streams by (RFC 2045 §6.7); an equals sign that begins nothing stands for itself. */

const [TAB, LF, CR, BLANK, EQUALS] = [0x09, 0x0a, 0x0d, 0x20, 0x3d];

/** Blanks at the end of a line were added on the way. More of them than a line may have (RFC 5322 §2.1.1) are content. */
const MAX_UNDECIDED_OCTETS = 998;

/** The value of each octet as a hexadecimal digit; programs write small letters, too. */
const digits = new Int8Array(256).fill(-1);
for (const [value, digit] of Buffer.from('0123456789ABCDEF').entries()) digits[digit] = value;
for (const [value, digit] of Buffer.from('abcdef').entries()) digits[digit] = 10 + value;

export class QuotedPrintableDecoder {
  /** Blanks, or what an equals sign has begun: what they mean depends on what follows. */
  readonly #undecided = Buffer.alloc(MAX_UNDECIDED_OCTETS);
  #count = 0;
  #decoded: Buffer = Buffer.alloc(0);
  #length = 0;

  *push(octets: Buffer): Generator<Buffer> {
    this.#decoded = Buffer.allocUnsafe(this.#count + octets.length);
    this.#length = 0;
    for (const octet of octets) {
      if (this.#count > 0 && this.#continues(octet)) continue;
      if (octet === EQUALS || isBlank(octet)) this.#undecided[this.#count++] = octet;
      else this.#decoded[this.#length++] = octet;
    }
    yield this.#decoded.subarray(0, this.#length);
  }

  /** The end of the content ends its last line. */
  *end(): Generator<Buffer> {
    const begun = this.#undecided.subarray(0, this.#count);
    if (begun[0] === EQUALS && begun.length > 1 && !isBlank(begun.at(-1)!)) yield begun;
  }

  /** Whether the octet belongs to what is undecided; otherwise that is decided, and the octet stands for itself. */
  #continues(octet: number): boolean {
    const isDone = this.#undecided[0] === EQUALS ? this.#continuesEscape(octet) : this.#continuesBlanks(octet);
    if (isDone) return true;
    this.#length += this.#undecided.copy(this.#decoded, this.#length, 0, this.#count);
    this.#count = 0;
    return false;
  }

  #continuesBlanks(octet: number): boolean {
    if (octet === CR || octet === LF) this.#count = 0;
    return isBlank(octet) && this.#keep(octet);
  }

  #continuesEscape(octet: number): boolean {
    const last = this.#undecided[this.#count - 1]!;
    if (this.#count === 2 && digits[last]! >= 0) {
      if (digits[octet]! < 0) return false;
      this.#count = 0;
      this.#decoded[this.#length++] = digits[last]! * 16 + digits[octet]!;
      return true;
    }
    // A soft line break.
    if (octet === LF) this.#count = 0;
    if (octet === LF) return true;
    if (last === CR) return false;
    if (octet === CR || isBlank(octet)) return this.#keep(octet);
    return last === EQUALS && digits[octet]! >= 0 && this.#keep(octet);
  }

  #keep(octet: number): boolean {
    if (this.#count === MAX_UNDECIDED_OCTETS) return false;
    this.#undecided[this.#count++] = octet;
    return true;
  }
}

function isBlank(octet: number): boolean {
  return octet === BLANK || octet === TAB;
}
