/** Shapefiles and their tables: no magic of their own, but lengths that agree with each other. */
import type { Kind } from './kinds.ts';

const SHAPE_CODE = 9994;
const SHAPE_VERSION = 1000;
const SHAPE_HEADER = 100;

/** The first record of the shapes has the number 1; the first one of the index begins at the 50th word (Esri, 1998). */
const FIRST_NUMBER = 1;
const FIRST_WORD = 50;

export function geodataKind(head: Buffer, size: number): Kind | undefined {
  return shapeKind(head) ?? (isTable(head, size) ? 'dbf' : undefined);
}

function shapeKind(head: Buffer): Kind | undefined {
  if (head.length < SHAPE_HEADER || head.readInt32BE(0) !== SHAPE_CODE) return undefined;
  if (head.readInt32LE(28) !== SHAPE_VERSION) return undefined;
  if (head.length < SHAPE_HEADER + 4) return 'shape-empty';
  const first = head.readInt32BE(SHAPE_HEADER);
  if (first === FIRST_WORD) return 'shx';
  return first === FIRST_NUMBER ? 'shp' : undefined;
}

/** First octets of dBase III to V and FoxPro, with and without memo. */
const TABLE_VERSIONS: ReadonlySet<number> = new Set([
  0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x7b, 0x83, 0x8b, 0x8e, 0xcb, 0xe5, 0xf5, 0xfb,
]);
const MIN_TABLE_HEADER_OCTETS = 33;
const LAST_MONTH = 12;
const LAST_DAY = 31;

function isTable(head: Buffer, size: number): boolean {
  if (head.length < MIN_TABLE_HEADER_OCTETS || !TABLE_VERSIONS.has(head[0] ?? 0)) return false;
  const headerLength = head.readUInt16LE(8);
  const isDate = (head[2] ?? 0) <= LAST_MONTH && (head[3] ?? 0) <= LAST_DAY;
  return isDate && headerLength >= MIN_TABLE_HEADER_OCTETS && headerLength <= size && head.readUInt16LE(10) > 0;
}
