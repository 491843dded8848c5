/** What is said about files before ISDS sees them. */
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type FileLimits, inMegabytes, type CheckedFile, checkFiles } from '../../src/attachments/index.ts';
import { catalogue } from '../../src/refusals/index.ts';
import * as sample from './samples.ts';
import { fileOf } from './samples.ts';
import { zip } from './zip-maker.ts';

const limits = { maxFiles: 3, maxTotalOctets: 20_000_000 };
const named = (length: number) => fileOf(`${'ž'.repeat(length - 4)}.pdf`, sample.pdf);
const pdf = fileOf('Vyjádření.pdf', sample.pdf);

/** Looks like a PDF and is as large as it says. */
function large(name: string, size: number): CheckedFile {
  return { name, size, read: async () => sample.pdf };
}

async function problemsOf(files: readonly CheckedFile[], changed: FileLimits = limits) {
  return (await checkFiles(files, changed)).problems;
}

test('files that ISDS takes have no problem, and each gets its content type', async () => {
  expect(await checkFiles([pdf, fileOf('PŘÍLOHA.JPG', sample.jpeg)], limits)).toEqual({
    problems: [],
    mimeTypes: ['application/pdf', 'image/jpeg'],
  });
});

test('a name may have 255 characters and not 256', async () => {
  expect(await problemsOf([named(255)])).toEqual([]);
  expect(await problemsOf([named(256)])).toMatchObject([{ reason: 'file-name-too-long', facts: { limit: 255 } }]);
});

test('the number of files is limited', async () => {
  expect(await problemsOf([pdf, pdf, pdf])).toEqual([]);
  expect(await problemsOf([pdf, pdf, pdf, pdf])).toEqual([{ reason: 'files-too-many', facts: { count: 4, limit: 3 } }]);
});

test('ten archives travel together, eleven do not', async () => {
  const archives = Array.from({ length: 11 }, (_, index) =>
    fileOf(`spis ${index}.zip`, zip([{ name: 'žaloba.pdf', data: sample.pdf }])),
  );
  const roomy = { ...limits, maxFiles: 50 };
  expect(await problemsOf(archives.slice(1), roomy)).toEqual([]);
  expect(await problemsOf(archives, roomy)).toEqual([
    { reason: 'containers-too-many', facts: { count: 11, limit: 10 } },
  ]);
});

test('the sum of sizes is limited to the octet', async () => {
  const half = large('výkres.pdf', 10_000_000);
  expect(await problemsOf([half, half])).toEqual([]);
  expect(await problemsOf([half, large('výkres.pdf', 10_000_001)])).toEqual([
    { reason: 'files-too-large', facts: { size: 20.1, limit: 20 } },
  ]);
});

test('a file that is too large by itself is named, for dividing the mail would not help', async () => {
  expect(await problemsOf([pdf, large('výkres.pdf', 25_000_000)])).toEqual([
    { reason: 'file-too-large', facts: { file: 'výkres.pdf', size: 25, limit: 20 } },
  ]);
});

test('all problems of one mail come at once, in the order of the files', async () => {
  const files = [fileOf('program.exe', ''), fileOf('bez přípony', 'x'), fileOf('lež.pdf', sample.png)];
  const problems = await problemsOf(files, { maxFiles: 1, maxTotalOctets: 10_000 });
  expect(problems.map((problem) => problem.reason)).toEqual([
    'file-type-refused',
    'file-empty',
    'file-without-extension',
    'file-misnamed',
    'files-too-many',
  ]);
});

test('every reason about files is one that the judgement gives, or ISDS', () => {
  const source = new URL('../../src/', import.meta.url);
  const sources = globSync('{attachments,isds}/**/*.ts', { cwd: source }).map((file) =>
    readFileSync(new URL(file, source), 'utf8'),
  );
  const reasons = Object.keys(catalogue).filter((reason) => /^(?:file|files|archive|containers)-/.test(reason));
  expect(reasons.filter((reason) => !sources.some((text) => text.includes(`'${reason}'`)))).toEqual([]);
});

test('megabytes have one decimal place, sizes go up and limits down', () => {
  expect(inMegabytes(20_000_001, 'up')).toBe(20.1);
  expect(inMegabytes(20_971_520, 'down')).toBe(20.9);
});
