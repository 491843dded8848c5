/** The file formats that ISDS takes: extension, its content types, and whether the file is a container of others (isds §6.3). */

/** What ISDS allows for one extension (isds §6.3). */
export interface Format {
  /** Content types that ISDS accepts for the extension; the first one is its default. */
  readonly types: readonly [string, ...string[]];
  /** ZIP and ASiC: their content is judged file by file, and a message may have only ten of them. */
  readonly container?: true;
}

export const formats: Readonly<Record<string, Format>> = {
  asice: { types: ['application/vnd.etsi.asic-e+zip', 'application/vnd.etsi.asic-s+zip'], container: true },
  asics: { types: ['application/vnd.etsi.asic-s+zip', 'application/vnd.etsi.asic-e+zip'], container: true },
  cer: { types: ['application/x-x509-ca-cert'] },
  crt: { types: ['application/x-x509-ca-cert'] },
  csv: { types: ['text/csv'] },
  dbf: { types: ['application/octet-stream'] },
  ddd: { types: ['application/octet-stream'] },
  der: { types: ['application/x-x509-ca-cert'] },
  dgn: { types: ['application/octet-stream'] },
  doc: { types: ['application/msword'] },
  docx: { types: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/encrypted'] },
  dwg: { types: ['image/vnd.dwg'] },
  edi: {
    types: [
      'application/edifact',
      'application/edi-x12',
      'application/edi-consent',
      'text/plain',
      'text/xml',
      'application/xml',
    ],
  },
  fo: { types: ['application/vnd.software602.filler.form+xml', 'application/xml'] },
  gfs: { types: ['application/xml', 'text/xml'] },
  gif: { types: ['image/gif'] },
  gml: { types: ['application/xml', 'text/xml'] },
  heic: { types: ['image/heic', 'image/heic-sequence'] },
  heif: { types: ['image/heif', 'image/heif-sequence'] },
  htm: { types: ['text/html'] },
  html: { types: ['text/html'] },
  isdoc: { types: ['text/isdoc'] },
  isdocx: { types: ['text/isdocx'] },
  jfif: { types: ['image/jpeg', 'image/pjpeg'] },
  jpeg: { types: ['image/jpeg', 'image/pjpeg'] },
  jpg: { types: ['image/jpeg', 'image/pjpeg'] },
  json: { types: ['application/json'] },
  m4a: { types: ['audio/mp4'] },
  m4p: { types: ['audio/mp4', 'video/mp4'] },
  m4v: { types: ['video/mp4'] },
  mp2: { types: ['audio/mpeg'] },
  mp3: { types: ['audio/mpeg'] },
  mp4: { types: ['video/mp4', 'audio/mp4'] },
  mpeg: { types: ['video/mpeg', 'video/mpeg1', 'video/mpeg2', 'video/mpg'] },
  mpeg1: { types: ['video/mpeg', 'video/mpeg1', 'video/mpeg2', 'video/mpg'] },
  mpeg2: { types: ['video/mpeg', 'video/mpeg1', 'video/mpeg2', 'video/mpg'] },
  mpg: { types: ['video/mpeg', 'video/mpeg1', 'video/mpeg2', 'video/mpg'] },
  odp: { types: ['application/vnd.oasis.opendocument.presentation'] },
  ods: { types: ['application/vnd.oasis.opendocument.spreadsheet'] },
  odt: { types: ['application/vnd.oasis.opendocument.text'] },
  p7b: { types: ['application/pkcs7-certificates', 'application/pkcs7-mime', 'application/x-pkcs7-certificates'] },
  p7c: { types: ['application/pkcs7-mime', 'application/x-pkcs7-mime'] },
  p7f: { types: ['application/pkcs7-signature'] },
  p7m: { types: ['application/pkcs7-mime', 'application/x-pkcs7-mime'] },
  p7s: { types: ['application/pkcs7-signature', 'application/x-pkcs7-signature'] },
  pdf: { types: ['application/pdf'] },
  pk7: { types: ['application/pkcs7-mime', 'application/x-pkcs7-mime'] },
  png: { types: ['image/png', 'image/x-png'] },
  ppt: { types: ['application/vnd.ms-powerpoint'] },
  pptx: {
    types: ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'application/encrypted'],
  },
  prj: { types: ['application/octet-stream'] },
  qix: { types: ['application/octet-stream'] },
  rtf: { types: ['application/msword', 'text/rtf', 'application/rtf'] },
  sbn: { types: ['application/octet-stream'] },
  sbx: { types: ['application/octet-stream'] },
  sce: { types: ['application/vnd.etsi.asic-e+zip', 'application/vnd.etsi.asic-s+zip'], container: true },
  scs: { types: ['application/vnd.etsi.asic-s+zip', 'application/vnd.etsi.asic-e+zip'], container: true },
  shp: { types: ['application/octet-stream'] },
  shx: { types: ['application/octet-stream'] },
  tif: { types: ['image/tiff'] },
  tiff: { types: ['image/tiff'] },
  tsr: { types: ['application/timestamp-reply'] },
  tst: { types: ['application/timestamp-reply'] },
  txt: { types: ['text/plain'] },
  wav: { types: ['audio/wav', 'audio/wave', 'audio/x-wav'] },
  xls: { types: ['application/vnd.ms-excel'] },
  xlsx: { types: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/encrypted'] },
  xml: { types: ['application/xml', 'text/xml'] },
  xsd: { types: ['application/xml', 'text/xml'] },
  zfo: { types: ['application/vnd.software602.filler.form-xml-zip'] },
  zip: { types: ['application/zip', 'application/x-compressed', 'application/x-zip-compressed'], container: true },
};

/** Extensions under which mail programs send a type that several of the formats above share. */
const USUAL_EXTENSIONS: Readonly<Record<string, string>> = {
  'application/xml': 'xml',
  'text/xml': 'xml',
  'image/jpeg': 'jpg',
  'image/tiff': 'tif',
  'text/html': 'html',
  'text/plain': 'txt',
  'application/msword': 'doc',
  'application/pkcs7-mime': 'p7m',
  'application/x-pkcs7-mime': 'p7m',
  'application/pkcs7-signature': 'p7s',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'video/mp4': 'mp4',
  'video/mpeg': 'mpg',
  // Not accepted by ISDS; a true name makes the refusal understandable.
  'message/rfc822': 'eml',
  'text/calendar': 'ics',
  'text/vcard': 'vcf',
  'text/x-vcard': 'vcf',
  'image/svg+xml': 'svg',
  'image/webp': 'webp',
  'image/bmp': 'bmp',
  'application/x-pdf': 'pdf',
  'application/acrobat': 'pdf',
  'text/pdf': 'pdf',
  'image/jpg': 'jpg',
  'image/pjpeg': 'jpg',
  'image/tif': 'tif',
  'application/x-zip': 'zip',
  'application/msexcel': 'xls',
  'application/x-msexcel': 'xls',
  'application/mspowerpoint': 'ppt',
  'text/rtf': 'rtf',
  'application/rtf': 'rtf',
};

/** The type of everything and nothing; many formats share it. */
const OCTETS = 'application/octet-stream';

/** The extension in lower case without its dot; undefined when the name has none. "Smlouva ABC s.r.o..pdf" has one. */
export function extensionOf(name: string): string | undefined {
  return /.\.([^.\s]+)$/u.exec(name)?.[1]?.toLowerCase();
}

/** The format of a file by its name, as ISDS judges it; undefined when ISDS does not take such files. */
export function formatOf(name: string): Format | undefined {
  const extension = extensionOf(name);
  return extension !== undefined && Object.hasOwn(formats, extension) ? formats[extension] : undefined;
}

/** HTML, in which ISDS does not take everything. */
export function isPage(name: string): boolean {
  return mimeTypeFor(name) === 'text/html';
}

/** The content type to send to ISDS: it goes by the extension, so what the mail program declared is not asked. */
export function mimeTypeFor(name: string): string | undefined {
  return formatOf(name)?.types[0];
}

/** The extension for a file that came without a name; undefined for a type that tells none. */
export function extensionFor(mimeType: string): string | undefined {
  const type = mimeType.toLowerCase();
  const usual = Object.hasOwn(USUAL_EXTENSIONS, type) ? USUAL_EXTENSIONS[type] : undefined;
  if (usual !== undefined) return usual;
  if (type === OCTETS) return undefined;
  const all = Object.entries(formats);
  const known = all.find(([, { types }]) => types[0] === type) ?? all.find(([, { types }]) => types.includes(type));
  // Subtypes of text that nobody knows are plain text (RFC 2046 §4.1.4).
  return known?.[0] ?? (type.startsWith('text/') ? 'txt' : undefined);
}
