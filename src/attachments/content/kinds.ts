/** What a file can turn out to be by its content, and how a person calls it. */

export interface KindName {
  readonly name: string;
  /** Extensions under which ISDS takes it, as the sender should write them; undefined when it takes it under none. */
  readonly extensions?: string;
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
  m4a: { name: 'MP4 se zvukem', extensions: '.m4a' },
  dwg: { name: 'AutoCAD', extensions: '.dwg' },
  'dwg-old': { name: 'AutoCAD starší než 2007' },
  dgn: { name: 'MicroStation', extensions: '.dgn' },
  shp: { name: 'Esri Shapefile', extensions: '.shp' },
  shx: { name: 'rejstřík Esri Shapefile', extensions: '.shx' },
  'shape-empty': { name: 'Esri Shapefile', extensions: '.shp nebo .shx' },
  'spatial-index': { name: 'prostorový rejstřík Esri', extensions: '.sbn nebo .sbx' },
  qix: { name: 'prostorový rejstřík', extensions: '.qix' },
  dbf: { name: 'dBase', extensions: '.dbf' },

  doc: { name: 'Microsoft Word 97–2003', extensions: '.doc' },
  xls: { name: 'Microsoft Excel 97–2003', extensions: '.xls' },
  ppt: { name: 'Microsoft PowerPoint 97–2003', extensions: '.ppt' },
  'office-encrypted': { name: 'zaheslovaný dokument Office', extensions: '.docx, .xlsx nebo .pptx' },
  'outlook-message': { name: 'zpráva programu Outlook' },
  'compound-file': undefined,

  docx: { name: 'Microsoft Word', extensions: '.docx' },
  xlsx: { name: 'Microsoft Excel', extensions: '.xlsx' },
  pptx: { name: 'Microsoft PowerPoint', extensions: '.pptx' },
  odt: { name: 'text OpenDocument', extensions: '.odt' },
  ods: { name: 'tabulka OpenDocument', extensions: '.ods' },
  odp: { name: 'prezentace OpenDocument', extensions: '.odp' },
  isdocx: { name: 'ISDOCX', extensions: '.isdocx' },
  asice: { name: 'ASiC-E', extensions: '.asice' },
  asics: { name: 'ASiC-S', extensions: '.asics' },
  zip: { name: 'ZIP', extensions: '.zip' },
  'zip-broken': undefined,

  certificate: { name: 'certifikát X.509', extensions: '.cer' },
  cms: { name: 'PKCS #7', extensions: '.p7m' },
  'time-stamp-token': { name: 'časové razítko', extensions: '.tst' },
  'time-stamp-response': { name: 'odpověď s časovým razítkem', extensions: '.tsr' },
  'pem-certificate': { name: 'certifikát X.509', extensions: '.cer' },
  'pem-cms': { name: 'PKCS #7', extensions: '.p7m' },
  'pem-other': undefined,

  xml: { name: 'XML', extensions: '.xml' },
  isdoc: { name: 'ISDOC', extensions: '.isdoc' },
  gml: { name: 'GML', extensions: '.gml' },
  gfs: { name: 'GFS', extensions: '.gfs' },
  xsd: { name: 'schéma XML', extensions: '.xsd' },
  html: { name: 'HTML', extensions: '.html' },
  json: { name: 'JSON', extensions: '.json' },
  edifact: { name: 'EDIFACT', extensions: '.edi' },
  x12: { name: 'EDI X12', extensions: '.edi' },
  text: { name: 'prostý text', extensions: '.txt' },

  program: { name: 'spustitelný program' },
  rar: { name: 'archiv RAR' },
  '7z': { name: 'archiv 7-Zip' },
  gzip: { name: 'archiv gzip' },
  bzip2: { name: 'archiv bzip2' },
  xz: { name: 'archiv xz' },
  cab: { name: 'archiv CAB' },
  tar: { name: 'archiv tar' },
  webp: { name: 'WebP' },
  bmp: { name: 'BMP' },
  avif: { name: 'AVIF' },
  photoshop: { name: 'Adobe Photoshop' },
  avi: { name: 'AVI' },
  quicktime: { name: 'QuickTime' },
  matroska: { name: 'Matroska nebo WebM' },
  flac: { name: 'FLAC' },
  ogg: { name: 'Ogg' },
  sqlite: { name: 'databáze SQLite' },
  tnef: { name: 'winmail.dat programu Outlook' },
  binary: undefined,
} as const satisfies Record<string, KindName | undefined>;

export type Kind = keyof typeof names;

export function kindName(kind: Kind): KindName | undefined {
  return names[kind];
}

/** Kinds that a look at the first octets takes for a ZIP archive or a compound file; which one shows further inside. */
const ZIP_BASED: ReadonlySet<Kind> = new Set(['docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'isdocx', 'asice', 'asics']);
const COMPOUND: ReadonlySet<Kind> = new Set(['doc', 'xls', 'ppt', 'office-encrypted', 'outlook-message', 'dgn']);

/** What the kind looks like from its first octets alone. */
export function outsideOf(kind: Kind): readonly Kind[] {
  if (ZIP_BASED.has(kind)) return [kind, 'zip'];
  // The namespace may come after the octets that were seen.
  if (kind === 'isdoc') return [kind, 'xml'];
  return COMPOUND.has(kind) ? [kind, 'compound-file'] : [kind];
}
