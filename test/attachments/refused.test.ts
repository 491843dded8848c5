/** Files that stay at home, and what the sender is told. */
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { checkFiles } from '../../src/attachments/index.ts';
import { Refused, Wording } from '../../src/refusals/index.ts';
import { archives, pdfMember, thousand } from './refused-archives.ts';
import { contents, names, pages } from './refused-files.ts';
import { fileOf, pdf } from './samples.ts';
import { type Member, zip } from './zip-maker.ts';

const limits = { maxFiles: 50, maxTotalOctets: 20_000_000 };

/** What stands in the answer, without the session. */
async function answerTo(name: string, content: Buffer | string): Promise<readonly string[]> {
  const { problems } = await checkFiles([fileOf(name, content)], limits);
  const [first, ...others] = problems;
  if (first === undefined) return [];
  const [text = '', ...more] = new Wording('cs').refusals(new Refused(first.reason, first.facts, { others }), 'bcdf');
  return [text.replace(/ \(relace.*/, ''), ...more];
}

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
  expect(await answerTo('spis.zip', zip([{ name: 'a/b/c/d/e.pdf', data: pdf }]))).toEqual([]);
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
