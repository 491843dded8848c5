import fc from 'fast-check';
import { expect, test } from 'vitest';
import { composed } from '../../src/core/index.ts';
import { toAscii } from '../../src/refusals/index.ts';

const SEED = 20_261_201;

test('letters and marks are put together as NFC does', () => {
  const signs = fc.constantFrom('a', 'e', 'c', 'z', '\u0301', '\u030c', '\u0323', '\u1100', '\u1161', ' ', 'ř');
  fc.assert(
    fc.property(fc.array(signs, { maxLength: 25 }), (text) => {
      expect(composed(text.join(''))).toBe(text.join('').normalize('NFC'));
    }),
    { seed: SEED },
  );
});

test('of a run of marks that no language has none is lost', () => {
  const endless = `Dopis z\u030c e\u0301${'\u0323\u0301'.repeat(50)} konec`;
  expect(composed(endless)).toMatch(/^Dopis ž ẹ/);
  expect(composed(endless).normalize('NFD')).toBe(endless.normalize('NFD'));
});

test('in ASCII no marks are left, however they are written', () => {
  expect(toAscii(`Z\u030ca\u0301dost Žádost${'\u0301\u0323'.repeat(50)}`)).toBe('Zadost Zadost');
});
