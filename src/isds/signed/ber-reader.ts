/** Reads ASN.1 in BER as it arrives, in definite and indefinite lengths (X.690 §8.1); a walk waits by yielding wherever octets are missing. */
import { BrokenOriginal } from './broken-original.ts';

/** Each yield asks for more octets. */
export type Walk<Result> = Generator<undefined, Result>;

/** Where an element of BER lies (X.690 §8.1). */
export interface Element {
  /** The identifier octet: class, form and number in one. */
  readonly tag: number;
  /** Position behind the content; undefined when an end mark says where it is. */
  readonly end: number | undefined;
  /** Position that nothing inside may go beyond. */
  readonly limit: number;
  /** Identifier and length as they stand. */
  readonly header: Buffer;
}

/** The most that is kept whole: a chain of certificates, the signature and its time stamp take some 20 kB. */
export const MAX_KEPT_OCTETS = 1024 * 1024;

/** Nesting of kept elements with indefinite length; what is kept is DER as a rule and has none. */
const MAX_DEPTH = 16;

/** Four octets of length are 4 GB, more than any answer. */
const MAX_LENGTH_OCTETS = 4;

/** Octets of a length of up to 64 kB, and one that says that it is something else. */
const TWO_DIGITS = 0x82;
const LONGER_THAN_USUAL = 0xff;

const CONSTRUCTED = 0x20;
const END_MARK = 0x00;
const OBJECT_IDENTIFIER = 0x06;
const NOTHING = Buffer.alloc(0);

export class BerReader {
  #here: Buffer = NOTHING;
  /** How much of it has been taken. */
  #taken = 0;
  #position = 0;
  #kept = 0;

  /** Octets that the walk has waited for: it has taken all before. */
  add(octets: Buffer): void {
    this.#here = octets;
    this.#taken = 0;
  }

  /** Octets that nobody has asked for. */
  get surplus(): number {
    return this.#here.length - this.#taken;
  }

  /** The outermost element. */
  first(): Walk<Element> {
    return this.#header(Number.POSITIVE_INFINITY);
  }

  /** The next element inside, or undefined at the end, whose mark is then taken. */
  *next(parent: Element): Walk<Element | undefined> {
    if (this.#position === parent.end) return undefined;
    const element = yield* this.#header(parent.limit);
    if (element.tag !== END_MARK) return element;
    if (parent.end !== undefined || element.end !== this.#position) throw new BrokenOriginal('end mark out of place');
    return undefined;
  }

  /** The next element inside, which has to have this tag. */
  *expect(parent: Element, tag: number): Walk<Element> {
    const element = yield* this.next(parent);
    if (element?.tag !== tag) throw new BrokenOriginal('element out of place');
    return element;
  }

  /** Refuses anything more inside. */
  *leave(parent: Element): Walk<void> {
    if ((yield* this.next(parent)) !== undefined) throw new BrokenOriginal('element out of place');
  }

  /** The content of a primitive element, in pieces as they come. */
  *pieces(element: Element, take: (piece: Buffer) => void): Walk<void> {
    const end = primitiveEnd(element);
    while (this.#position < end) take(yield* this.#some(end - this.#position));
  }

  /**
   * The elements inside as long as each is primitive, has this tag, a usual length and lies here as a whole. Only faster than
   * asking for one after the other, which takes a tenth of a second more for the 27,000 of a large message.
   */
  plainElements(parent: Element, tag: number, take: (octets: Buffer, start: number, end: number) => void): void {
    const here = this.#here;
    while (here[this.#taken] === tag) {
      const first = here[this.#taken + 1] ?? LONGER_THAN_USUAL;
      const isShort = first < 0x80;
      const start = this.#taken + (isShort ? 2 : 4);
      if ((!isShort && first !== TWO_DIGITS) || start > here.length) return;
      const end = start + (isShort ? first : here.readUInt16BE(start - 2));
      const position = this.#position + end - this.#taken;
      if (end > here.length || position > parent.limit) return;
      take(here, start, end);
      this.#taken = end;
      this.#position = position;
    }
  }

  /** A whole element with everything inside, as it stands. */
  *whole(element: Element, depth = 0): Walk<Buffer> {
    if (depth > MAX_DEPTH) throw new BrokenOriginal('nested too deeply');
    const parts = [this.#keep(element.header)];
    if (element.end !== undefined) {
      parts.push(this.#keep(yield* this.#octets(element.end - this.#position)));
      return Buffer.concat(parts);
    }
    for (let inner = yield* this.next(element); inner !== undefined; inner = yield* this.next(element))
      parts.push(yield* this.whole(inner, depth + 1));
    return Buffer.concat([...parts, this.#keep(Buffer.from([END_MARK, 0]))]);
  }

  /** An object identifier in dotted form. */
  *identifier(parent: Element): Walk<string> {
    const element = yield* this.expect(parent, OBJECT_IDENTIFIER);
    return dotted(yield* this.#octets(primitiveEnd(element) - this.#position));
  }

  *#header(limit: number): Walk<Element> {
    const identifier = yield* this.#octets(2);
    const [tag = 0, first = 0] = identifier;
    if ((tag & 0x1f) === 0x1f) throw new BrokenOriginal('unknown tag');
    if (first === 0x80) {
      if ((tag & CONSTRUCTED) === 0) throw new BrokenOriginal('length');
      return { tag, end: undefined, limit, header: identifier };
    }
    const digits = first < 0x80 ? 0 : first & 0x7f;
    if (digits > MAX_LENGTH_OCTETS) throw new BrokenOriginal('length');
    const octets = yield* this.#octets(digits);
    const end = this.#position + (digits === 0 ? first : octets.readUIntBE(0, digits));
    if (end > limit) throw new BrokenOriginal('longer than what it stands in');
    return { tag, end, limit: end, header: digits === 0 ? identifier : Buffer.concat([identifier, octets]) };
  }

  *#octets(count: number): Walk<Buffer> {
    if (count <= this.surplus) return this.#take(count);
    if (count > MAX_KEPT_OCTETS) throw new BrokenOriginal('too much around the content');
    const pieces: Buffer[] = [];
    for (let missing = count; missing > 0; missing -= pieces.at(-1)?.length ?? 0)
      pieces.push(yield* this.#some(missing));
    return Buffer.concat(pieces);
  }

  /** At least one octet. */
  *#some(most: number): Walk<Buffer> {
    while (this.surplus === 0) yield;
    return this.#take(Math.min(most, this.surplus));
  }

  #take(count: number): Buffer {
    const octets = this.#here.subarray(this.#taken, this.#taken + count);
    this.#taken += count;
    this.#position += count;
    return octets;
  }

  #keep(octets: Buffer): Buffer {
    this.#kept += octets.length;
    if (this.#kept > MAX_KEPT_OCTETS) throw new BrokenOriginal('too much around the content');
    return octets;
  }
}

function primitiveEnd({ tag, end }: Element): number {
  if (end === undefined || (tag & CONSTRUCTED) !== 0) throw new BrokenOriginal('element out of place');
  return end;
}

/** The first octet holds two numbers, the others seven bits each with a sign that more follow (X.690 §8.19). */
function dotted(octets: Buffer): string {
  const numbers: number[] = [];
  let number = 0;
  for (const octet of octets) {
    number = number * 0x80 + (octet & 0x7f);
    if ((octet & 0x80) !== 0) continue;
    if (numbers.length === 0) numbers.push(Math.min(Math.trunc(number / 40), 2));
    numbers.push(numbers.length === 1 ? number - (numbers[0] ?? 0) * 40 : number);
    number = 0;
  }
  return numbers.join('.');
}
