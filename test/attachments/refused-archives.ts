/** Archives that ISDS would not take, and what their sender is told. */
import { active, disguised, foreign, misnamed, type Row } from './refused-files.ts';
import * as sample from './samples.ts';
import { type Member, type Shape, zip } from './zip-maker.ts';

export const pdfMember = { name: 'žaloba.pdf', data: sample.pdf };
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
export const thousand = Array.from({ length: 1000 }, (_, index) => ({ name: `strana ${index}.txt`, data: 'text' }));
const unsigned = (name: string): string =>
  `Soubor „${name}“ není podepsaný kontejner ASiC. Nechte ho vytvořit podpisovým programem, nebo soubory pošlete v archivu .zip.`;
const compression = (inner: string): string =>
  `Archiv „spis.zip“ používá u souboru „${inner}“ kompresi, kterou ISDS nepřijímá. Vytvořte archiv s běžnou kompresí (Deflate).`;

export const archives: readonly Row[] = [
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
