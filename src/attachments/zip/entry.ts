/** One line of a ZIP archive's directory (APPNOTE 4.3.12). */
import iconv from 'iconv-lite';
import { crc32 } from 'node:zlib';

/** What Windows still writes names of members in where they are not marked as UTF-8. */
const CZECH_DOS = 'cp852';

/** One file as the directory of an archive describes it. */
export interface ZipEntry {
  /** Path with forward slashes. */
  readonly name: string;
  readonly rawName: Buffer;
  /** The archive gives the name twice, and the two end differently. */
  readonly hasTwoNames: boolean;
  readonly isDirectory: boolean;
  readonly isSymbolicLink: boolean;
  readonly isEncrypted: boolean;
  /** Size and checksum stand after the data, because the writer could not go back. */
  readonly hasDescriptor: boolean;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly disk: number;
  /** Where the local header begins. */
  readonly offset: number;
}

export const STORED = 0;
export const DEFLATED = 8;
/** Not a compression: the mark of AES encryption (APPNOTE appendix E). */
const AES = 99;

const SIGNATURE = 0x02014b50;
const HEADER_SIZE = 46;

/** Bits of the general purpose flag (APPNOTE 4.4.4). */
const ENCRYPTED = 1 << 0;
const DESCRIPTOR = 1 << 3;
const STRONGLY_ENCRYPTED = 1 << 6;
const MASKED_HEADER = 1 << 13;

const ELSEWHERE_16 = 0xffff;
const ELSEWHERE_32 = 0xffff_ffff;
const ZIP64_EXTRA = 0x0001;
const UNICODE_PATH_EXTRA = 0x7075;

const UNIX = 3;
const FILE_TYPE_MASK = 0o170000;
const SYMBOLIC_LINK = 0o120000;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The entry that begins here and where the next one does; undefined when there is no whole entry. */
export function readEntry(directory: Buffer, at: number): { entry: ZipEntry; next: number } | undefined {
  if (at + HEADER_SIZE > directory.length || directory.readUInt32LE(at) !== SIGNATURE) return undefined;
  const nameEnd = at + HEADER_SIZE + directory.readUInt16LE(at + 28);
  const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
  const next = extraEnd + directory.readUInt16LE(at + 32);
  if (next > directory.length) return undefined;
  const header = directory.subarray(at, at + HEADER_SIZE);
  const rawName = directory.subarray(at + HEADER_SIZE, nameEnd);
  const extras = readExtras(directory.subarray(nameEnd, extraEnd));
  const sizes = readSizes(header, extras.get(ZIP64_EXTRA));
  if (sizes === undefined) return undefined;
  return {
    entry: { ...readFlags(header), ...readName(rawName, extras), ...sizes, ...readKind(header, rawName) },
    next,
  };
}

function readFlags(header: Buffer): Pick<ZipEntry, 'isEncrypted' | 'hasDescriptor' | 'method' | 'crc'> {
  const flags = header.readUInt16LE(8);
  const method = header.readUInt16LE(10);
  return {
    isEncrypted: (flags & (ENCRYPTED | STRONGLY_ENCRYPTED | MASKED_HEADER)) !== 0 || method === AES,
    hasDescriptor: (flags & DESCRIPTOR) !== 0,
    method,
    crc: header.readUInt32LE(16),
  };
}

function readKind(header: Buffer, rawName: Buffer): Pick<ZipEntry, 'isDirectory' | 'isSymbolicLink'> {
  const madeBy = header.readUInt8(5);
  const mode = header.readUInt16LE(40);
  return {
    isDirectory: rawName.at(-1) === SLASH,
    isSymbolicLink: madeBy === UNIX && (mode & FILE_TYPE_MASK) === SYMBOLIC_LINK,
  };
}

const SLASH = '/'.charCodeAt(0);

/** The ZIP64 field holds only the values that did not fit, in this order (APPNOTE 4.5.3). */
function readSizes(
  header: Buffer,
  zip64: Buffer | undefined,
): Pick<ZipEntry, 'packedSize' | 'size' | 'disk' | 'offset'> | undefined {
  let used = 0;
  let short = false;
  const large = (value: number, elsewhere: number, octets: 4 | 8): number => {
    if (value !== elsewhere) return value;
    // A file of just this size needs no other field.
    if (zip64 === undefined) return value;
    if (used + octets > zip64.length) {
      short = true;
      return value;
    }
    const read = octets === 8 ? Number(zip64.readBigUInt64LE(used)) : zip64.readUInt32LE(used);
    used += octets;
    return read;
  };
  const size = large(header.readUInt32LE(24), ELSEWHERE_32, 8);
  const packedSize = large(header.readUInt32LE(20), ELSEWHERE_32, 8);
  const offset = large(header.readUInt32LE(42), ELSEWHERE_32, 8);
  const disk = large(header.readUInt16LE(34), ELSEWHERE_16, 4);
  return short ? undefined : { packedSize, size, disk, offset };
}

/** Extra fields by their identifier; a broken rest is left alone, as archivers do. */
function readExtras(extra: Buffer): ReadonlyMap<number, Buffer> {
  const fields = new Map<number, Buffer>();
  for (let at = 0; at + 4 <= extra.length;) {
    const start = at + 4;
    const end = start + extra.readUInt16LE(at + 2);
    if (end > extra.length) break;
    fields.set(extra.readUInt16LE(at), extra.subarray(start, end));
    at = end;
  }
  return fields;
}

/** Archivers of old code pages add the name in UTF-8, valid as long as its checksum is that of the plain name (APPNOTE 4.6.9). */
function readName(
  rawName: Buffer,
  extras: ReadonlyMap<number, Buffer>,
): Pick<ZipEntry, 'name' | 'rawName' | 'hasTwoNames'> {
  const plain = decode(rawName);
  const field = extras.get(UNICODE_PATH_EXTRA);
  const isValid = field !== undefined && field.length > 5 && field.readUInt32LE(1) === crc32(rawName);
  const name = isValid ? decode(field.subarray(5)) : plain;
  return { name: name.replaceAll('\\', '/'), rawName, hasTwoNames: ending(name) !== ending(plain) };
}

/** Most archives of today are UTF-8 whether they say so or not; of the others the most likely code page is taken. */
function decode(octets: Buffer): string {
  try {
    return utf8.decode(octets);
  } catch {
    return iconv.decode(octets, CZECH_DOS);
  }
}

/** What stands after the last dot; all that decides whether the file may travel. */
function ending(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}
