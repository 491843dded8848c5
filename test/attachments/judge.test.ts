/** What is said about files before ISDS sees them. */
import { expect, test } from 'vitest';
import { inMegabytes, judgeFiles } from '../../src/attachments/index.ts';
import { Refused, wordRefusal } from '../../src/core/index.ts';

const limits = { maxFiles: 3, maxTotalOctets: 20_000_000 };
const named = (length: number) => ({ name: `${'ž'.repeat(length - 4)}.pdf`, size: 1 });
const pdf = { name: 'Vyjádření.pdf', size: 1000 };

test('files that ISDS takes have no problem', () => {
  expect(judgeFiles([pdf, { name: 'PŘÍLOHA.JPG', size: 1 }], limits)).toEqual([]);
});

test('a foreign extension is named together with the file', () => {
  expect(judgeFiles([{ name: 'zpráva.eml', size: 5 }], limits)).toEqual([
    { reason: 'file-type-refused', facts: { file: 'zpráva.eml', extension: 'eml' } },
  ]);
});

test('a file without an extension is refused', () => {
  expect(judgeFiles([{ name: 'Smlouva', size: 5 }], limits)).toEqual([
    { reason: 'file-without-extension', facts: { file: 'Smlouva' } },
  ]);
});

test('an empty file is refused', () => {
  expect(judgeFiles([{ name: 'prázdno.txt', size: 0 }], limits)).toEqual([
    { reason: 'file-empty', facts: { file: 'prázdno.txt' } },
  ]);
});

test('a name may have 255 characters and not 256', () => {
  expect(judgeFiles([named(255)], limits)).toEqual([]);
  expect(judgeFiles([named(256)], limits)).toMatchObject([{ reason: 'file-name-too-long', facts: { limit: 255 } }]);
});

test('the number of files is limited', () => {
  expect(judgeFiles([pdf, pdf, pdf], limits)).toEqual([]);
  expect(judgeFiles([pdf, pdf, pdf, pdf], limits)).toEqual([
    { reason: 'files-too-many', facts: { count: 4, limit: 3 } },
  ]);
});

test('the sum of sizes is limited to the octet', () => {
  const half = { name: 'výkres.dwg', size: 10_000_000 };
  expect(judgeFiles([half, half], limits)).toEqual([]);
  expect(judgeFiles([half, { ...half, size: 10_000_001 }], limits)).toEqual([
    { reason: 'files-too-large', facts: { size: '20,1', limit: '20' } },
  ]);
});

test('all problems of one mail come at once, in the order of the files', () => {
  const problems = judgeFiles(
    [
      { name: 'program.exe', size: 0 },
      { name: 'bez přípony', size: 1 },
    ],
    { maxFiles: 1, maxTotalOctets: 0 },
  );
  expect(problems.map((problem) => problem.reason)).toEqual([
    'file-type-refused',
    'file-empty',
    'file-without-extension',
    'files-too-many',
    'files-too-large',
  ]);
});

test('a problem becomes a Czech sentence', () => {
  const [problem] = judgeFiles([{ name: 'album.rar', size: 1 }], limits);
  expect(wordRefusal(new Refused(problem!.reason, problem!.facts), 'bcdf')).toContain(
    'Soubor „album.rar“: ISDS formát .rar nepřijímá',
  );
});

test('megabytes have a decimal comma, sizes go up and limits down', () => {
  expect(inMegabytes(20_000_001, 'up')).toBe('20,1');
  expect(inMegabytes(20_971_520, 'down')).toBe('20,9');
});
