import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64Length, writeBase64 } from '../../src/isds/http/base64-writer.ts';
import { file } from './outgoing.ts';

test('base64 on the fly is the base64 of the whole, however the file is cut into chunks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 10 }), { maxLength: 12 }), async (arrays) => {
      const chunks = arrays.map((array) => Buffer.from(array));
      const pieces: Buffer[] = [];
      for await (const piece of writeBase64(file(chunks))) pieces.push(piece);
      const written = Buffer.concat(pieces).toString();
      const whole = Buffer.concat(chunks);
      expect(written).toBe(whole.toString('base64'));
      expect(written).toHaveLength(base64Length(whole.length));
    }),
  );
});

async function* endless() {
  for (;;) yield Buffer.alloc(10);
}

test('a file that goes on and on is stopped at the size that was said', async () => {
  let written = 0;
  const writing = async () => {
    for await (const piece of writeBase64(file([], { size: 35, open: endless }))) written += piece.length;
  };
  await expect(writing()).rejects.toMatchObject({ kind: 'unsendable' });
  expect(written).toBeLessThan(base64Length(35));
});

test('it does not mind a source that uses its buffer again', async () => {
  const shared = Buffer.alloc(4);
  async function* open() {
    for (const letter of 'abc') yield shared.fill(letter);
  }
  const pieces: Buffer[] = [];
  for await (const piece of writeBase64(file([], { size: 12, open }))) pieces.push(piece);
  expect(Buffer.from(Buffer.concat(pieces).toString(), 'base64').toString()).toBe('aaaabbbbcccc');
});
