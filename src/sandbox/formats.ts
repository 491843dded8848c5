/** File formats that may travel: extension and MIME types (isds §6.3). */
import { type Content, holdsSomewhere, startOf } from './content.ts';

const FORMATS: Readonly<Record<string, string>> = {
  asice: 'application/vnd.etsi.asic-e+zip application/vnd.etsi.asic-s+zip',
  asics: 'application/vnd.etsi.asic-s+zip application/vnd.etsi.asic-e+zip',
  cer: 'application/x-x509-ca-cert',
  crt: 'application/x-x509-ca-cert',
  csv: 'text/csv',
  dbf: 'application/octet-stream',
  ddd: 'application/octet-stream',
  der: 'application/x-x509-ca-cert',
  dgn: 'application/octet-stream',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document application/encrypted',
  dwg: 'image/vnd.dwg',
  edi: 'application/edifact application/edi-x12 application/edi-consent text/plain text/xml application/xml',
  fo: 'application/vnd.software602.filler.form+xml application/xml',
  gfs: 'application/xml text/xml',
  gif: 'image/gif',
  gml: 'application/xml text/xml',
  heic: 'image/heic image/heic-sequence',
  heif: 'image/heif image/heif-sequence',
  htm: 'text/html',
  html: 'text/html',
  isdoc: 'text/isdoc',
  isdocx: 'text/isdocx',
  jfif: 'image/jpeg image/pjpeg',
  jpeg: 'image/jpeg image/pjpeg',
  jpg: 'image/jpeg image/pjpeg',
  json: 'application/json',
  m4a: 'audio/mp4',
  m4p: 'audio/mp4 video/mp4',
  m4v: 'video/mp4',
  mp2: 'audio/mpeg',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4 audio/mp4',
  mpeg: 'video/mpeg video/mpeg1 video/mpeg2 video/mpg',
  mpeg1: 'video/mpeg video/mpeg1 video/mpeg2 video/mpg',
  mpeg2: 'video/mpeg video/mpeg1 video/mpeg2 video/mpg',
  mpg: 'video/mpeg video/mpeg1 video/mpeg2 video/mpg',
  odp: 'application/vnd.oasis.opendocument.presentation',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odt: 'application/vnd.oasis.opendocument.text',
  p7b: 'application/pkcs7-certificates application/pkcs7-mime application/x-pkcs7-certificates',
  p7c: 'application/pkcs7-mime application/x-pkcs7-mime',
  p7f: 'application/pkcs7-signature',
  p7m: 'application/pkcs7-mime application/x-pkcs7-mime',
  p7s: 'application/pkcs7-signature application/x-pkcs7-signature',
  pdf: 'application/pdf',
  pk7: 'application/pkcs7-mime application/x-pkcs7-mime',
  png: 'image/png image/x-png',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation application/encrypted',
  prj: 'application/octet-stream',
  qix: 'application/octet-stream',
  rtf: 'application/msword text/rtf application/rtf',
  sbn: 'application/octet-stream',
  sbx: 'application/octet-stream',
  sce: 'application/vnd.etsi.asic-e+zip application/vnd.etsi.asic-s+zip',
  scs: 'application/vnd.etsi.asic-s+zip application/vnd.etsi.asic-e+zip',
  shp: 'application/octet-stream',
  shx: 'application/octet-stream',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  tsr: 'application/timestamp-reply',
  tst: 'application/timestamp-reply',
  txt: 'text/plain',
  wav: 'audio/wav audio/wave audio/x-wav',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet application/encrypted',
  xml: 'application/xml text/xml',
  xsd: 'application/xml text/xml',
  zfo: 'application/vnd.software602.filler.form-xml-zip',
  zip: 'application/zip application/x-compressed application/x-zip-compressed',
};

/** Containers are looked into by ISDS; a message may carry only a few (isds §6.3). */
const CONTAINERS = new Set(['zip', 'asics', 'scs', 'asice', 'sce']);

const MIME_TYPES = new Set(Object.values(FORMATS).flatMap((types) => types.split(' ')));

/** MIME types of an extension; undefined when it is not allowed. */
export function mimeTypesOf(extension: string): readonly string[] | undefined {
  return Object.hasOwn(FORMATS, extension) ? FORMATS[extension]?.split(' ') : undefined;
}

/** Whether ISDS knows the content type. */
export function isKnownMimeType(mimeType: string): boolean {
  return MIME_TYPES.has(mimeType);
}

/** Whether the extension is that of an archive. */
export function isContainer(extension: string): boolean {
  return CONTAINERS.has(extension);
}

/** First octets of formats that have fixed ones. */
const MAGIC: Readonly<Record<string, string>> = {
  pdf: '%PDF-',
  png: '\u0089PNG\r\n\u001a\n',
  gif: 'GIF8',
  jpg: '\u00ff\u00d8\u00ff',
  jpeg: '\u00ff\u00d8\u00ff',
  zip: 'PK',
  docx: 'PK',
  xlsx: 'PK',
  pptx: 'PK',
  odt: 'PK',
  ods: 'PK',
  odp: 'PK',
  doc: '\u00d0\u00cf\u0011\u00e0',
  xls: '\u00d0\u00cf\u0011\u00e0',
  rtf: '{\\rtf',
};

/** Elements that an HTML file must not have (isds §6.3). */
const ACTIVE_HTML = /<(?:object|iframe|script)/i;
const MAX_MARK_LENGTH = '<object'.length;

/** Encrypted Office files are containers of another kind, declared by their own MIME type. */
const ENCRYPTED = 'application/encrypted';

/** A much smaller check than the real one: fixed first octets, programs, active HTML. */
export function contentFits(extension: string, mimeType: string, content: Content): boolean {
  const start = startOf(content, 8).toString('latin1');
  if (start.startsWith('MZ') || start.startsWith('\u007fELF')) return false;
  if (extension === 'html' || extension === 'htm') {
    return !holdsSomewhere(content, MAX_MARK_LENGTH, (octets) => ACTIVE_HTML.test(octets.toString('latin1')));
  }
  if (extension === 'pdf') return startOf(content, 1024).includes('%PDF-');
  return mimeType === ENCRYPTED || start.startsWith(MAGIC[extension] ?? '');
}
