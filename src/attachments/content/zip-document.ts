/** Documents that are ZIP archives by their dress, told apart by the names in the directory and the `mimetype` entry. */
import type { Content } from '../types.ts';
import type { ZipDirectory } from '../zip/directory.ts';
import { readLocalFile } from '../zip/local-file.ts';
import type { Kind } from './kinds.ts';

/** The entry that OpenDocument and ASiC put first, so that the type can be read (ODF 1.3 part 2 §3.3, EN 319 162-1 §4.3.3). */
const TYPE_ENTRY = 'mimetype';

const KIND_OF_TYPE: Readonly<Record<string, Kind>> = {
  'application/vnd.oasis.opendocument.text': 'odt',
  // LibreOffice makes it of a page from the web, also under the name of a text.
  'application/vnd.oasis.opendocument.text-web': 'odt',
  'application/vnd.oasis.opendocument.text-template': 'odt',
  'application/vnd.oasis.opendocument.text-master': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet-template': 'ods',
  'application/vnd.oasis.opendocument.presentation-template': 'odp',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp',
  'application/vnd.etsi.asic-e+zip': 'asice',
  'application/vnd.etsi.asic-s+zip': 'asics',
};

/** Office Open XML keeps each kind of document in a folder of its own (ECMA-376 part 2). */
const OFFICE_CONTENT = '[Content_Types].xml';
const OFFICE_FOLDERS: readonly (readonly [string, Kind])[] = [
  ['word/', 'docx'],
  ['xl/', 'xlsx'],
  ['ppt/', 'pptx'],
];

/** Main content types of documents with macros, templates and shows. */
const OTHER_MAIN_TYPES = /macroEnabled|\.template\.main|\.slideshow\.main/;
const OFFICE_OTHERS: Partial<Record<Kind, Kind>> = { docx: 'docx-other', xlsx: 'xlsx-other', pptx: 'pptx-other' };

/** A signature, time stamp or evidence record of ASiC (EN 319 162-1 §4.3 and §4.4), by the words its name must contain. */
const ASIC_FOLDER = 'META-INF/';
const ASIC_PROOF = /signature|timestamp|evidencerecord/i;
const ASIC_EXTENDED = /^META-INF\/(?:ASiCManifest[^/]*|manifest)\.xml$/i;

export async function zipKind(content: Content, directory: ZipDirectory): Promise<Kind> {
  const names = directory.entries.map(({ name }) => name);
  if (names.length === 0 && directory.faults.length > 0) return 'zip-broken';
  const declared = await declaredType(content, directory);
  if (declared !== undefined && Object.hasOwn(KIND_OF_TYPE, declared)) return KIND_OF_TYPE[declared] ?? 'zip';
  if (names.includes(OFFICE_CONTENT)) {
    const folder = OFFICE_FOLDERS.find(([start]) => names.some((name) => name.startsWith(start)));
    if (folder !== undefined)
      return (await isPlainDocument(content, directory)) ? folder[1] : (OFFICE_OTHERS[folder[1]] ?? folder[1]);
  }
  if (names.some((name) => /^[^/]+\.isdoc$/i.test(name))) return 'isdocx';
  if (names.some((name) => name.startsWith(ASIC_FOLDER) && ASIC_PROOF.test(name))) {
    return names.some((name) => ASIC_EXTENDED.test(name)) ? 'asice' : 'asics';
  }
  return 'zip';
}

/** False for what Office opens under a name of its own only (ECMA-376 part 1, main content types). */
async function isPlainDocument(content: Content, { entries }: ZipDirectory): Promise<boolean> {
  if (entries.some(({ name }) => name.endsWith('/vbaProject.bin'))) return false;
  const entry = entries.find(({ name }) => name === OFFICE_CONTENT);
  const local = entry === undefined ? undefined : await readLocalFile(content, entry);
  return !OTHER_MAIN_TYPES.test(local?.beginning.toString('latin1') ?? '');
}

async function declaredType(content: Content, { entries }: ZipDirectory): Promise<string | undefined> {
  const entry = entries.find(({ name }) => name === TYPE_ENTRY);
  const local = entry === undefined ? undefined : await readLocalFile(content, entry);
  return local?.beginning.toString('latin1').trim();
}
