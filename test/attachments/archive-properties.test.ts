/** Whatever the octets are, the judgement answers: it neither fails nor reads outside the file. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formats, checkFiles } from '../../src/attachments/index.ts';
import * as sample from './samples.ts';
import { fileOf } from './samples.ts';
import { zip } from './zip-maker.ts';

const limits = { maxFiles: 50, maxTotalOctets: 20_000_000 };

const archive = zip(
  [
    { name: 'složka/', method: 0 },
    { name: 'složka/žaloba.pdf', data: sample.pdf },
    { name: 'obce.csv', data: 'obec;počet\n', descriptor: true },
    { name: 'foto.jpg', data: sample.jpeg, method: 0 },
  ],
  { zip64: {}, comment: Buffer.from('spis') },
);
const seeds = [archive, sample.asicE(), sample.docx, sample.compoundFile('WordDocument', '1Table'), sample.certificate];
const names = Object.keys(formats).map((extension) => `soubor.${extension}`);

const mutation = fc.record({ at: fc.nat(), value: fc.oneof(fc.constantFrom(0, 0x7f, 0x80, 0xff), fc.nat(255)) });

test('random changes of archives and documents never confuse the reader', async () => {
  const mutated = fc
    .tuple(fc.constantFrom(...seeds), fc.array(mutation, { minLength: 1, maxLength: 12 }), fc.nat(40))
    .map(([seed, mutations, cut]) => {
      const octets = Buffer.from(seed);
      for (const { at, value } of mutations) octets[at % octets.length] = value;
      return octets.subarray(0, octets.length - (cut < 30 ? 0 : cut));
    });
  await fc.assert(
    fc.asyncProperty(
      mutated,
      fc.constantFrom('spis.zip', 'spis.asice', 'dopis.docx', 'dopis.doc'),
      async (octets, name) => {
        const { problems } = await checkFiles([fileOf(name, octets)], limits);
        expect(problems.length).toBeLessThan(10);
      },
    ),
    { numRuns: 3_000 },
  );
});

test('one changed octet anywhere in the end of an archive never confuses the reader', async () => {
  for (let at = archive.length - 110; at < archive.length; at++) {
    for (const value of [0, 1, 0x7f, 0xff]) {
      const octets = Buffer.from(archive);
      octets[at] = value;
      await expect(checkFiles([fileOf('spis.zip', octets)], limits)).resolves.toBeDefined();
    }
  }
});

test('random octets under every extension get an answer', async () => {
  const octets = fc.uint8Array({ minLength: 1, maxLength: 700 }).map((array) => Buffer.from(array));
  const beginnings = seeds.map((seed) => seed.subarray(0, 40));
  const begun = fc.tuple(fc.constantFrom(...beginnings), octets).map((parts) => Buffer.concat(parts));
  await fc.assert(
    fc.asyncProperty(fc.oneof(octets, begun), fc.constantFrom(...names), async (content, name) => {
      const { mimeTypes } = await checkFiles([fileOf(name, content)], limits);
      expect(mimeTypes[0]).not.toBe('');
    }),
    { numRuns: 2_000 },
  );
});
