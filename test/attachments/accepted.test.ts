/** Files that travel, and the content type that ISDS is told. */
import { expect, test } from 'vitest';
import { extensionOf, formatOf, formats, checkFiles } from '../../src/attachments/index.ts';
import * as sample from './samples.ts';
import { fileOf } from './samples.ts';
import { zip } from './zip-maker.ts';

const limits = { maxFiles: 50, maxTotalOctets: 20_000_000 };
const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
const windows1250 = Buffer.from('50f8ed6c69b920be6c759d6f75e86bfd206bf9f2', 'hex');

const untyped = (...proofs: string[]): Buffer =>
  zip([
    { name: 'smlouva.pdf', data: sample.pdf },
    ...proofs.map((name) => ({
      name: `META-INF/${name}`,
      data: name.endsWith('.tst') ? sample.timeStampToken : '<x/>',
    })),
  ]);

const accepted: readonly (readonly [what: string, name: string, content: Buffer | string, type: string])[] = [
  ['a PDF', 'Žaloba.pdf', sample.pdf, 'application/pdf'],
  ['a PDF in capitals', 'ŽALOBA.PDF', sample.pdf, 'application/pdf'],
  [
    'a PDF behind what a printer put first',
    'tisk.pdf',
    Buffer.concat([Buffer.alloc(900), sample.pdf]),
    'application/pdf',
  ],
  ['a PDF with a byte order mark', 'export.pdf', `\ufeff${sample.pdf.toString()}`, 'application/pdf'],
  ['a PDF behind the commands of a printer', 'tisk.pdf', `@PJL JOB\r\n${sample.pdf.toString()}`, 'application/pdf'],
  ['a text about PDF', 'návod.txt', 'Soubor začíná takto:\n%PDF-1.7\n', 'text/plain'],
  ['a PNG', 'sken.png', sample.png, 'image/png'],
  ['a GIF', 'plánek.gif', sample.gif, 'image/gif'],
  ['a JPEG', 'nehoda.jpg', sample.jpeg, 'image/jpeg'],
  ['a JPEG under its rarest name', 'nehoda.jfif', sample.jpeg, 'image/jpeg'],
  ['a TIFF', 'sken.tif', sample.tiff, 'image/tiff'],
  ['a BigTIFF', 'mapa.tiff', sample.bigTiff, 'image/tiff'],
  ['a photograph of a telephone', 'IMG_0815.HEIC', sample.isoMedia('heic'), 'image/heic'],
  ['a photograph with the general brand', 'foto.heif', sample.isoMedia('mif1', 'mif1heic'), 'image/heif'],
  ['a recording', 'výslech.wav', sample.wav, 'audio/wav'],
  ['an MP3 with a tag', 'výslech.mp3', sample.mp3Tagged, 'audio/mpeg'],
  ['an MP3 without a tag', 'výslech.mp3', sample.mp3Plain, 'audio/mpeg'],
  ['sound of layer II', 'hlášení.mp2', sample.mp2Plain, 'audio/mpeg'],
  ['a film', 'kamera.mp4', sample.isoMedia('isom'), 'video/mp4'],
  ['sound that is called a film', 'diktát.mp4', sample.isoMedia('M4A '), 'audio/mp4'],
  ['sound in a film’s container', 'diktát.m4a', sample.isoMedia('M4A '), 'audio/mp4'],
  ['an MPEG film', 'kamera.mpg', sample.mpegStream, 'video/mpeg'],
  ['a drawing of AutoCAD 2007', 'půdorys.dwg', sample.dwg('AC1021'), 'image/vnd.dwg'],
  ['a drawing of AutoCAD 2018', 'půdorys.dwg', sample.dwg('AC1032'), 'image/vnd.dwg'],
  ['a design of MicroStation V7', 'trasa.dgn', sample.dgnV7, 'application/octet-stream'],
  ['a design of MicroStation V8', 'trasa.dgn', sample.compoundFile('Dgn~H'), 'application/octet-stream'],
  ['a Word 97 document', 'dopis.doc', sample.compoundFile('1Table', 'Data', 'WordDocument'), 'application/msword'],
  ['RTF that Word saved as .doc', 'dopis.doc', sample.rtf, 'application/msword'],
  ['an RTF', 'dopis.rtf', sample.rtf, 'application/msword'],
  ['an Excel 97 workbook', 'rozpočet.xls', sample.compoundFile('Workbook'), 'application/vnd.ms-excel'],
  ['an Excel 5 workbook', 'rozpočet.xls', sample.compoundFile('Book'), 'application/vnd.ms-excel'],
  [
    'a PowerPoint 97',
    'zastupitelstvo.ppt',
    sample.compoundFile('PowerPoint Document'),
    'application/vnd.ms-powerpoint',
  ],
  ['a Word document', 'dopis.docx', sample.docx, formatOf('a.docx')!.types[0]],
  [
    'an encrypted Word document',
    'mzdy.docx',
    sample.compoundFile('EncryptionInfo', 'EncryptedPackage'),
    'application/encrypted',
  ],
  ['an encrypted workbook', 'mzdy.xlsx', sample.compoundFile('EncryptedPackage'), 'application/encrypted'],
  ['an Excel workbook', 'rozpočet.xlsx', sample.xlsx, formatOf('a.xlsx')!.types[0]],
  ['a presentation', 'návrh.pptx', sample.pptx, formatOf('a.pptx')!.types[0]],
  ['an OpenDocument text', 'dopis.odt', sample.openDocument('text'), 'application/vnd.oasis.opendocument.text'],
  ['a page saved as OpenDocument', 'dopis.odt', sample.openDocument('text-web'), formatOf('a.odt')!.types[0]],
  ['a template saved as a text', 'dopis.odt', sample.openDocument('text-template'), formatOf('a.odt')!.types[0]],
  ['an OpenDocument table', 'rozpočet.ods', sample.openDocument('spreadsheet'), formatOf('a.ods')!.types[0]],
  ['an OpenDocument presentation', 'návrh.odp', sample.openDocument('presentation'), formatOf('a.odp')!.types[0]],
  ['an invoice', 'faktura.isdoc', sample.isdoc, 'text/isdoc'],
  ['a packed invoice', 'faktura.isdocx', sample.isdocx, 'text/isdocx'],
  ['an extended ASiC container', 'spis.asice', sample.asicE(), 'application/vnd.etsi.asic-e+zip'],
  ['an ASiC container under its short name', 'spis.sce', sample.asicE(), 'application/vnd.etsi.asic-e+zip'],
  ['a simple ASiC container', 'spis.asics', sample.asicS, 'application/vnd.etsi.asic-s+zip'],
  [
    'an extended ASiC container without its type',
    'spis.asics',
    untyped('manifest.xml', 'signatures.xml'),
    'application/vnd.etsi.asic-e+zip',
  ],
  [
    'a simple ASiC container without its type',
    'spis.asice',
    untyped('timestamp.tst'),
    'application/vnd.etsi.asic-s+zip',
  ],
  ['a simple ASiC container called extended', 'spis.asice', sample.asicS, 'application/vnd.etsi.asic-s+zip'],
  [
    'a ZIP archive',
    'spis.zip',
    zip([
      { name: 'složka/', method: 0 },
      { name: 'složka/žaloba.pdf', data: sample.pdf },
    ]),
    'application/zip',
  ],
  [
    'a ZIP archive with documents that are ZIP archives themselves',
    'spis.zip',
    zip([
      { name: 'dopis.docx', data: sample.docx, method: 0 },
      { name: 'faktura.isdocx', data: sample.isdocx },
      { name: 'DZ.zfo', data: zip([{ name: 'form.xml' }]), method: 0 },
    ]),
    'application/zip',
  ],
  [
    'a ZIP archive with two names that only their code page tells apart',
    'spis.zip',
    zip(['\x9f', '\xa7'].map((letter) => ({ name: Buffer.from(`${letter}.txt`, 'latin1'), data: 'text', flags: 0 }))),
    'application/zip',
  ],
  ['a form', 'žádost.fo', sample.form, 'application/vnd.software602.filler.form+xml'],
  ['a packed form', 'žádost.zfo', zip([{ name: 'form.xml', data: '<form/>' }]), formatOf('a.zfo')!.types[0]],
  ['a saved data message', 'DZ_815.zfo', sample.signedDataBer, formatOf('a.zfo')!.types[0]],
  ['a certificate', 'úřad.cer', sample.certificate, 'application/x-x509-ca-cert'],
  ['a certificate in PEM', 'úřad.crt', sample.pem('CERTIFICATE', sample.certificate), 'application/x-x509-ca-cert'],
  [
    'a certificate with OpenSSL’s explanation',
    'úřad.crt',
    `Certificate:\n    Data:\n${sample.pem('CERTIFICATE', sample.certificate).toString()}`,
    'application/x-x509-ca-cert',
  ],
  [
    'a certificate in base64 without a label',
    'úřad.cer',
    sample.certificate.toString('base64'),
    'application/x-x509-ca-cert',
  ],
  ['a detached signature', 'smlouva.pdf.p7s', sample.signedData, 'application/pkcs7-signature'],
  ['an enveloped message', 'důvěrné.p7m', sample.envelopedData, 'application/pkcs7-mime'],
  ['certificates in PEM', 'řetěz.p7b', sample.pem('PKCS7', sample.signedData), 'application/pkcs7-certificates'],
  ['a time stamp token', 'razítko.tst', sample.timeStampToken, 'application/timestamp-reply'],
  ['the answer of a time stamp authority', 'razítko.tsr', sample.timeStampResponse, 'application/timestamp-reply'],
  ['an XML', 'podání.xml', sample.form, 'application/xml'],
  ['an XML in UTF-16', 'podání.xml', utf16('<?xml version="1.0"?><podání/>'), 'application/xml'],
  ['an XML in UTF-16, high octet first', 'podání.xml', utf16('<podání/>').swap16(), 'application/xml'],
  ['an XML in UTF-16 without a mark', 'podání.xml', utf16('<podání/>').subarray(2), 'application/xml'],
  [
    'an XML in UTF-16 without a mark, high octet first',
    'podání.xml',
    utf16('<podání/>').swap16().subarray(2),
    'application/xml',
  ],
  ['an XML without a declaration', 'podání.xml', '<podání věc="žaloba"/>', 'application/xml'],
  ['a schema', 'podání.xsd', sample.schema, 'application/xml'],
  ['a GML', 'parcely.gml', sample.gml, 'application/xml'],
  ['a GFS', 'parcely.gfs', sample.gfs, 'application/xml'],
  ['shapes', 'parcely.shp', sample.shape(1), 'application/octet-stream'],
  ['an index of shapes', 'parcely.shx', sample.shape(50), 'application/octet-stream'],
  ['no shapes', 'parcely.shp', sample.shape(1).subarray(0, 100), 'application/octet-stream'],
  ['a table of shapes', 'parcely.dbf', sample.dbf(), 'application/octet-stream'],
  ['a spatial index', 'parcely.sbn', sample.spatialIndex, 'application/octet-stream'],
  ['a quad tree', 'parcely.qix', sample.padded('SQT\x01\x01'), 'application/octet-stream'],
  ['a projection', 'parcely.prj', 'PROJCS["S-JTSK / Krovak East North"]', 'application/octet-stream'],
  ['data of a tachograph', 'řidič.ddd', sample.padded(Buffer.from('000200001900', 'hex')), 'application/octet-stream'],
  ['a text', 'poznámka.txt', 'Příliš žluťoučký kůň', 'text/plain'],
  ['a text of old Windows', 'poznámka.txt', windows1250, 'text/plain'],
  ['a text in UTF-16', 'poznámka.txt', utf16('Příliš žluťoučký kůň'), 'text/plain'],
  ['a text that begins like a program', 'obce.txt', 'MZDY;ÚHRN\n', 'text/plain'],
  ['a table', 'obce.csv', 'obec;počet\nPraha;1\n', 'text/csv'],
  ['JSON', 'data.json', '{"věc": "žaloba"}', 'application/json'],
  ['JSON that is one word', 'data.json', 'null\n', 'application/json'],
  ['EDIFACT', 'objednávka.edi', 'UNB+UNOC:3+8590000000000', 'application/edifact'],
  ['X12', 'objednávka.edi', 'ISA*00*          *', 'application/edi-x12'],
  ['an order in XML', 'objednávka.edi', sample.form, 'application/xml'],
  ['a page', 'zápis.html', sample.page('<p>Zápis</p>'), 'text/html'],
  ['a piece of a page', 'zápis.html', '<p>Zápis', 'text/html'],
  ['a page that speaks of scripts', 'zápis.htm', sample.page('<p>&lt;script&gt;, objekt, &lt;iframe</p>'), 'text/html'],
];

test.each(accepted)('%s travels: %s', async (_, name, content, type) => {
  expect(await checkFiles([fileOf(name, content)], limits)).toEqual({ problems: [], mimeTypes: [type] });
  expect(formatOf(name)!.types).toContain(type);
});

/** Other names of what is tried above. */
const aliases: Readonly<Record<string, string>> = {
  der: 'cer',
  jpeg: 'jpg',
  m4p: 'm4a',
  m4v: 'mp4',
  mpeg: 'mpg',
  mpeg1: 'mpg',
  mpeg2: 'mpg',
  p7c: 'p7m',
  p7f: 'p7s',
  pk7: 'p7m',
  sbx: 'sbn',
  scs: 'asics',
};

test.each(Object.entries(aliases))('.%s is taken like .%s', async (alias, extension) => {
  const content = accepted.find(([, name]) => extensionOf(name) === extension)?.[2] ?? '';
  expect((await checkFiles([fileOf(`soubor.${alias}`, content)], limits)).problems).toEqual([]);
});

test('every format that ISDS takes is tried', () => {
  const tried = new Set([...accepted.map(([, name]) => extensionOf(name) ?? ''), ...Object.keys(aliases)]);
  expect(Object.keys(formats).filter((extension) => !tried.has(extension))).toEqual([]);
});

test('at least forty kinds of files are tried', () => {
  expect(accepted.length).toBeGreaterThanOrEqual(40);
});
