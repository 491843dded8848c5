/** Which contents ISDS expects behind an extension, and the content type to be sent where the content decides it (isds §6.3). */
import { formats } from '../formats.ts';
import type { Kind } from './kinds.ts';

const XML: readonly Kind[] = ['xml', 'isdoc', 'gml', 'gfs', 'xsd', 'html'];

/** Whatever can be read as a text may be called one. */
const TEXT: readonly Kind[] = [
  'text',
  'json',
  'edifact',
  'x12',
  'rtf',
  'pem-certificate',
  'pem-cms',
  'pem-other',
  'pdf-behind-text',
  ...XML,
];

const CERTIFICATE: readonly Kind[] = ['certificate', 'pem-certificate'];
const SIGNATURE: readonly Kind[] = ['cms', 'pem-cms', 'time-stamp-token'];
const TIME_STAMP: readonly Kind[] = ['time-stamp-token', 'time-stamp-response'];
const FILM: readonly Kind[] = ['mp4', 'm4a'];
const ASIC: readonly Kind[] = ['asice', 'asics'];

const expected: Readonly<Record<string, readonly Kind[]>> = {
  asice: ASIC,
  asics: ASIC,
  cer: CERTIFICATE,
  crt: CERTIFICATE,
  csv: TEXT,
  dbf: ['dbf'],
  // Tachographs: the structure begins with a tag that many other things begin with, too.
  ddd: ['binary', 'text', 'dbf'],
  der: CERTIFICATE,
  dgn: ['dgn'],
  // Word itself writes RTF under this name, and ISDS gives both the same type.
  doc: ['doc', 'rtf'],
  // Whether ISDS tells the others apart is not known, and what is doubtful passes.
  docx: ['docx', 'docx-other', 'office-encrypted'],
  dwg: ['dwg'],
  edi: ['edifact', 'x12', 'text', 'xml'],
  fo: XML,
  gfs: XML,
  gif: ['gif'],
  // The namespace may stand on an element further inside.
  gml: XML,
  heic: ['heif'],
  heif: ['heif'],
  htm: ['text', ...XML],
  html: ['text', ...XML],
  isdoc: ['isdoc'],
  isdocx: ['isdocx'],
  jfif: ['jpeg'],
  jpeg: ['jpeg'],
  jpg: ['jpeg'],
  json: ['json'],
  m4a: FILM,
  m4p: FILM,
  m4v: FILM,
  mp2: ['mpeg-audio'],
  mp3: ['mpeg-audio'],
  mp4: FILM,
  mpeg: ['mpeg'],
  mpeg1: ['mpeg'],
  mpeg2: ['mpeg'],
  mpg: ['mpeg'],
  odp: ['odp'],
  ods: ['ods'],
  odt: ['odt'],
  p7b: SIGNATURE,
  p7c: SIGNATURE,
  p7f: SIGNATURE,
  p7m: SIGNATURE,
  p7s: SIGNATURE,
  pdf: ['pdf', 'pdf-behind-text'],
  pk7: SIGNATURE,
  png: ['png'],
  ppt: ['ppt'],
  pptx: ['pptx', 'pptx-other', 'office-encrypted'],
  prj: ['text'],
  // Older ones have no signature.
  qix: ['qix', 'binary'],
  rtf: ['rtf'],
  sbn: ['spatial-index'],
  sbx: ['spatial-index'],
  sce: ASIC,
  scs: ASIC,
  shp: ['shp', 'shape-empty'],
  shx: ['shx', 'shape-empty'],
  tif: ['tiff'],
  tiff: ['tiff'],
  tsr: TIME_STAMP,
  tst: TIME_STAMP,
  txt: TEXT,
  wav: ['wav'],
  xls: ['xls'],
  xlsx: ['xlsx', 'xlsx-other', 'office-encrypted'],
  xml: XML,
  xsd: XML,
  // A packed form, or a message of ISDS with its seal.
  zfo: ['zip', 'cms'],
  zip: ['zip', 'zip-broken'],
};

/** What a file with this extension may hold; empty where ISDS does not take the extension. */
export function expectedKinds(extension: string): readonly Kind[] {
  return expected[extension] ?? [];
}

const ENCRYPTED = { 'office-encrypted': 'application/encrypted' } as const;
const ASIC_TYPES = {
  asice: 'application/vnd.etsi.asic-e+zip',
  asics: 'application/vnd.etsi.asic-s+zip',
} as const;

/** Content types other than the default of the extension; each is one that ISDS accepts for it. */
const special: Readonly<Record<string, Partial<Record<Kind, string>>>> = {
  asice: ASIC_TYPES,
  asics: ASIC_TYPES,
  docx: ENCRYPTED,
  edi: { x12: 'application/edi-x12', xml: 'application/xml', text: 'text/plain' },
  mp4: { m4a: 'audio/mp4' },
  pptx: ENCRYPTED,
  sce: ASIC_TYPES,
  scs: ASIC_TYPES,
  xlsx: ENCRYPTED,
};

/** The content type that ISDS takes for content of this kind under this extension; empty where it takes none. */
export function contentType(extension: string, kind: Kind): string {
  return special[extension]?.[kind] ?? formats[extension]?.types[0] ?? '';
}
