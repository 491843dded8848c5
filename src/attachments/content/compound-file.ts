/** Compound files, the container of Office 97 to 2003: the names at the root tell which program wrote it ([MS-CFB]). */
import type { Content } from '../types.ts';
import type { Kind } from './kinds.ts';

const HEADER_SIZE = 512;
/** Sector numbers from here on mean "end" or "none" ([MS-CFB] §2.1). */
const FIRST_SPECIAL_SECTOR = 0xffff_fffa;
const NO_ENTRY = 0xffff_ffff;
const ENTRY_SIZE = 128;
/** Places of the allocation table that the header itself lists. */
const PLACES_IN_HEADER = 109;
/** Eight thousand streams; a document with more of them has its own where they can be found before. */
const MAX_DIRECTORY_OCTETS = 1024 * 1024;

/** What the root contains, the most telling first: an encrypted document has nothing else to show. */
const signs: readonly { readonly name: RegExp; readonly kind: Kind }[] = [
  { name: /^EncryptedPackage$/, kind: 'office-encrypted' },
  { name: /^WordDocument$/, kind: 'doc' },
  { name: /^(?:Workbook|Book)$/i, kind: 'xls' },
  { name: /^PowerPoint Document$/, kind: 'ppt' },
  { name: /^Dgn/, kind: 'dgn' },
  { name: /^__properties_version1\.0$/, kind: 'outlook-message' },
];

export async function compoundKind(content: Content): Promise<Kind> {
  const names = await rootNames(content);
  return signs.find(({ name }) => names.some((found) => name.test(found)))?.kind ?? 'compound-file';
}

async function rootNames(content: Content): Promise<readonly string[]> {
  const header = await content.read(0, HEADER_SIZE);
  const sectorShift = header.length === HEADER_SIZE ? header.readUInt16LE(30) : 0;
  // 512 octets in version 3, 4096 in version 4.
  if (sectorShift !== 9 && sectorShift !== 12) return [];
  const directory = await readDirectory(content, header, 1 << sectorShift);
  return childrenOfRoot(directory);
}

async function readDirectory(content: Content, header: Buffer, sectorSize: number): Promise<Buffer> {
  const sectors: Buffer[] = [];
  const readSector: ReadSector = async (number) => {
    const position = (number + 1) * sectorSize;
    return position < content.size ? content.read(position, sectorSize) : NOTHING;
  };
  let sector = header.readUInt32LE(48);
  // A chain that runs in a circle ends at the limit, too.
  while (sector < FIRST_SPECIAL_SECTOR && sectors.length * sectorSize < MAX_DIRECTORY_OCTETS) {
    const block = await readSector(sector);
    if (block.length < sectorSize) break;
    sectors.push(block);
    sector = await nextSector(sector, header, sectorSize, readSector);
  }
  return Buffer.concat(sectors);
}

/** Empty for a sector behind the end of the file. */
type ReadSector = (sector: number) => Promise<Buffer>;

const NOTHING = Buffer.alloc(0);

/** The allocation table says which sector follows; its own places are in the header and, in large files, in a chain behind it. */
async function nextSector(sector: number, header: Buffer, sectorSize: number, read: ReadSector): Promise<number> {
  const perSector = sectorSize / 4;
  const place = await tablePlace(Math.floor(sector / perSector), header, perSector, read);
  if (place >= FIRST_SPECIAL_SECTOR) return place;
  const table = await read(place);
  return numberAt(table, sector % perSector);
}

async function tablePlace(index: number, header: Buffer, perSector: number, read: ReadSector): Promise<number> {
  if (index < PLACES_IN_HEADER) return header.readUInt32LE(76 + index * 4);
  const perChained = perSector - 1;
  let chained = header.readUInt32LE(68);
  for (let steps = Math.floor((index - PLACES_IN_HEADER) / perChained); steps > 0; steps--) {
    if (chained >= FIRST_SPECIAL_SECTOR) return chained;
    chained = numberAt(await read(chained), perChained);
  }
  if (chained >= FIRST_SPECIAL_SECTOR) return chained;
  return numberAt(await read(chained), (index - PLACES_IN_HEADER) % perChained);
}

function numberAt(sector: Buffer, index: number): number {
  return sector.length >= index * 4 + 4 ? sector.readUInt32LE(index * 4) : NO_ENTRY;
}

/** Siblings form a tree; what is not at the root belongs to an embedded object and says nothing about the file. */
function childrenOfRoot(directory: Buffer): string[] {
  if (directory.length < ENTRY_SIZE) return [];
  const names: string[] = [];
  const waiting = [directory.readUInt32LE(76)];
  const seen = new Set<number>();
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    const at = index * ENTRY_SIZE;
    if (seen.has(index) || at + ENTRY_SIZE > directory.length) continue;
    seen.add(index);
    names.push(nameAt(directory, at));
    waiting.push(directory.readUInt32LE(at + 68), directory.readUInt32LE(at + 72));
  }
  return names;
}

/** The length counts octets and a closing zero. */
function nameAt(directory: Buffer, at: number): string {
  const length = Math.min(Math.max(directory.readUInt16LE(at + 64) - 2, 0), 62);
  return directory.toString('utf16le', at, at + length);
}
