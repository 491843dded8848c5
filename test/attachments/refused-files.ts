/** Files that ISDS would not take, and what their sender is told, line by line. */
import * as sample from './samples.ts';
import { zip } from './zip-maker.ts';

export type Row = readonly [what: string, name: string, content: Buffer | string, ...answer: string[]];

const utf16le = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
const utf16be = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
const unrecognised = (name: string): string =>
  `Obsah souboru „${name}“ neodpovídá příponě .${name.split('.').at(-1)}, nebo je soubor poškozen. Otevřete ho v programu, který ho vytvořil, a uložte znovu.`;
export const misnamed = (name: string, found: string, right: string): string =>
  `Soubor „${name}“ má příponu .${name.split('.').at(-1)}, ale podle obsahu je to ${found}. Přejmenujte ho s příponou ${right}.`;
export const disguised = (name: string, found: string): string =>
  `Soubor „${name}“ má příponu .${name.split('.').at(-1)}, ale podle obsahu je to ${found}, a ten ISDS nepřijímá. Vynechte ho, nebo ho převeďte například do PDF.`;
export const foreign = (name: string): string =>
  `Soubor „${name}“: ISDS formát .${name.split('.').at(-1)} nepřijímá. Převeďte ho například do PDF.`;

export const names: readonly Row[] = [
  ...[
    'eml',
    'msg',
    'ics',
    'vcf',
    'svg',
    'webp',
    'bmp',
    'rar',
    '7z',
    'exe',
    'bat',
    'js',
    'docm',
    'xlsm',
    'avi',
    'mov',
  ].map((extension): Row => [`.${extension}`, `příloha.${extension}`, 'x', foreign(`příloha.${extension}`)]),
  [
    'no extension',
    'Smlouva',
    Buffer.from('81a2ff00113f9a0b44cc01ff8899aabb', 'hex'),
    'Soubor „Smlouva“ nemá příponu. Pojmenujte ho s příponou podle obsahu, například .pdf.',
  ],
  ['nothing in it', 'prázdný.pdf', '', 'Soubor „prázdný.pdf“ je prázdný. Vynechte ho.'],
  ['foreign and empty', 'prázdný.exe', '', foreign('prázdný.exe'), 'Soubor „prázdný.exe“ je prázdný. Vynechte ho.'],
];

export const contents: readonly Row[] = [
  ['a program as PDF', 'faktura.pdf', sample.program, disguised('faktura.pdf', 'spustitelný program')],
  ['a program as text', 'čtimě.txt', sample.program, disguised('čtimě.txt', 'spustitelný program')],
  ['a program as tachograph data', 'řidič.ddd', sample.program, disguised('řidič.ddd', 'spustitelný program')],
  ['a program of Linux', 'data.qix', sample.padded('\x7fELF\x02\x01'), disguised('data.qix', 'spustitelný program')],
  ['a PNG as JPEG', 'foto.jpg', sample.png, misnamed('foto.jpg', 'PNG', '.png')],
  ['a JPEG as PNG', 'foto.png', sample.jpeg, misnamed('foto.png', 'JPEG', '.jpg')],
  ['a HEIC as JPEG', 'foto.jpg', sample.isoMedia('heic'), misnamed('foto.jpg', 'HEIC', '.heic')],
  ['a WebP as JPEG', 'foto.jpg', sample.webp, disguised('foto.jpg', 'WebP')],
  ['an AVIF as HEIC', 'foto.heic', sample.isoMedia('mif1', 'mif1avif'), disguised('foto.heic', 'AVIF')],
  ['a BMP as TIFF', 'sken.tif', sample.bmp, disguised('sken.tif', 'BMP')],
  ['a QuickTime film as MP4', 'kamera.mp4', sample.isoMedia('qt  '), disguised('kamera.mp4', 'QuickTime')],
  ['an MP4 as MP3', 'hlas.mp3', sample.isoMedia('M4A '), misnamed('hlas.mp3', 'MP4 se zvukem', '.m4a')],
  ['an MP3 as WAV', 'hlas.wav', sample.mp3Tagged, misnamed('hlas.wav', 'MP3', '.mp3')],
  ['a PDF as Word', 'dopis.docx', sample.pdf, misnamed('dopis.docx', 'PDF', '.pdf')],
  ['a text as PDF', 'dopis.pdf', 'Dobrý den', unrecognised('dopis.pdf')],
  ['noise as PDF', 'dopis.pdf', sample.padded('\x01\x02\x03\x04'), unrecognised('dopis.pdf')],
  ['a PDF as text', 'dopis.txt', sample.pdf, misnamed('dopis.txt', 'PDF', '.pdf')],
  ['noise as text', 'dopis.txt', sample.padded('\x01\x02\x03\x04'), unrecognised('dopis.txt')],
  [
    'a Word 97 document as DOCX',
    'dopis.docx',
    sample.compoundFile('WordDocument'),
    misnamed('dopis.docx', 'Microsoft Word 97–2003', '.doc'),
  ],
  ['a DOCX as Word 97', 'dopis.doc', sample.docx, misnamed('dopis.doc', 'Microsoft Word', '.docx')],
  ['a DOCX as XLSX', 'tabulka.xlsx', sample.docx, misnamed('tabulka.xlsx', 'Microsoft Word', '.docx')],
  ['a DOCX as ZIP', 'spis.zip', sample.docx, misnamed('spis.zip', 'Microsoft Word', '.docx')],
  ['a ZIP as DOCX', 'dopis.docx', zip([{ name: 'a.pdf', data: sample.pdf }]), misnamed('dopis.docx', 'ZIP', '.zip')],
  ['a Word document cut short', 'dopis.docx', sample.docx.subarray(0, 200), unrecognised('dopis.docx')],
  [
    'an encrypted DOCX as DOC',
    'mzdy.doc',
    sample.compoundFile('EncryptedPackage'),
    misnamed('mzdy.doc', 'zaheslovaný dokument Office', '.docx, .xlsx nebo .pptx'),
  ],
  [
    'an Outlook message as DOC',
    'zpráva.doc',
    sample.compoundFile('__properties_version1.0'),
    disguised('zpráva.doc', 'zpráva programu Outlook'),
  ],
  ['an unknown compound file as DOC', 'dopis.doc', sample.compoundFile('Neznámý'), unrecognised('dopis.doc')],
  [
    'an Excel workbook with a Word document inside as Word',
    'x.doc',
    sample.compoundFile('Workbook', 'embedded:WordDocument'),
    misnamed('x.doc', 'Microsoft Excel 97–2003', '.xls'),
  ],
  ['a page as Excel', 'výpis.xls', sample.page('<table></table>'), misnamed('výpis.xls', 'HTML', '.html')],
  ['a text table as Excel', 'výpis.xls', 'a;b\n1;2\n', unrecognised('výpis.xls')],
  [
    'an ODS as ODT',
    'dopis.odt',
    sample.openDocument('spreadsheet'),
    misnamed('dopis.odt', 'tabulka OpenDocument', '.ods'),
  ],
  [
    'an old drawing',
    'půdorys.dwg',
    sample.dwg('AC1015'),
    'Výkres „půdorys.dwg“ je ve starém formátu. Uložte ho ve formátu AutoCAD 2007 nebo novějším.',
  ],
  [
    'a drawing of AutoCAD 2004',
    'půdorys.dwg',
    sample.dwg('AC1018'),
    'Výkres „půdorys.dwg“ je ve starém formátu. Uložte ho ve formátu AutoCAD 2007 nebo novějším.',
  ],
  ['a plain XML as invoice', 'faktura.isdoc', sample.form, misnamed('faktura.isdoc', 'XML', '.xml')],
  [
    'a ZIP without an invoice',
    'faktura.isdocx',
    zip([{ name: 'a.pdf', data: sample.pdf }]),
    misnamed('faktura.isdocx', 'ZIP', '.zip'),
  ],
  ['a text as XML', 'podání.xml', 'Dobrý den', unrecognised('podání.xml')],
  ['a PNG as XML', 'podání.xml', sample.png, misnamed('podání.xml', 'PNG', '.png')],
  ['a text as JSON', 'data.json', 'Dobrý den', unrecognised('data.json')],
  ['an XML as JSON', 'data.json', sample.form, misnamed('data.json', 'XML', '.xml')],
  ['a ZIP as CSV', 'obce.csv', zip([{ name: 'a.pdf' }]), misnamed('obce.csv', 'ZIP', '.zip')],
  ['a signature as certificate', 'úřad.cer', sample.signedData, misnamed('úřad.cer', 'PKCS #7', '.p7m')],
  ['a certificate as signature', 'podpis.p7s', sample.certificate, misnamed('podpis.p7s', 'certifikát X.509', '.cer')],
  ['an AAC as MP3', 'hlas.mp3', sample.aac, unrecognised('hlas.mp3')],
  [
    'a certificate with more behind',
    'úřad.cer',
    Buffer.concat([sample.certificate, Buffer.alloc(9)]),
    unrecognised('úřad.cer'),
  ],
  ['a certificate cut short', 'úřad.cer', sample.certificate.subarray(0, 300), unrecognised('úřad.cer')],
  ['a private key as certificate', 'úřad.crt', sample.pem('PRIVATE KEY', Buffer.alloc(64)), unrecognised('úřad.crt')],
  [
    'a certificate as time stamp',
    'razítko.tsr',
    sample.certificate,
    misnamed('razítko.tsr', 'certifikát X.509', '.cer'),
  ],
  ['a PDF as saved data message', 'DZ_815.zfo', sample.pdf, misnamed('DZ_815.zfo', 'PDF', '.pdf')],
  ['an index as shapes', 'parcely.shp', sample.shape(50), misnamed('parcely.shp', 'rejstřík Esri Shapefile', '.shx')],
  ['shapes as an index', 'parcely.shx', sample.shape(1), misnamed('parcely.shx', 'Esri Shapefile', '.shp')],
  ['a text as dBase', 'parcely.dbf', 'obec', unrecognised('parcely.dbf')],
  ['a RAR as ZIP', 'spis.zip', sample.rar, disguised('spis.zip', 'archiv RAR')],
  [
    'a 7-Zip as ZIP',
    'spis.zip',
    sample.padded(Buffer.from('377abcaf271c0004', 'hex')),
    disguised('spis.zip', 'archiv 7-Zip'),
  ],
  [
    'a self-extracting ZIP',
    'spis.zip',
    Buffer.concat([sample.program, zip([{ name: 'a.pdf', data: sample.pdf }])]),
    disguised('spis.zip', 'spustitelný program'),
  ],
  [
    'winmail.dat as text',
    'winmail.txt',
    sample.padded(Buffer.from('789f3e220100', 'hex')),
    disguised('winmail.txt', 'winmail.dat programu Outlook'),
  ],
];

export const active = (name: string, element: string): string =>
  `Stránka „${name}“ obsahuje prvek ${element}, který ISDS nepřijímá. Uložte ji jako PDF.`;

export const pages: readonly Row[] = [
  ['a script', 'zápis.html', sample.page('<script>alert(1)</script>'), active('zápis.html', '<script>')],
  ['a script in capitals', 'zápis.htm', sample.page('<SCRIPT SRC=x>'), active('zápis.htm', '<script>')],
  ['a frame', 'zápis.html', sample.page('<iframe src="x">'), active('zápis.html', '<iframe>')],
  ['an object', 'zápis.html', sample.page('<oBjEcT data="x">'), active('zápis.html', '<object>')],
  ['a script inside an attribute', 'zápis.html', sample.page('<p title="<script>">'), active('zápis.html', '<script>')],
  ['a script inside a comment', 'zápis.html', sample.page('<!-- <script> -->'), active('zápis.html', '<script>')],
  ['a script in UTF-16, low octet first', 'zápis.html', utf16le('<html><script>'), active('zápis.html', '<script>')],
  ['a script in UTF-16, high octet first', 'zápis.html', utf16be('<html><sCrIpT>'), active('zápis.html', '<script>')],
  [
    'a script after half a megabyte',
    'zápis.html',
    sample.page(`${'ž'.repeat(131_000)}<script>`),
    active('zápis.html', '<script>'),
  ],
  [
    'a frame across the edge of a block',
    'zápis.html',
    Buffer.from(`<p>${'a'.repeat(262_138)}<iframe>`),
    active('zápis.html', '<iframe>'),
  ],
];
