/** What stands in a ZIP archive at the file itself: its local header (APPNOTE 4.3.7) and the beginning of its data. */
import { constants, inflateRawSync } from 'node:zlib';
import type { Content } from '../types.ts';
import { DEFLATED, STORED, type ZipEntry } from './entry.ts';
import type { ZipFault } from './faults.ts';

/** What stands in the archive where an entry begins. */
export interface LocalFile {
  /** Octets from the local header to the end of the data. */
  readonly end: number;
  /** A stored file whose length only the directory tells: a reader of the stream cannot find its end. */
  readonly lacksSize: boolean;
  /** The first octets of the file, unpacked; none when they are damaged or cannot be unpacked here. */
  readonly beginning: Buffer;
  readonly faults: readonly ZipFault[];
}

const SIGNATURE = 0x04034b50;
const HEADER_SIZE = 30;

/** Packed octets looked at: the tables of Deflate fit in, every magic number, and the first kilobyte in which a PDF may begin. */
const SAMPLE_OCTETS = 2048;

/** Unpacked octets wanted of them at most. Deflate could make two megabytes of the sample, and a mail has room for ten thousand of those. */
const MAX_BEGINNING_OCTETS = 8192;
const ELSEWHERE_32 = 0xffff_ffff;

const NOTHING = Buffer.alloc(0);

/** Undefined when no local header stands where the directory says. */
export async function readLocalFile(content: Content, entry: ZipEntry): Promise<LocalFile | undefined> {
  const nameEnd = HEADER_SIZE + entry.rawName.length;
  if (entry.offset > content.size) return undefined;
  const block = await content.read(entry.offset, nameEnd + SAMPLE_OCTETS);
  if (block.length < nameEnd || block.readUInt32LE(0) !== SIGNATURE) return undefined;
  const dataStart = entry.offset + HEADER_SIZE + block.readUInt16LE(26) + block.readUInt16LE(28);
  const end = dataStart + entry.packedSize;
  if (end > content.size) return undefined;
  const data = await content.read(dataStart, Math.min(SAMPLE_OCTETS, entry.packedSize));
  const unpacked = unpack(data, entry);
  const faults: ZipFault[] = agrees(block, entry) ? [] : ['headers-contradictory'];
  if (unpacked === undefined) faults.push('data-damaged');
  else if (unpacked.leastSize > entry.size || hasForgedSize(entry)) faults.push('sizes-forged');
  const lacksSize = entry.method === STORED && entry.hasDescriptor && entry.size > 0 && block.readUInt32LE(18) === 0;
  return { end, lacksSize, beginning: unpacked?.octets.subarray(0, entry.size) ?? NOTHING, faults };
}

/** Sizes and checksum may be missing where a descriptor follows the data, and be in the ZIP64 field where they are large. */
function agrees(block: Buffer, entry: ZipEntry): boolean {
  const told = (at: number, expected: number): boolean => {
    const value = block.readUInt32LE(at);
    return value === expected || value === ELSEWHERE_32 || (entry.hasDescriptor && value === 0);
  };
  return (
    ((block.readUInt16LE(6) & 1) === 1) === entry.isEncrypted &&
    block.readUInt16LE(8) === entry.method &&
    told(14, entry.crc) &&
    told(18, entry.packedSize) &&
    told(22, entry.size) &&
    block.subarray(HEADER_SIZE, HEADER_SIZE + block.readUInt16LE(26)).equals(entry.rawName)
  );
}

/** Deflate packs at most 1032 octets into one; what it cannot pack grows by an eighth with its fixed code, and by a few octets a block. */
const BEST_RATIO = 1032;
const WORST_RATIO = 1.15;
const MIN_ROOM_OCTETS = 1024;

function hasForgedSize({ method, size, packedSize, isEncrypted }: ZipEntry): boolean {
  if (isEncrypted) return false;
  if (method === STORED) return size !== packedSize;
  return method === DEFLATED && (size > packedSize * BEST_RATIO || packedSize > size * WORST_RATIO + MIN_ROOM_OCTETS);
}

interface Beginning {
  readonly octets: Buffer;
  /** The file has at least so many. */
  readonly leastSize: number;
}

/** Undefined when the data is not what the method says. */
function unpack(data: Buffer, { method, isEncrypted }: ZipEntry): Beginning | undefined {
  if (method === STORED && !isEncrypted) return { octets: data, leastSize: data.length };
  if (method !== DEFLATED || isEncrypted) return { octets: NOTHING, leastSize: 0 };
  return inflate(data);
}

function inflate(data: Buffer): Beginning | undefined {
  try {
    // The sample ends in the middle; a flush instead of a finish takes what is there.
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MAX_BEGINNING_OCTETS };
    const octets = inflateRawSync(data, options);
    return { octets, leastSize: octets.length };
  } catch (error) {
    if (!(error instanceof RangeError)) return undefined;
    // Packed so well that half of the sample is enough, too.
    const half = inflate(data.subarray(0, data.length / 2));
    return half && { ...half, leastSize: MAX_BEGINNING_OCTETS + 1 };
  }
}
