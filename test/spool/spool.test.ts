/** Reading anywhere in a file that waits in the spool among others. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytes, letter, multipart, part, read } from '../mail-parser/samples.ts';

const attached = (name: string, content: string): string =>
  part([`Content-Disposition: attachment; filename=${name}`, 'Content-Transfer-Encoding: 8bit'], content);

test('a file is read at any place, and never beyond its own octets', async () => {
  const contents = ['první soubor', 'druhý soubor žluťoučkého koně', 'třetí'];
  const mail = await read(letter(multipart('mixed', ...contents.map((text, index) => attached(`${index}.txt`, text)))));
  const file = mail.files[1]!;
  const whole = await bytes(file.open());
  expect(whole.toString()).toBe(contents[1]);
  await fc.assert(
    fc.asyncProperty(fc.nat(60), fc.nat(60), async (position, length) => {
      expect(await file.read(position, length)).toEqual(whole.subarray(position, position + length));
    }),
  );
  expect(await file.read(2 ** 40, 2 ** 40)).toHaveLength(0);
  expect(await file.read(0, 2 ** 40)).toEqual(whole);
});
