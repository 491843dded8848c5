/** Memory does not grow with the file. */
import { expect, test } from 'vitest';
import { checkFiles } from '../../src/attachments/index.ts';
import { docx, page, pdf } from './samples.ts';
import { zip } from './zip-maker.ts';

const SIZE = 100_000_000;
const limits = { maxFiles: 50, maxTotalOctets: SIZE };

/** A file of a hundred megabytes of which only the ends are real; counts what is read and the largest piece. */
function largeFile(name: string, start: Buffer, end: Buffer = Buffer.alloc(0)) {
  const file = {
    name,
    size: SIZE,
    octets: 0,
    largest: 0,
    read: async (position: number, length: number) => {
      const piece = Buffer.alloc(Math.min(length, SIZE - position), ' ');
      file.octets += piece.length;
      file.largest = Math.max(file.largest, piece.length);
      start.copy(piece, 0, Math.min(position, start.length));
      const endStart = SIZE - end.length;
      if (position + piece.length > endStart)
        end.copy(piece, Math.max(0, endStart - position), Math.max(0, position - endStart));
      return piece;
    },
  };
  return file;
}

test('of a large PDF a page is read', async () => {
  const file = largeFile('spis.pdf', pdf);
  expect((await checkFiles([file], limits)).problems).toEqual([]);
  expect(file.octets).toBeLessThan(10_000);
});

test('a large page is read in pieces', async () => {
  const file = largeFile('zápis.html', page(''), Buffer.from('<script>'));
  expect((await checkFiles([file], limits)).problems).toMatchObject([{ reason: 'file-html-active' }]);
  expect(file.largest).toBeLessThan(300_000);
});

test('of a large archive the ends are read', async () => {
  const archive = zip([{ name: 'a.pdf', data: pdf }], { directoryOffset: SIZE - 77 });
  const directory = archive.subarray(archive.indexOf('PK\x01\x02'));
  const file = largeFile('spis.zip', archive.subarray(0, archive.length - directory.length), directory);
  expect((await checkFiles([file], limits)).problems).toMatchObject([{ reason: 'archive-damaged' }]);
  expect(file.octets).toBeLessThan(100_000);
});

test('a forged directory as large as the file is not read', async () => {
  const end = zip([], { entryCount: 1, directorySize: SIZE - 22 - docx.length, directoryOffset: docx.length });
  const file = largeFile('spis.zip', docx, end);
  expect((await checkFiles([file], limits)).problems).not.toEqual([]);
  expect(file.octets).toBeLessThan(100_000);
});
