/** Archives made to deceive: whoever looks at them another way than ISDS or the recipient would see something else. */
import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { checkFiles } from '../../src/attachments/index.ts';
import { fileOf, pdf, program } from './samples.ts';
import { endRecord, type Member, type Shape, zip } from './zip-maker.ts';

const limits = { maxFiles: 50, maxTotalOctets: 100_000_000 };
const žaloba = { name: 'žaloba.pdf', data: pdf };
const přílohy = { name: 'přílohy.pdf', data: pdf };

async function problemsOf(archive: Buffer): Promise<unknown[]> {
  const { problems } = await checkFiles([fileOf('spis.zip', archive)], limits);
  return problems.map(({ reason, facts: { problem } }) => (typeof problem === 'object' ? problem.cs : reason));
}

const OVERLAP = 'jeho soubory se překrývají';
const HIDDEN = 'mezi soubory jsou data, která seznam neuvádí';
const TWO_LISTS = 'má dva seznamy souborů, které si mohou odporovat';
const LIST = 'jeho seznam souborů si odporuje';
const HEADERS = 'údaje o souboru v seznamu a u souboru se liší';
const SIZES = 'udává u souboru jinou velikost, než jakou má';
const LEADING = 'před jeho začátkem jsou další data';
const TRAILING = 'za jeho koncem jsou další data';
const NAMES = 'některý soubor má dvě různá jména nebo dva soubory stejné';
const INCOMPLETE = 'není úplný';

test('overlapping bomb: a hundred names share one kernel of data', async () => {
  const kernel = { name: 'jádro.txt', data: Buffer.alloc(1_000_000) };
  const packedSize = deflateRawSync(kernel.data).length;
  const again = { ...truthOf(kernel.data), name: kernel.name, packedSize, offset: 0 };
  const lies = Array.from({ length: 100 }, (_, index): Member => ({ name: `${index}.txt`, central: again }));
  expect(await problemsOf(zip([kernel, ...lies]))).toEqual([OVERLAP]);
});

test('overlapping bomb: each file quotes the header of the next one as its own data', async () => {
  const inner = zip([žaloba]);
  const header = inner.subarray(0, inner.indexOf('PK\x01\x02'));
  const outer: Member = { name: 'přílohy.txt', data: header, method: 0 };
  const offset = 30 + Buffer.byteLength('přílohy.txt');
  const packedSize = header.length - 30 - Buffer.byteLength('žaloba.pdf');
  const directoryOnly = { ...žaloba, data: '' };
  const archive = withoutLocal(zip([outer, { ...directoryOnly, central: { ...truthOf(pdf), offset, packedSize } }]));
  expect(await problemsOf(archive)).toEqual([OVERLAP]);
});

/** Drops the local header of the last member, which stays in the directory only. */
function withoutLocal(archive: Buffer): Buffer {
  const directory = archive.indexOf('PK\x01\x02');
  const last = archive.lastIndexOf('PK\x03\x04', directory);
  const rest = Buffer.from(archive.subarray(directory));
  const end = rest.length - 22;
  rest.writeUInt32LE(rest.readUInt32LE(end + 16) - (directory - last), end + 16);
  return Buffer.concat([archive.subarray(0, last), rest]);
}

function truthOf(data: Buffer) {
  const archive = zip([{ name: 'x', data }]);
  const at = archive.indexOf('PK\x01\x02');
  return { crc: archive.readUInt32LE(at + 16), size: data.length, method: 8 };
}

/** Cannot be packed. */
const noise = randomBytes(20_000);

const lies: readonly (readonly [attack: string, members: readonly Member[], shape: Shape, problem: string])[] = [
  ['forged count: the directory has more files than it admits', [žaloba, přílohy], { entryCount: 1 }, LIST],
  ['forged count: the directory has fewer files than it promises', [žaloba], { entryCount: 2 }, LIST],
  ['forged directory size: it ends before its end', [žaloba, přílohy], { directorySize: 60 }, LIST],
  ['forged directory size: larger than the file', [žaloba], { directorySize: 0x7fff_ffff }, LIST],
  ['forged directory place: it is announced behind itself', [žaloba], { directoryOffset: 0x7fff_ffff }, LIST],
  ['forged directory place: another one is announced', [žaloba], { directoryOffset: 0 }, LEADING],
  ['forged ZIP64 record: it counts other files', [žaloba], { zip64: { entryCount: 7 } }, LIST],
  ['forged ZIP64 record: it does not end where the next one begins', [žaloba], { zip64: { recordSize: 45n } }, LIST],
  ['forged ZIP64 record: it lies nowhere', [žaloba], { zip64: { at: 2 ** 52 } }, LIST],
  ['polyglot: a picture before the archive', [žaloba], { leading: Buffer.from('PK\x03\x04jiný začátek') }, LEADING],
  ['polyglot: a page after the archive', [žaloba], { trailing: Buffer.from('<html>') }, TRAILING],
  ['trailing zero', [žaloba], { trailing: Buffer.alloc(1) }, TRAILING],
  [
    'hidden file: between two files',
    [žaloba, { ...přílohy, before: zip([{ name: 'a.exe', data: program }]) }],
    {},
    HIDDEN,
  ],
  ['hidden file: before the directory', [žaloba], { beforeDirectory: program }, HIDDEN],
  [
    'forged size: a stored file says it is smaller',
    [{ ...žaloba, method: 0, central: { size: 3 }, local: { size: 3 } }],
    {},
    SIZES,
  ],
  [
    'forged size: a packed bomb says it is small',
    [{ name: 'a.txt', data: Buffer.alloc(400_000, ' '), central: { size: 10 }, local: { size: 10 } }],
    {},
    SIZES,
  ],
  [
    'forged size: more than Deflate can hold',
    [{ name: 'a.txt', data: 'text', central: { size: 90_000 }, local: { size: 90_000 } }],
    {},
    SIZES,
  ],
  [
    'forged size: noise is packed into less than its length',
    [{ name: 'a.ddd', data: noise, central: { size: 9_000 }, local: { size: 9_000 } }],
    {},
    SIZES,
  ],
  ['forged size: header and directory differ', [{ ...žaloba, local: { size: 5 } }], {}, HEADERS],
  [
    'forged size: the header has none, and nothing follows the data',
    [{ ...žaloba, local: { size: 0, packedSize: 0, crc: 0 } }],
    {},
    HEADERS,
  ],
  ['forged name: header and directory differ', [{ ...žaloba, local: { name: 'žaloba.exe' } }], {}, HEADERS],
  ['forged method: header and directory differ', [{ ...žaloba, local: { method: 0 } }], {}, HEADERS],
  ['forged checksum: header and directory differ', [{ ...žaloba, local: { crc: 1 } }], {}, HEADERS],
  ['encryption only in the local header', [{ ...žaloba, local: { flags: 1 } }], {}, HEADERS],
  ['forged place: no header stands there', [{ ...žaloba, central: { offset: 5 } }], {}, HEADERS],
  ['forged place: behind the file', [{ ...žaloba, central: { offset: 0x7fff_ffff } }], {}, HEADERS],
  ['two files of one name', [žaloba, žaloba], {}, NAMES],
  [
    'a second name that ends differently',
    [{ ...žaloba, central: { extra: unicodePath('žaloba.pdf', 'žaloba.exe') } }],
    {},
    NAMES,
  ],
  ['a folder with content', [{ name: 'složka.pdf/', data: pdf }], {}, HEADERS],
];

test.each(lies)('%s', async (_, members, shape, problem) => {
  expect((await problemsOf(zip(members, shape)))[0]).toBe(problem);
});

/** The name in UTF-8 beside one in an old code page (APPNOTE 4.6.9). */
function unicodePath(plain: string, second: string): Buffer {
  const checksum = truthOf(Buffer.from(plain)).crc;
  const name = Buffer.from(second);
  const field = Buffer.alloc(9);
  field.writeUInt16LE(0x7075, 0);
  field.writeUInt16LE(5 + name.length, 2);
  field[4] = 1;
  field.writeUInt32LE(checksum, 5);
  return Buffer.concat([field, name]);
}

test('a second name whose checksum is that of another first one does not count', async () => {
  const extra = unicodePath('něco jiného.pdf', 'žaloba.exe');
  expect(await problemsOf(zip([{ ...žaloba, central: { extra } }]))).toEqual([]);
});

test('comment trick: a second directory inside the comment of the first one', async () => {
  const hidden = zip([{ name: 'a.exe', data: program }]);
  expect(await problemsOf(zip([žaloba], { comment: hidden }))).toEqual([TWO_LISTS]);
});

test('comment trick: a second end record whose own comment is too long', async () => {
  const comment = endRecord(0, 0, 0, { comment: Buffer.alloc(10) }).subarray(0, 25);
  expect(await problemsOf(zip([žaloba], { comment }))).toEqual([TWO_LISTS]);
});

test('two directories: the second one is for another archive before the first', async () => {
  expect(await problemsOf(Buffer.concat([zip([{ name: 'a.exe', data: program }]), zip([žaloba])]))).toEqual([LEADING]);
});

test('zip bomb: nested archives are not opened', async () => {
  const bomb = zip([{ name: 'kniha.zip', data: zip([{ name: 'a.txt', data: Buffer.alloc(1_000_000) }]) }]);
  expect(await problemsOf(bomb)).toEqual(['archive-nested']);
});

test('zip bomb: a file that grows a thousand times is not unpacked to be judged', async () => {
  const packed = deflateRawSync(Buffer.alloc(50_000_000, ' '));
  const name = 'prázdno.txt';
  const size = 50_000_000;
  const member: Member = { name, data: packed, method: 0, local: { method: 8, size }, central: { method: 8, size } };
  const file = fileOf('spis.zip', zip([member]));
  let most = 0;
  const watched = {
    ...file,
    read: (position: number, length: number) => {
      most = Math.max(most, length);
      return file.read(position, length);
    },
  };
  expect((await checkFiles([watched], limits)).problems).toEqual([]);
  expect(most).toBeLessThan(70_000);
});

test('every cut of an archive is refused', async () => {
  const archive = zip([žaloba, přílohy]);
  for (let length = 1; length < archive.length; length++) {
    expect(await problemsOf(archive.subarray(0, length)), `cut at ${length}`).not.toEqual([]);
  }
  expect(await problemsOf(archive.subarray(0, 50))).toEqual([INCOMPLETE]);
});
