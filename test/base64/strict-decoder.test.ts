import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NotBase64, StrictDecoder } from '../../src/base64/index.ts';

function decode(...pieces: string[]): Buffer {
  const decoder = new StrictDecoder();
  const octets = pieces.map((piece) => decoder.push(Buffer.from(piece)));
  decoder.end();
  return Buffer.concat(octets);
}

test('base64 cut anywhere and with white space anywhere is decoded as a whole', () => {
  const spaced = fc.array(fc.constantFrom('', ' ', '\n', '\r\n', '\t'), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 1, max: 9 }), spaced, (array, length, spaces) => {
      const text = Buffer.from(array).toString('base64');
      const pieces = text.match(new RegExp(`.{1,${length}}`, 'g')) ?? [];
      const decoded = decode(...pieces.map((piece, index) => piece + (spaces[index % spaces.length] ?? '')));
      expect(decoded).toEqual(Buffer.from(array));
    }),
  );
});

test('padding may come in a piece of its own', () => {
  expect(decode('QQ', '=', '=', '\n').toString()).toBe('A');
});

test.each([
  ['a foreign character', ['QU*B']],
  ['the alphabet of URLs', ['QU_B']],
  ['a letter with diacritics', ['QUáB']],
  ['a group that is not complete', ['QUFBQ']],
  ['padding that is not complete', ['QQ=']],
  ['too much padding', ['Q===']],
  ['padding in the middle', ['QQ==QUFB']],
  ['padding, then more in another piece', ['QQ==', 'QUFB']],
  ['padding in the middle of a group', ['QQ=A']],
])('%s is refused', (_, pieces) => {
  expect(() => decode(...pieces)).toThrow(NotBase64);
});
