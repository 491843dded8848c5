/** What a file can turn out to be by its content, and how a person calls it. */
import type { Words } from '../../refusals/index.ts';

/** What a kind of content is called in a refusal. */
export interface KindName {
  readonly name: string | Words;
  /** Extensions under which ISDS takes it, as the sender should write them; undefined when it takes it under none. */
  readonly extensions?: string | Words;
  /** The extension of a format into which its program has to save it first: under another name alone nothing would open it. */
  readonly saveAs?: string;
}

/** Undefined where a name would not help: the content is then just called different. */
const names = {
  pdf: { name: 'PDF', extensions: '.pdf' },
  'pdf-behind-text': { name: 'PDF', extensions: '.pdf' },
  rtf: { name: 'RTF', extensions: '.rtf' },
  png: { name: 'PNG', extensions: '.png' },
  gif: { name: 'GIF', extensions: '.gif' },
  jpeg: { name: 'JPEG', extensions: '.jpg' },
  tiff: { name: 'TIFF', extensions: '.tif' },
  heif: { name: 'HEIC', extensions: '.heic' },
  wav: { name: 'WAV', extensions: '.wav' },
  'mpeg-audio': { name: 'MP3', extensions: '.mp3' },
  mpeg: { name: 'MPEG', extensions: '.mpg' },
  mp4: { name: 'MP4', extensions: '.mp4' },
  m4a: { name: { cs: 'MP4 se zvukem', en: 'MP4 with sound only' }, extensions: '.m4a' },
  dwg: { name: 'AutoCAD', extensions: '.dwg' },
  'dwg-old': { name: { cs: 'AutoCAD starší než 2007', en: 'AutoCAD before 2007' } },
  dgn: { name: 'MicroStation', extensions: '.dgn' },
  shp: { name: 'Esri Shapefile', extensions: '.shp' },
  shx: { name: { cs: 'rejstřík Esri Shapefile', en: 'an Esri Shapefile index' }, extensions: '.shx' },
  'shape-empty': { name: 'Esri Shapefile', extensions: { cs: '.shp nebo .shx', en: '.shp or .shx' } },
  'spatial-index': {
    name: { cs: 'prostorový rejstřík Esri', en: 'an Esri spatial index' },
    extensions: { cs: '.sbn nebo .sbx', en: '.sbn or .sbx' },
  },
  qix: { name: { cs: 'prostorový rejstřík', en: 'a spatial index' }, extensions: '.qix' },
  dbf: { name: 'dBase', extensions: '.dbf' },

  doc: { name: 'Microsoft Word 97–2003', extensions: '.doc' },
  xls: { name: 'Microsoft Excel 97–2003', extensions: '.xls' },
  ppt: { name: 'Microsoft PowerPoint 97–2003', extensions: '.ppt' },
  'office-encrypted': {
    name: { cs: 'zaheslovaný dokument Office', en: 'an Office document with a password' },
    extensions: { cs: '.docx, .xlsx nebo .pptx', en: '.docx, .xlsx or .pptx' },
  },
  'outlook-message': { name: { cs: 'zpráva programu Outlook', en: 'an Outlook message' } },
  'compound-file': undefined,

  docx: { name: 'Microsoft Word', extensions: '.docx' },
  xlsx: { name: 'Microsoft Excel', extensions: '.xlsx' },
  pptx: { name: 'Microsoft PowerPoint', extensions: '.pptx' },
  'docx-other': {
    name: { cs: 'šablona nebo dokument Word s makry', en: 'a template or a Word document with macros' },
    saveAs: '.docx',
  },
  'xlsx-other': {
    name: { cs: 'šablona nebo sešit Excel s makry', en: 'a template or an Excel workbook with macros' },
    saveAs: '.xlsx',
  },
  'pptx-other': {
    name: { cs: 'šablona, předvádění nebo prezentace s makry', en: 'a template, a show or a presentation with macros' },
    saveAs: '.pptx',
  },
  odt: { name: { cs: 'text OpenDocument', en: 'an OpenDocument text' }, extensions: '.odt' },
  ods: { name: { cs: 'tabulka OpenDocument', en: 'an OpenDocument spreadsheet' }, extensions: '.ods' },
  odp: { name: { cs: 'prezentace OpenDocument', en: 'an OpenDocument presentation' }, extensions: '.odp' },
  isdocx: { name: 'ISDOCX', extensions: '.isdocx' },
  asice: { name: 'ASiC-E', extensions: '.asice' },
  asics: { name: 'ASiC-S', extensions: '.asics' },
  zip: { name: 'ZIP', extensions: '.zip' },
  'zip-broken': undefined,

  certificate: { name: { cs: 'certifikát X.509', en: 'an X.509 certificate' }, extensions: '.cer' },
  cms: { name: 'PKCS #7', extensions: '.p7m' },
  'time-stamp-token': { name: { cs: 'časové razítko', en: 'a time stamp' }, extensions: '.tst' },
  'time-stamp-response': {
    name: { cs: 'odpověď s časovým razítkem', en: 'a time stamp response' },
    extensions: '.tsr',
  },
  'pem-certificate': { name: { cs: 'certifikát X.509', en: 'an X.509 certificate' }, extensions: '.cer' },
  'pem-cms': { name: 'PKCS #7', extensions: '.p7m' },
  'pem-other': undefined,

  xml: { name: 'XML', extensions: '.xml' },
  isdoc: { name: 'ISDOC', extensions: '.isdoc' },
  gml: { name: 'GML', extensions: '.gml' },
  gfs: { name: 'GFS', extensions: '.gfs' },
  xsd: { name: { cs: 'schéma XML', en: 'an XML schema' }, extensions: '.xsd' },
  html: { name: 'HTML', extensions: '.html' },
  json: { name: 'JSON', extensions: '.json' },
  edifact: { name: 'EDIFACT', extensions: '.edi' },
  x12: { name: 'EDI X12', extensions: '.edi' },
  text: { name: { cs: 'prostý text', en: 'plain text' }, extensions: '.txt' },

  program: { name: { cs: 'spustitelný program', en: 'an executable program' } },
  rar: { name: { cs: 'archiv RAR', en: 'a RAR archive' } },
  '7z': { name: { cs: 'archiv 7-Zip', en: 'a 7-Zip archive' } },
  gzip: { name: { cs: 'archiv gzip', en: 'a gzip archive' } },
  bzip2: { name: { cs: 'archiv bzip2', en: 'a bzip2 archive' } },
  xz: { name: { cs: 'archiv xz', en: 'an xz archive' } },
  cab: { name: { cs: 'archiv CAB', en: 'a CAB archive' } },
  tar: { name: { cs: 'archiv tar', en: 'a tar archive' } },
  webp: { name: 'WebP' },
  bmp: { name: 'BMP' },
  avif: { name: 'AVIF' },
  photoshop: { name: 'Adobe Photoshop' },
  avi: { name: 'AVI' },
  quicktime: { name: 'QuickTime' },
  matroska: { name: { cs: 'Matroska nebo WebM', en: 'Matroska or WebM' } },
  flac: { name: 'FLAC' },
  ogg: { name: 'Ogg' },
  sqlite: { name: { cs: 'databáze SQLite', en: 'an SQLite database' } },
  tnef: { name: { cs: 'winmail.dat programu Outlook', en: "Outlook's winmail.dat" } },
  binary: undefined,
} as const satisfies Record<string, KindName | undefined>;

export type Kind = keyof typeof names;

/** How to call the kind; undefined for one that has no name of its own. */
export function kindName(kind: Kind): KindName | undefined {
  return names[kind];
}

/** Kinds that a look at the first octets takes for a ZIP archive or a compound file; which one shows further inside. */
const ZIP_BASED: ReadonlySet<Kind> = new Set([
  'docx',
  'xlsx',
  'pptx',
  'docx-other',
  'xlsx-other',
  'pptx-other',
  'odt',
  'ods',
  'odp',
  'isdocx',
  'asice',
  'asics',
]);
const COMPOUND: ReadonlySet<Kind> = new Set(['doc', 'xls', 'ppt', 'office-encrypted', 'outlook-message', 'dgn']);

/** What the kind looks like from its first octets alone. */
export function outsideOf(kind: Kind): readonly Kind[] {
  if (ZIP_BASED.has(kind)) return [kind, 'zip'];
  // The namespace may come after the octets that were seen.
  if (kind === 'isdoc') return [kind, 'xml'];
  return COMPOUND.has(kind) ? [kind, 'compound-file'] : [kind];
}
