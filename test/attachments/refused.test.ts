/** Files that stay at home, and what the sender is told. */
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { judgeFiles } from '../../src/attachments/index.ts';
import { Refused, Wording } from '../../src/core/index.ts';
import * as sample from './samples.ts';
import { fileOf } from './samples.ts';
import { type Member, type Shape, zip } from './zip-maker.ts';

const limits = { maxFiles: 50, maxTotalOctets: 20_000_000 };

/** What stands in the answer, without the session. */
async function answerTo(name: string, content: Buffer | string): Promise<readonly string[]> {
  const { problems } = await judgeFiles([fileOf(name, content)], limits);
  const [first, ...others] = problems;
  if (first === undefined) return [];
  const [text = '', ...more] = new Wording('cs').refusals(new Refused(first.reason, first.facts, { others }), 'bcdf');
  return [text.replace(/ \(relace.*/, ''), ...more];
}

type Row = readonly [what: string, name: string, content: Buffer | string, ...answer: string[]];

const utf16le = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
const utf16be = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
const unrecognised = (name: string): string =>
  `Obsah souboru „${name}“ neodpovídá příponě .${name.split('.').at(-1)}, nebo je soubor poškozen. Otevřete ho v programu, který ho vytvořil, a uložte znovu.`;
const misnamed = (name: string, found: string, right: string): string =>
  `Soubor „${name}“ má příponu .${name.split('.').at(-1)}, ale obsah odpovídá formátu ${found}. Přejmenujte ho s příponou ${right}.`;
const disguised = (name: string, found: string): string =>
  `Soubor „${name}“ má příponu .${name.split('.').at(-1)}, ale obsah odpovídá formátu ${found}, který ISDS nepřijímá. Převeďte ho například do PDF.`;
const foreign = (name: string): string =>
  `Soubor „${name}“: ISDS formát .${name.split('.').at(-1)} nepřijímá. Převeďte ho například do PDF.`;

const names: readonly Row[] = [
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
    sample.pdf,
    'Soubor „Smlouva“ nemá příponu. Pojmenujte ho s příponou podle obsahu, například .pdf.',
  ],
  ['nothing in it', 'prázdný.pdf', '', 'Soubor „prázdný.pdf“ je prázdný. Vynechte ho.'],
  ['foreign and empty', 'prázdný.exe', '', foreign('prázdný.exe'), 'Soubor „prázdný.exe“ je prázdný. Vynechte ho.'],
];

const contents: readonly Row[] = [
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
  ['a template as ODT', 'dopis.odt', sample.openDocument('text-template'), misnamed('dopis.odt', 'ZIP', '.zip')],
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

const active = (name: string, element: string): string =>
  `Stránka „${name}“ obsahuje prvek ${element}, který ISDS nepřijímá. Uložte ji jako PDF.`;

const pages: readonly Row[] = [
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

const pdfMember = { name: 'žaloba.pdf', data: sample.pdf };
const spis = (members: readonly Member[], shape: Shape = {}): Buffer => zip([pdfMember, ...members], shape);
const damaged = (problem: string): string => `Archiv „spis.zip“ je poškozen: ${problem}. Vytvořte ho znovu.`;
const nested = (inner: string): string =>
  `Archiv „spis.zip“ obsahuje další archiv „${inner}“, takový ISDS nepřijímá. Vnitřní archiv nejdřív rozbalte.`;
const systemFile = (inner: string): string =>
  `Archiv „spis.zip“ obsahuje pomocné soubory systému („${inner}“), které ISDS nepřijímá. Smažte je z archivu, nebo pošlete soubory bez archivu.`;
const unsafe = (inner: string): string =>
  `Archiv „spis.zip“ obsahuje položku s nedovolenou cestou „${inner}“. Vytvořte archiv znovu z obyčejné složky.`;
const password = 'Archiv „spis.zip“ je chráněn heslem, takový ISDS nepřijímá. Zabalte soubory bez hesla.';
const part =
  'Archiv „spis.zip“ je jen díl rozděleného archivu. Vytvořte archiv v jednom souboru, nebo více menších samostatných archivů.';
const thousand = Array.from({ length: 1000 }, (_, index) => ({ name: `strana ${index}.txt`, data: 'text' }));
const unsigned = (name: string): string =>
  `Soubor „${name}“ není podepsaný kontejner ASiC. Nechte ho vytvořit podpisovým programem, nebo soubory pošlete v archivu .zip.`;
const compression = (inner: string): string =>
  `Archiv „spis.zip“ používá u souboru „${inner}“ kompresi, kterou ISDS nepřijímá. Vytvořte archiv s běžnou kompresí (Deflate).`;

const archives: readonly Row[] = [
  ['encrypted', 'spis.zip', spis([{ name: 'a.pdf', data: 'x', method: 0, flags: 1 }]), password],
  ['encrypted with AES', 'spis.zip', spis([{ name: 'a.pdf', data: 'x', method: 99, flags: 1 }]), password],
  ['encrypted, names too', 'spis.zip', spis([{ name: '1', data: 'x', method: 0, flags: 0x2041 }]), password],
  ['encrypted strongly', 'spis.zip', spis([{ name: 'a.pdf', data: 'x', method: 0, flags: 0x40 }]), password],
  ['with hidden names', 'spis.zip', spis([{ name: 'a.pdf', data: 'x', method: 0, flags: 0x2000 }]), password],
  ['a part with fewer files than the whole', 'spis.zip', spis([], { entriesHere: 0 }), part],
  ['the last part of several', 'spis.zip', spis([], { disk: 2 }), part],
  ['the first part of several', 'spis.zip', sample.padded('PK\x07\x08PK\x03\x04'), part],
  [
    'a file that begins on another part',
    'spis.zip',
    spis([{ name: 'a.pdf', data: sample.pdf, central: { disk: 1 } }]),
    part,
  ],
  ['a ZIP in a ZIP', 'spis.zip', spis([{ name: 'další.zip', data: 'x' }]), nested('další.zip')],
  ['an ASiC in a ZIP', 'spis.zip', spis([{ name: 'podklady/další.asice', data: 'x' }]), nested('podklady/další.asice')],
  [
    'a ZIP disguised in a ZIP',
    'spis.zip',
    spis([{ name: 'další.pdf', data: zip([pdfMember]) }]),
    misnamed('spis.zip/další.pdf', 'ZIP', '.zip'),
  ],
  ['a program inside', 'spis.zip', spis([{ name: 'instalace.exe', data: 'MZ' }]), foreign('spis.zip/instalace.exe')],
  [
    'a program disguised inside',
    'spis.zip',
    spis([{ name: 'faktura.pdf', data: sample.program }]),
    disguised('spis.zip/faktura.pdf', 'spustitelný program'),
  ],
  [
    'a stored program disguised inside',
    'spis.zip',
    spis([{ name: 'a/faktura.txt', data: sample.program, method: 0 }]),
    disguised('spis.zip/a/faktura.txt', 'spustitelný program'),
  ],
  [
    'a script in a page inside',
    'spis.zip',
    spis([{ name: 'zápis.html', data: sample.page('<SCRIPT>') }]),
    active('spis.zip/zápis.html', '<script>'),
  ],
  [
    'a file whose name Windows wrote in the code page of DOS',
    'spis.zip',
    spis([{ name: Buffer.from('p\xfd\xa1loha \x9f.exe', 'latin1'), data: 'MZ', flags: 0 }]),
    foreign('spis.zip/příloha č.exe'),
  ],
  [
    'a file without extension inside',
    'spis.zip',
    spis([{ name: 'podklady/čtimě', data: 'x' }]),
    'Soubor „spis.zip/podklady/čtimě“ nemá příponu. Pojmenujte ho s příponou podle obsahu, například .pdf.',
  ],
  [
    'what macOS leaves inside',
    'spis.zip',
    spis([
      { name: '.DS_Store', data: 'x' },
      { name: '__MACOSX/._žaloba.pdf', data: Buffer.from('0005160700020000', 'hex') },
    ]),
    systemFile('.DS_Store'),
  ],
  [
    'what Windows leaves inside',
    'spis.zip',
    spis([{ name: 'foto/Thumbs.db', data: 'x' }]),
    systemFile('foto/Thumbs.db'),
  ],
  [
    '1001 files',
    'spis.zip',
    spis(thousand),
    'Archiv „spis.zip“ má 1001 souborů a složek, dovoleno je 1000. Rozdělte ho do více archivů.',
  ],
  [
    'five levels of folders',
    'spis.zip',
    spis([{ name: 'a/b/c/d/e/f.pdf', data: sample.pdf }]),
    'Archiv „spis.zip“ má složky vnořené příliš hluboko („a/b/c/d/e/f.pdf“), dovoleny jsou 4 úrovně. Zjednodušte složky.',
  ],
  [
    'five levels in Windows’ manner',
    'spis.zip',
    spis([{ name: 'a\\b\\c\\d\\e\\f.pdf', data: sample.pdf }]),
    'Archiv „spis.zip“ má složky vnořené příliš hluboko („a/b/c/d/e/f.pdf“), dovoleny jsou 4 úrovně. Zjednodušte složky.',
  ],
  [
    'a stored file without its size',
    'spis.zip',
    spis([{ name: 'a.pdf', data: sample.pdf, method: 0, descriptor: true }]),
    'Archiv „spis.zip“ neuvádí velikost souboru „a.pdf“, takový ISDS nepřijímá. Vytvořte archiv jiným programem, například v Průzkumníku.',
  ],
  ['bzip2', 'spis.zip', spis([{ name: 'a.pdf', data: 'x', method: 12 }]), compression('a.pdf')],
  ['Deflate64', 'spis.zip', spis([{ name: 'a.pdf', data: 'x', method: 9 }]), compression('a.pdf')],
  ['LZMA', 'spis.zip', spis([{ name: 'a.pdf', data: 'x', method: 14 }]), compression('a.pdf')],
  ['a way out of the folder', 'spis.zip', spis([{ name: '../../a.pdf', data: sample.pdf }]), unsafe('../../a.pdf')],
  ['a way out in Windows’ manner', 'spis.zip', spis([{ name: '..\\a.pdf', data: sample.pdf }]), unsafe('../a.pdf')],
  ['an absolute path', 'spis.zip', spis([{ name: '/etc/a.pdf', data: sample.pdf }]), unsafe('/etc/a.pdf')],
  ['a path with a drive', 'spis.zip', spis([{ name: 'C:\\a.pdf', data: sample.pdf }]), unsafe('C:/a.pdf')],
  ['a name with a zero in it', 'spis.zip', spis([{ name: 'a.exe\0.pdf', data: sample.pdf }]), unsafe('a.exe .pdf')],
  [
    'a file that only ASiC has',
    'spis.zip',
    spis([{ name: 'mimetype', data: 'cokoli' }]),
    'Soubor „spis.zip/mimetype“ nemá příponu. Pojmenujte ho s příponou podle obsahu, například .pdf.',
  ],
  [
    'a symbolic link',
    'spis.zip',
    spis([{ name: 'a.txt', data: '/etc/hosts', central: { attributes: 0o120777 * 65536 } }]),
    unsafe('a.txt'),
  ],
  ['cut in the middle', 'spis.zip', spis([]).subarray(0, 60), damaged('není úplný')],
  ['no files at all', 'spis.zip', zip([]), 'Soubor „spis.zip“ je prázdný. Vynechte ho.'],
  [
    'damaged data',
    'spis.zip',
    spis([{ name: 'a.pdf', data: Buffer.alloc(50, 0xff), method: 0, central: { method: 8 }, local: { method: 8 } }]),
    damaged('obsah některého souboru nelze rozbalit'),
  ],
  ['an ASiC without a signature', 'spis.asice', spis([]), unsigned('spis.asice')],
  ['an ASiC cut short', 'spis.sce', sample.asicE().subarray(0, 200), unsigned('spis.sce')],
  ['an ASiC with a program', 'spis.asice', sample.asicE({ name: 'a.exe', data: 'MZ' }), foreign('spis.asice/a.exe')],
  ['an ASiC called ZIP', 'spis.zip', sample.asicE(), misnamed('spis.zip', 'ASiC-E', '.asice')],
];

const rows = [...names, ...contents, ...pages, ...archives];

test.for(rows)('%s: %s is refused', async ([, name, content, ...answer]) => {
  expect(await answerTo(name, content)).toEqual(answer);
});

test('at least eighty files are tried', () => {
  expect(rows.length).toBeGreaterThanOrEqual(80);
});

test('of many bad files in an archive five are named, the others counted', async () => {
  const programs = Array.from({ length: 12 }, (_, index) => ({ name: `${index}.exe`, data: 'MZ' }));
  const answer = await answerTo('spis.zip', zip(programs));
  expect(answer).toHaveLength(6);
  expect(answer.at(-1)).toBe('Archiv „spis.zip“ má další nevyhovující soubory, celkem 7. Opravte i ty.');
});

test('a thousand files and four levels are not too many', async () => {
  expect(await answerTo('spis.zip', zip(thousand))).toEqual([]);
  expect(await answerTo('spis.zip', zip([{ name: 'a/b/c/d/e.pdf', data: sample.pdf }]))).toEqual([]);
});

/** A packed file that says it is so large. */
function gigabytes(name: string, size: number): Member {
  // Deflate makes a thousand octets of one at most, so the archive has to have some weight.
  const data = Buffer.concat([deflateRawSync(Buffer.alloc(1_000_000, ' ')), Buffer.alloc(1_000_000)]);
  return { name, data, method: 0, local: { method: 8, size }, central: { method: 8, size } };
}

test('more than three gigabytes unpacked are too many, three are not', async () => {
  const three = [1, 2, 3].map((index) => gigabytes(`${index}.txt`, 1_000_000_000));
  expect(await answerTo('spis.zip', zip(three))).toEqual([]);
  expect(await answerTo('spis.zip', zip([...three, pdfMember]))).toEqual([
    'Archiv „spis.zip“ má po rozbalení více než 3 GB. Rozdělte ho do více zpráv.',
  ]);
});
