/** MAPI properties inside a TNEF attribute one after the other (MS-OXTNEF §2.1.3.4). */
import { problems, unreadable } from '../../problems.ts';
import type { Content, OctetReader } from '../octets.ts';

export const PropertyType = {
  boolean: 0x000b,
  object: 0x000d,
  string8: 0x001e,
  unicode: 0x001f,
  time: 0x0040,
  binary: 0x0102,
} as const;

/** A message has about a hundred. */
const MAX_PROPERTIES = 10_000;

/** From here on identifiers mean something only together with a name, which follows them. */
const FIRST_NAMED = 0x8000;

const MULTIPLE = 0x1000;

/** Octets that a value of fixed size takes in the stream; two-octet ones are filled up to four. */
const FIXED_SIZES: ReadonlyMap<number, number> = new Map([
  [0x0002, 4],
  [0x0003, 4],
  [0x0004, 4],
  [0x0005, 8],
  [0x0006, 8],
  [0x0007, 8],
  [0x000a, 4],
  [0x000b, 4],
  [0x0014, 8],
  [0x0040, 8],
  [0x0048, 16],
]);

/** A MAPI property (MS-OXTNEF §2.1.3.4). */
export interface Property {
  readonly id: number;
  readonly type: number;
  /** The first value; further ones only occur in properties that nobody here asks for. */
  readonly value: Content;
}

/** One list of properties; the reader stands behind it afterwards. */
export async function* properties(reader: OctetReader): AsyncGenerator<Property> {
  const count = await reader.uint32();
  if (count > MAX_PROPERTIES) throw unreadable(problems.damaged);
  for (let index = 0; index < count; index++) {
    const type = await reader.uint16();
    const id = await reader.uint16();
    const isNamed = id >= FIRST_NAMED;
    if (isNamed) await skipName(reader);
    const value = await firstValue(reader, type);
    if (value !== undefined && !isNamed) yield { id, type, value };
  }
}

async function skipName(reader: OctetReader): Promise<void> {
  reader.skip(16);
  const kind = await reader.uint32();
  if (kind === 0) reader.skip(4);
  else skipPadded(reader, await reader.uint32());
}

async function firstValue(reader: OctetReader, type: number): Promise<Content | undefined> {
  const isMultiple = (type & MULTIPLE) !== 0;
  const size = FIXED_SIZES.get(type & ~MULTIPLE);
  const isVariable = size === undefined;
  if (isVariable && !isVariableType(type & ~MULTIPLE)) throw unreadable(problems.damaged);
  const count = isMultiple || isVariable ? await reader.uint32() : 1;
  let first: Content | undefined;
  for (let index = 0; index < count; index++) {
    const length = size ?? (await reader.uint32());
    const value = reader.take(length);
    reader.skip(padding(length));
    first ??= value;
  }
  return first;
}

function isVariableType(type: number): boolean {
  const { object, string8, unicode, binary } = PropertyType;
  return type === object || type === string8 || type === unicode || type === binary;
}

function skipPadded(reader: OctetReader, length: number): void {
  reader.skip(length);
  reader.skip(padding(length));
}

/** Values end at a multiple of four octets. */
function padding(length: number): number {
  return (4 - (length % 4)) % 4;
}
