/**
 * The directory of a ZIP archive, read without unpacking anything.
 *
 * An own reader, because a library shows the entries and hides what we have to judge: a second directory, data before,
 * between and after the entries, headers that contradict the directory. Nothing here trusts a number of the archive for
 * more than a look inside the file: every length is bounded, every loop moves forward.
 */
import { Slices } from '../../core/index.ts';
import type { Content } from '../types.ts';
import { findEndRecord } from './end-record.ts';
import { readEntry, type ZipEntry } from './entry.ts';
import type { ZipFault } from './faults.ts';

/** The central directory of an archive, with what is wrong about it. */
export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  /** As announced, when the entries were too many to be read. */
  readonly entryCount: number;
  /** Where the directory begins and the entries must have ended. */
  readonly start: number;
  readonly faults: readonly ZipFault[];
}

/** Room for eighty thousand entries with ordinary names; ISDS allows a thousand, and a document has a few hundred. */
const MAX_DIRECTORY_OCTETS = 8 * 1024 * 1024;

export async function readDirectory(content: Content): Promise<ZipDirectory> {
  const end = await findEndRecord(content);
  if (end === undefined) return { entries: [], entryCount: 0, start: 0, faults: [await withoutEnd(content)] };
  const { entryCount, directorySize, faults } = end;
  const start = end.directoryEnd - directorySize;
  if (start < 0 || faults.includes('split'))
    return { entries: [], entryCount, start: 0, faults: [...faults, ...BROKEN] };
  const known = { entryCount, start, faults: [...faults, ...placed(end.directoryStart, start)] };
  if (directorySize > MAX_DIRECTORY_OCTETS) return { ...known, entries: [] };
  const directory = await content.read(start, directorySize);
  const { entries, complete } = await readEntries(directory);
  const agrees = complete && entries.length === entryCount;
  const isSplit = entries.some(({ disk }) => disk !== 0);
  return {
    ...known,
    entries,
    entryCount: entries.length,
    faults: [...known.faults, ...(agrees ? [] : BROKEN), ...(isSplit ? (['split'] as const) : [])],
  };
}

const BROKEN: readonly ZipFault[] = ['directory-contradictory'];

const SPLIT_SIGNATURE = 0x08074b50;

/** The first part of a split archive begins with a mark of its own and has no end (APPNOTE 8.5.3). */
async function withoutEnd(content: Content): Promise<ZipFault> {
  const head = await content.read(0, 4);
  return head.length === 4 && head.readUInt32LE(0) === SPLIT_SIGNATURE ? 'split' : 'truncated';
}

/** The directory is announced by its beginning and found by its end; something lies between or before when the two differ. */
function placed(announced: number, found: number): ZipFault[] {
  if (announced === found) return [];
  return [announced < found ? 'leading-data' : 'directory-contradictory'];
}

/** A directory may hold two hundred thousand entries, which others on this gateway must not have to wait for. */
async function readEntries(directory: Buffer): Promise<{ entries: ZipEntry[]; complete: boolean }> {
  const entries: ZipEntry[] = [];
  const slices = new Slices();
  for (let at = 0; at < directory.length;) {
    await slices.next();
    const read = readEntry(directory, at);
    if (read === undefined) return { entries, complete: false };
    entries.push(read.entry);
    at = read.next;
  }
  return { entries, complete: true };
}
