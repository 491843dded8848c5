/** Reads a CMS SignedData while it streams by: gives the content on, with its digests, and keeps the small rest (RFC 5652 §5.1). */
import { createHash, type Hash } from 'node:crypto';
import { BerReader, type Element, type Walk } from './ber-reader.ts';
import { BrokenOriginal } from './broken-original.ts';
import { digestName } from './digest-algorithm.ts';

/** What stands around the content. */
export interface SignedRest {
  /** What the content is said to be, as an object identifier. */
  readonly contentType: string;
  /** Digests of the content by the names node:crypto gives them. */
  readonly digests: ReadonlyMap<string, Buffer>;
  /** Each in DER; who they belong to and whether they are any good is not known yet. */
  readonly certificates: readonly Buffer[];
  readonly signers: readonly Buffer[];
}

const SIGNED_DATA = '1.2.840.113549.1.7.2';

const [INTEGER, OCTETS, SEGMENTED_OCTETS, SEQUENCE, SET] = [0x02, 0x04, 0x24, 0x30, 0x31];
/** [0] is explicit around what a ContentInfo holds, and implicit for the certificates; [1] are revocation lists. */
const [TAGGED_0, TAGGED_1] = [0xa0, 0xa1];

/** A seal has a signer and a chain of three or four certificates; each one is taken apart. */
const MAX_MEMBERS = 100;

/** Octet strings made of octet strings: real files have one level (isds §5.3). */
const MAX_SEGMENT_DEPTH = 4;

export class SignedDataReader {
  readonly #input = new BerReader();
  readonly #hashes = new Map<string, Hash>();
  readonly #walk = this.#readContentInfo();
  /** Content of the octets that are being read. */
  #content: Buffer = Buffer.alloc(0);
  #contentLength = 0;
  #rest: Omit<SignedRest, 'digests'> | undefined;

  /** The octets of the content that come with these. */
  push(octets: Buffer): Buffer {
    this.#input.add(octets);
    this.#content = Buffer.allocUnsafe(octets.length);
    this.#contentLength = 0;
    if (this.#rest === undefined) this.#goOn();
    if (this.#rest !== undefined && this.#input.surplus > 0) throw new BrokenOriginal('more than one structure');
    const content = this.#content.subarray(0, this.#contentLength);
    for (const hash of this.#hashes.values()) hash.update(content);
    return content;
  }

  end(): SignedRest {
    if (this.#rest === undefined) throw new BrokenOriginal('the structure ends too early');
    return { ...this.#rest, digests: new Map(Array.from(this.#hashes, ([name, hash]) => [name, hash.digest()])) };
  }

  #goOn(): void {
    const step = this.#walk.next();
    if (step.done === true) this.#rest = step.value;
  }

  *#readContentInfo(): Walk<Omit<SignedRest, 'digests'>> {
    const input = this.#input;
    const contentInfo = yield* input.first();
    if (contentInfo.tag !== SEQUENCE) throw new BrokenOriginal('not CMS');
    if ((yield* input.identifier(contentInfo)) !== SIGNED_DATA) throw new BrokenOriginal('not signed data');
    const explicit = yield* input.expect(contentInfo, TAGGED_0);
    const rest = yield* this.#readSignedData(yield* input.expect(explicit, SEQUENCE));
    yield* input.leave(explicit);
    yield* input.leave(contentInfo);
    return rest;
  }

  *#readSignedData(signedData: Element): Walk<Omit<SignedRest, 'digests'>> {
    const input = this.#input;
    yield* input.whole(yield* input.expect(signedData, INTEGER));
    yield* this.#readDigestAlgorithms(yield* input.expect(signedData, SET));
    const contentType = yield* this.#readContent(yield* input.expect(signedData, SEQUENCE));
    let element = yield* input.next(signedData);
    let certificates: readonly Buffer[] = [];
    if (element?.tag === TAGGED_0) {
      certificates = yield* this.#readMembers(element);
      element = yield* input.next(signedData);
    }
    if (element?.tag === TAGGED_1) {
      yield* input.whole(element);
      element = yield* input.next(signedData);
    }
    if (element?.tag !== SET) throw new BrokenOriginal('no signers');
    const signers = yield* this.#readMembers(element);
    yield* input.leave(signedData);
    return { contentType, certificates, signers };
  }

  /** They stand before the content so that it can be read once; each is told apart by its identifier. */
  *#readDigestAlgorithms(set: Element): Walk<void> {
    const input = this.#input;
    for (let member = yield* input.next(set); member !== undefined; member = yield* input.next(set)) {
      if (member.tag !== SEQUENCE) throw new BrokenOriginal('digest algorithms');
      const name = digestName(yield* input.identifier(member));
      if (name !== undefined && !this.#hashes.has(name)) this.#hashes.set(name, createHash(name));
      const parameters = yield* input.next(member);
      if (parameters === undefined) continue;
      yield* input.whole(parameters);
      yield* input.leave(member);
    }
  }

  *#readContent(encapsulated: Element): Walk<string> {
    const input = this.#input;
    const contentType = yield* input.identifier(encapsulated);
    const explicit = yield* input.expect(encapsulated, TAGGED_0);
    yield* this.#readOctets(yield* input.next(explicit), 0);
    yield* input.leave(explicit);
    yield* input.leave(encapsulated);
    return contentType;
  }

  /** An octet string in one piece, or made of others (X.690 §8.7). */
  *#readOctets(element: Element | undefined, depth: number): Walk<void> {
    if (element?.tag === OCTETS)
      return yield* this.#input.pieces(element, (piece) => this.#take(piece, 0, piece.length));
    if (element?.tag !== SEGMENTED_OCTETS || depth > MAX_SEGMENT_DEPTH)
      throw new BrokenOriginal('content out of place');
    const take = (from: Buffer, start: number, end: number): void => this.#take(from, start, end);
    this.#input.plainElements(element, OCTETS, take);
    for (let inner = yield* this.#input.next(element); inner !== undefined; inner = yield* this.#input.next(element)) {
      yield* this.#readOctets(inner, depth + 1);
      this.#input.plainElements(element, OCTETS, take);
    }
  }

  #take(from: Buffer, start: number, end: number): void {
    this.#contentLength += from.copy(this.#content, this.#contentLength, start, end);
  }

  *#readMembers(set: Element): Walk<readonly Buffer[]> {
    const members: Buffer[] = [];
    for (let member = yield* this.#input.next(set); member !== undefined; member = yield* this.#input.next(set)) {
      if (members.length === MAX_MEMBERS) throw new BrokenOriginal('too many certificates or signers');
      members.push(yield* this.#input.whole(member));
    }
    return members;
  }
}
