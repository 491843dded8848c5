/** What is inside an S/MIME signature that has the mail inside it (RFC 5652 §5, RFC 8551 §3.5.2), read where it lies. */
import { problems, unreadable } from '../problems.ts';
import { blocks, type Content, OctetReader, type ReadBudget } from './octets.ts';

/** Tags of BER (X.690 §8.1.2). */
const INTEGER = 0x02;
const OCTET_STRING = 0x04;
const OBJECT_ID = 0x06;
const SEQUENCE = 0x30;
const SET = 0x31;
const EXPLICIT_0 = 0xa0;
const CONSTRUCTED = 0x20;

const INDEFINITE = 0x80;

/** Streamed strings are made of strings, and algorithms of elements; honest ones are two levels deep. */
const MAX_DEPTH = 4;

/** Octets that go on together, and pieces that may be kept for it. */
const GATHERED_OCTETS = 64 * 1024;
const GATHERED_PIECES = 4 * 1024;

/** Content types of CMS (RFC 5652 §14, RFC 5083, RFC 3274) in DER. */
const KINDS: Readonly<Record<string, CmsKind>> = {
  '2a864886f70d010702': 'signed',
  '2a864886f70d010703': 'encrypted',
  '2a864886f70d010706': 'encrypted',
  '2a864886f70d0109100117': 'encrypted',
  '2a864886f70d0109100109': 'compressed',
};

export type CmsKind = 'signed' | 'encrypted' | 'compressed';

interface Element {
  readonly tag: number;
  /** Undefined for one whose end is marked instead (X.690 §8.1.3.6). */
  readonly length: number | undefined;
}

/** A CMS structure around a mail (S/MIME). */
export interface Cms {
  readonly kind: CmsKind;
  /** The mail inside; to be read when `kind` is `signed`. The signature itself is not verified: it does not travel. */
  content(): AsyncGenerator<Buffer>;
}

/** Refuses what is no CMS. */
export async function readCms(file: Content, budget: ReadBudget): Promise<Cms> {
  const reader = new OctetReader(file, budget);
  await enter(reader, SEQUENCE);
  const { length = 0 } = await enter(reader, OBJECT_ID);
  const kind = KINDS[(await reader.octets(Math.min(length, 16))).toString('hex')];
  if (kind === undefined) throw unreadable(problems.insideSignature);
  return { kind, content: () => signedContent(reader) };
}

async function* signedContent(reader: OctetReader): AsyncGenerator<Buffer> {
  await enter(reader, EXPLICIT_0);
  await enter(reader, SEQUENCE);
  await skip(reader, await enter(reader, INTEGER));
  await skip(reader, await enter(reader, SET));
  await enter(reader, SEQUENCE);
  await skip(reader, await enter(reader, OBJECT_ID));
  await enter(reader, EXPLICIT_0);
  yield* gathered(octetString(reader, await nextElement(reader), 0));
}

/** Strings may have a single octet each, and a block costs its readers as much as a string. */
async function* gathered(pieces: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let length = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    length += piece.length;
    if (length < GATHERED_OCTETS && waiting.length < GATHERED_PIECES) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    length = 0;
  }
  yield Buffer.concat(waiting);
}

async function* octetString(reader: OctetReader, element: Element, depth: number): AsyncGenerator<Buffer> {
  if (element.tag === OCTET_STRING && element.length !== undefined) {
    if (element.length > GATHERED_OCTETS) yield* blocks(reader.take(element.length));
    else yield await reader.octets(element.length);
    return;
  }
  if (element.tag !== (OCTET_STRING | CONSTRUCTED) || depth > MAX_DEPTH) throw unreadable(problems.insideSignature);
  for await (const piece of children(reader, element)) yield* octetString(reader, piece, depth + 1);
}

/** The elements inside; whoever takes one has to read or skip it before the next. */
async function* children(reader: OctetReader, { length }: Element): AsyncGenerator<Element> {
  const end = reader.position + (length ?? Infinity);
  while (reader.position < end) {
    const child = await nextElement(reader);
    if (length === undefined && child.tag === 0 && child.length === 0) return;
    yield child;
  }
}

async function enter(reader: OctetReader, tag: number): Promise<Element> {
  const element = await nextElement(reader);
  if (element.tag !== tag) throw unreadable(problems.insideSignature);
  return element;
}

async function nextElement(reader: OctetReader): Promise<Element> {
  const tag = await reader.uint8();
  const first = await reader.uint8();
  if (first < INDEFINITE) return { tag, length: first };
  if (first === INDEFINITE) return { tag, length: undefined };
  // Six octets count more than any file has, and still fit into a number.
  const octets = await reader.octets(Math.min(first - INDEFINITE, 6));
  return { tag, length: octets.readUIntBE(0, octets.length) };
}

/** Digest algorithms may have marked ends, and so have to be entered. */
async function skip(reader: OctetReader, element: Element, depth = 0): Promise<void> {
  if (depth > MAX_DEPTH) throw unreadable(problems.insideSignature);
  if (element.length !== undefined) reader.skip(element.length);
  else for await (const child of children(reader, element)) await skip(reader, child, depth + 1);
}
