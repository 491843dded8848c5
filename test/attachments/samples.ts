/** The smallest files that are what they say: real headers, made in code. */
import type { CheckedFile } from '../../src/attachments/index.ts';
import { type Member, zip } from './zip-maker.ts';

/** A file in memory that refuses to be read outside, as a careless reader of a forged directory would. */
export function fileOf(name: string, content: Buffer | string): CheckedFile {
  const octets = Buffer.from(content);
  return {
    name,
    size: octets.length,
    read: async (position, length) => {
      const isInside = Number.isSafeInteger(position) && position >= 0 && position <= octets.length && length >= 0;
      if (!isInside) throw new RangeError(`read of ${length} octets at ${position} of ${octets.length}`);
      return octets.subarray(position, position + length);
    },
  };
}

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const zeros = (length: number): Buffer => Buffer.alloc(length);

export function padded(head: Buffer | string, length = 600): Buffer {
  const start = typeof head === 'string' ? latin1(head) : head;
  return Buffer.concat([start, zeros(Math.max(0, length - start.length))]);
}

export const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<< >>\nendobj\n%%EOF\n');
export const rtf = latin1('{\\rtf1\\ansi P\\u345?\\u237?loha}');
export const png = padded(hex('89504e470d0a1a0a 0000000d49484452'));
export const gif = padded('GIF89a');
export const jpeg = padded(hex('ffd8ffe0 0010 4a464946 00'));
export const tiff = padded(hex('49492a00 08000000'));
export const bigTiff = padded(hex('4d4d002b 0008'));
export const wav = padded(Buffer.concat([latin1('RIFF'), hex('24000000'), latin1('WAVEfmt ')]));
export const webp = padded(Buffer.concat([latin1('RIFF'), hex('24000000'), latin1('WEBP')]));
export const mp3Tagged = padded(hex('494433 0400 000000000023'));
export const mp3Plain = padded(hex('fffb9064'));
export const mp2Plain = padded(hex('fffd8404'));
/** AAC has nearly the beginning of MP3. */
export const aac = padded(hex('fff15080'));
export const mpegStream = padded(hex('000001ba 44000400'));
export const isoMedia = (brand: string, compatible = ''): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(16 + compatible.length);
  return padded(Buffer.concat([length, latin1(`ftyp${brand}`), zeros(4), latin1(compatible)]));
};
export const dwg = (version: string): Buffer => padded(version);
export const dgnV7 = padded(hex('0809fe02 0000'));
export const program = padded(Buffer.concat([latin1('MZ'), hex('900003000000')]));
export const rar = padded(latin1('Rar!\x1a\x07\x01\x00'));
export const bmp = padded(Buffer.concat([latin1('BM'), hex('36000c00 00000000 36000000')]));

/** Shapes or their index: the same header, another first record. */
export function shape(first: number): Buffer {
  const file = zeros(200);
  file.writeInt32BE(9994, 0);
  file.writeInt32BE(100, 24);
  file.writeInt32LE(1000, 28);
  file.writeInt32LE(1, 32);
  file.writeInt32BE(first, 100);
  return file;
}

export function dbf(): Buffer {
  const file = zeros(200);
  file.set([0x03, 126, 11, 21]);
  file.writeUInt32LE(1, 4);
  file.writeUInt16LE(65, 8);
  file.writeUInt16LE(11, 10);
  return file;
}

export const spatialIndex = padded(hex('0000270a fffffe70'));

/** A compound file of version 3 with streams of these names at its root; `embedded:` ones are further inside. */
export function compoundFile(...names: string[]): Buffer {
  const entry = (name: string, type: number, left: number, right: number, child: number): Buffer => {
    const octets = zeros(128);
    octets.write(name, 0, 'utf16le');
    octets.writeUInt16LE((name.length + 1) * 2, 64);
    octets[66] = type;
    octets.writeUInt32LE(left, 68);
    octets.writeUInt32LE(right, 72);
    octets.writeUInt32LE(child, 76);
    return octets;
  };
  const none = 0xffff_ffff;
  const atRoot = names.filter((name) => !name.startsWith('embedded:')).length;
  // A tree that bends now to the one side and now to the other.
  const member = (name: string, index: number): Buffer => {
    const next = index + 2 <= atRoot ? index + 2 : none;
    const [left, right] = index % 2 === 0 ? [none, next] : [next, none];
    return entry(name.replace('embedded:', ''), 2, left, right, none);
  };
  const entries = [entry('Root Entry', 5, none, none, atRoot > 0 ? 1 : none), ...names.map(member)];
  const sectors = Math.ceil(entries.length / 4);
  const directory = padded(Buffer.concat(entries), sectors * 512);
  const header = zeros(512);
  hex('d0cf11e0a1b11ae1').copy(header);
  header.writeUInt16LE(3, 26);
  header.writeUInt16LE(9, 30);
  header.writeUInt32LE(1, 44);
  header.writeUInt32LE(1, 48);
  header.writeUInt32LE(0xffff_fffe, 68);
  header.fill(0xff, 76);
  header.writeUInt32LE(0, 76);
  const table = Buffer.alloc(512, 0xff);
  table.writeUInt32LE(0xffff_fffd, 0);
  for (let sector = 1; sector <= sectors; sector++) {
    table.writeUInt32LE(sector === sectors ? 0xffff_fffe : sector + 1, sector * 4);
  }
  return Buffer.concat([header, table, directory]);
}

/** DER: tag, length, content. */
export function der(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const length = body.length < 0x80 ? Buffer.from([body.length]) : Buffer.from([0x82, body.length >> 8, body.length]);
  return Buffer.concat([Buffer.from([tag]), length, body]);
}

const SIGNED_DATA = hex('06092a864886f70d010702');
const ENVELOPED_DATA = hex('06092a864886f70d010703');
const TIME_STAMP_INFO = hex('060b2a864886f70d0109100104');
const one = der(0x02, Buffer.from([1]));

export const certificate = der(
  0x30,
  der(0x30, der(0xa0, der(0x02, Buffer.from([2]))), one, der(0x30, zeros(300))),
  der(0x30, hex('06092a864886f70d01010b')),
  der(0x03, zeros(257)),
);
export const signedData = der(0x30, SIGNED_DATA, der(0xa0, der(0x30, one, der(0x31), der(0x30, zeros(200)))));
export const envelopedData = der(0x30, ENVELOPED_DATA, der(0xa0, der(0x30, zeros(200))));
/** BER of indefinite length, as streaming signers write it. */
export const signedDataBer = Buffer.concat([hex('3080'), SIGNED_DATA, hex('a080'), zeros(300)]);
export const timeStampToken = der(
  0x30,
  SIGNED_DATA,
  der(0xa0, der(0x30, one, der(0x31), der(0x30, TIME_STAMP_INFO, zeros(200)))),
);
export const timeStampResponse = der(0x30, der(0x30, der(0x02, Buffer.from([0]))), timeStampToken);

export function pem(label: string, content: Buffer): Buffer {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return Buffer.from([`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n'));
}

const xml = (root: string): Buffer => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<!-- účet -->\n${root}`);
export const isdoc = xml(
  '<Invoice xmlns="http://isdoc.cz/namespace/2013" version="6.0.1"><ID>2026-0815</ID></Invoice>',
);
export const gml = xml('<ogr:FeatureCollection xmlns:gml="http://www.opengis.net/gml"></ogr:FeatureCollection>');
export const gfs = xml('<GMLFeatureClassList><GMLFeatureClass/></GMLFeatureClassList>');
export const schema = xml('<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"></xs:schema>');
export const form = xml('<form xmlns="urn:formulář"><pole>žluť</pole></form>');

export const page = (body: string): Buffer =>
  Buffer.from(`<!DOCTYPE html><html><head></head><body>${body}</body></html>`);

const office = (folder: string, ...more: Member[]): Buffer =>
  zip([
    { name: '[Content_Types].xml', data: '<Types/>' },
    { name: '_rels/.rels', data: '<Relationships/>' },
    { name: `${folder}/document.xml`, data: '<w/>' },
    ...more,
  ]);
export const docx = office('word');
export const xlsx = office('xl');
export const pptx = office('ppt');

/** OpenDocument and ASiC: the type comes first and is not packed. */
const typed = (type: string, ...members: Member[]): Buffer =>
  zip([{ name: 'mimetype', data: type, method: 0 }, ...members]);

export const openDocument = (kind: string): Buffer =>
  typed(`application/vnd.oasis.opendocument.${kind}`, { name: 'content.xml', data: '<office/>' });

export const asicE = (...members: Member[]): Buffer =>
  typed(
    'application/vnd.etsi.asic-e+zip',
    { name: 'smlouva.pdf', data: pdf },
    ...members,
    { name: 'META-INF/manifest.xml', data: '<manifest:manifest xmlns:manifest="x"/>' },
    { name: 'META-INF/signatures001.xml', data: '<?xml version="1.0"?><XAdESSignatures/>' },
  );
export const asicS = typed(
  'application/vnd.etsi.asic-s+zip',
  { name: 'smlouva.pdf', data: pdf },
  { name: 'META-INF/signature.p7s', data: signedData },
);
export const isdocx = zip([
  { name: 'faktura.isdoc', data: isdoc },
  { name: 'manifest.xml', data: '<manifest/>' },
  { name: 'faktura.pdf', data: pdf },
]);
