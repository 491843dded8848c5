import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64Length, encodeSized } from '../../src/base64/index.ts';

const differs = (): Error => new RangeError('differs');

async function* from(chunks: readonly Buffer[]) {
  yield* chunks;
}

test('base64 on the fly is the base64 of the whole, however the file is cut into chunks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 10 }), { maxLength: 12 }), async (arrays) => {
      const chunks = arrays.map((array) => Buffer.from(array));
      const pieces: Buffer[] = [];
      const whole = Buffer.concat(chunks);
      for await (const piece of encodeSized(from(chunks), whole.length, differs)) pieces.push(piece);
      const written = Buffer.concat(pieces).toString();
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
    for await (const piece of encodeSized(endless(), 35, differs)) written += piece.length;
  };
  await expect(writing()).rejects.toThrow(RangeError);
  expect(written).toBeLessThan(base64Length(35));
});

test('it does not mind a source that uses its buffer again', async () => {
  const shared = Buffer.alloc(4);
  async function* open() {
    for (const letter of 'abc') yield shared.fill(letter);
  }
  const pieces: Buffer[] = [];
  for await (const piece of encodeSized(open(), 12, differs)) pieces.push(piece);
  expect(Buffer.from(Buffer.concat(pieces).toString(), 'base64').toString()).toBe('aaaabbbbcccc');
});
