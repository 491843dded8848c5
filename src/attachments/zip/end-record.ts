/** The end of a ZIP archive, where its directory is announced (APPNOTE 4.3.14 to 4.3.16). */
import type { Content } from '../types.ts';
import type { ZipFault } from './faults.ts';

/** What the end of an archive says of its directory. */
export interface EndRecord {
  readonly entryCount: number;
  readonly directoryStart: number;
  readonly directorySize: number;
  /** Where the directory has to end: here the first end record begins. */
  readonly directoryEnd: number;
  readonly faults: readonly ZipFault[];
}

const SIGNATURE = Buffer.from('PK\x05\x06', 'latin1');
const SIZE = 22;
const MAX_COMMENT_OCTETS = 0xffff;
const COMMENT_LENGTH_AT = 20;

const LOCATOR_SIGNATURE = 0x07064b50;
const LOCATOR_SIZE = 20;
const RECORD64_SIGNATURE = 0x06064b50;
const RECORD64_SIZE = 56;

/** Values that say "look into the ZIP64 record". */
const ELSEWHERE_16 = 0xffff;
const ELSEWHERE_32 = 0xffff_ffff;

/** Undefined when the file has no end record: not a ZIP archive, or not all of it. */
export async function findEndRecord(content: Content): Promise<EndRecord | undefined> {
  const tailStart = Math.max(0, content.size - SIZE - MAX_COMMENT_OCTETS);
  const tail = await content.read(tailStart, SIZE + MAX_COMMENT_OCTETS);
  const found = chooseRecord(tail);
  if (found === undefined) return undefined;
  const record = tail.subarray(found.at, found.at + SIZE);
  const plain = readRecord(record, tailStart + found.at);
  const large = await readRecord64(content, tailStart + found.at);
  return combine(plain, large, found.faults);
}

/**
 * The record whose comment ends with the file. A second signature inside the comment is the old trick of showing one program
 * this directory and another program that one, because some search from the end and some believe the length.
 */
function chooseRecord(tail: Buffer): { at: number; faults: ZipFault[] } | undefined {
  const places = signaturesIn(tail);
  const last = places.at(-1);
  if (last === undefined) return undefined;
  const fitting = places.find((at) => at + SIZE + tail.readUInt16LE(at + COMMENT_LENGTH_AT) === tail.length);
  if (fitting === undefined) {
    const end = last + SIZE + tail.readUInt16LE(last + COMMENT_LENGTH_AT);
    return { at: last, faults: [end > tail.length ? 'truncated' : 'trailing-data'] };
  }
  return { at: fitting, faults: fitting === last ? [] : ['two-directories'] };
}

function signaturesIn(tail: Buffer): number[] {
  const places: number[] = [];
  for (let at = tail.indexOf(SIGNATURE); at !== -1 && at + SIZE <= tail.length; at = tail.indexOf(SIGNATURE, at + 1)) {
    places.push(at);
  }
  return places;
}

interface Announced {
  readonly disks: readonly number[];
  readonly entriesHere: number;
  readonly entryCount: number;
  readonly directorySize: number;
  readonly directoryStart: number;
  /** Where the record itself begins. */
  readonly at: number;
}

function readRecord(record: Buffer, at: number): Announced {
  return {
    disks: [record.readUInt16LE(4), record.readUInt16LE(6)],
    entriesHere: record.readUInt16LE(8),
    entryCount: record.readUInt16LE(10),
    directorySize: record.readUInt32LE(12),
    directoryStart: record.readUInt32LE(16),
    at,
  };
}

async function readRecord64(content: Content, endRecordAt: number): Promise<Announced | 'broken' | undefined> {
  if (endRecordAt < LOCATOR_SIZE) return undefined;
  const locator = await content.read(endRecordAt - LOCATOR_SIZE, LOCATOR_SIZE);
  if (locator.readUInt32LE(0) !== LOCATOR_SIGNATURE) return undefined;
  const at = Number(locator.readBigUInt64LE(8));
  if (at > endRecordAt - LOCATOR_SIZE - RECORD64_SIZE) return 'broken';
  const record = await content.read(at, RECORD64_SIZE);
  if (record.readUInt32LE(0) !== RECORD64_SIGNATURE) return 'broken';
  // A record of version 2 is longer; its size field does not count itself and the signature.
  if (at + 12 + Number(record.readBigUInt64LE(4)) !== endRecordAt - LOCATOR_SIZE) return 'broken';
  return {
    disks: [locator.readUInt32LE(4), record.readUInt32LE(16), record.readUInt32LE(20)],
    entriesHere: Number(record.readBigUInt64LE(24)),
    entryCount: Number(record.readBigUInt64LE(32)),
    directorySize: Number(record.readBigUInt64LE(40)),
    directoryStart: Number(record.readBigUInt64LE(48)),
    at,
  };
}

/** The ZIP64 record decides; what the old record says beside it must be the same or "look there". */
function combine(plain: Announced, large: Announced | 'broken' | undefined, found: readonly ZipFault[]): EndRecord {
  const faults = [...found];
  const chosen = large === undefined || large === 'broken' ? plain : large;
  if (large === 'broken' || !agree(plain, chosen)) faults.push('directory-contradictory');
  const disks = plain.disks.filter((disk) => chosen === plain || disk !== ELSEWHERE_16);
  if ([...disks, ...chosen.disks].some((disk) => disk !== 0) || chosen.entriesHere !== chosen.entryCount) {
    faults.push('split');
  }
  const { entryCount, directoryStart, directorySize } = chosen;
  return { entryCount, directoryStart, directorySize, directoryEnd: chosen.at, faults };
}

function agree(plain: Announced, large: Announced): boolean {
  return (
    [large.entryCount, ELSEWHERE_16].includes(plain.entryCount) &&
    [large.directorySize, ELSEWHERE_32].includes(plain.directorySize) &&
    [large.directoryStart, ELSEWHERE_32].includes(plain.directoryStart)
  );
}
