/** Breaking a text into lines, with letters that are all ten points wide and blanks of five. */
import { PICTURE_PLACE } from '../../src/core/index.ts';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { layOut, type Line, type Size } from '../../src/pdf/lines.ts';
import { paginate } from '../../src/pdf/pages.ts';

function widthOf(text: string): number {
  return Array.from(text, (letter) => (letter === ' ' ? 5 : 10)).reduce((sum, width) => sum + width, 0);
}

function lines(text: string, pictures: readonly Size[] = []): Line[] {
  return [...layOut(text, { width: 100, lineHeight: 12, tab: 30, pictureGap: 3, widthOf, pictures })];
}

/** Texts with their places; pictures by their number. */
function seen(all: readonly Line[]): string[] {
  return all.map(({ pieces }) =>
    pieces.map((piece) => `${piece.x}:${'text' in piece ? piece.text : `#${piece.picture}`}`).join(' | '),
  );
}

test('words fill a line and go on in the next', () => {
  expect(seen(lines('příliš žluťoučký kůň úpěl'))).toEqual(['0:příliš', '0:žluťoučký', '0:kůň úpěl']);
});

test('a line that is just full stays one', () => {
  expect(seen(lines('abcdefghij'))).toEqual(['0:abcdefghij']);
  expect(seen(lines('abcd  efghi'))).toEqual(['0:abcd  efghi']);
});

test('empty lines stay, also at the end', () => {
  expect(seen(lines('a\n\n\nb\n'))).toEqual(['0:a', '', '', '0:b', '']);
});

test('an indentation stays, blanks at a line break vanish', () => {
  expect(seen(lines('  abc'))).toEqual(['0:  abc']);
  expect(seen(lines('abcdefgh    ij kl   '))).toEqual(['0:abcdefgh', '0:ij kl']);
});

test('tabulators go to their stops, and behind the last one into the next line', () => {
  expect(seen(lines('\ta\tbcd\te'))).toEqual(['30:a | 60:bcd', '0:e']);
  expect(seen(lines('abc\td'))).toEqual(['0:abc | 60:d']);
});

test('a word longer than a line is broken where the line ends', () => {
  expect(seen(lines('viz abcdefghijklmnopqrstuvwxyz a'))).toEqual([
    '0:viz',
    '0:abcdefghij',
    '0:klmnopqrst',
    '0:uvwxyz a',
  ]);
  expect(seen(lines('   abcdefghijk'))).toEqual(['0:abcdefghij', '0:k']);
});

test('pictures stand in the line and make it higher', () => {
  const result = lines(`a ${PICTURE_PLACE} b`, [{ width: 20, height: 40 }]);
  expect(seen(result)).toEqual(['0:a | 15:#0 | 35: b']);
  expect(result[0]?.height).toBe(43);
});

test('a picture that has no room goes into the next line', () => {
  const pictures = [
    { width: 60, height: 5 },
    { width: 100, height: 5 },
  ];
  const result = lines(`abcde${PICTURE_PLACE}${PICTURE_PLACE}f`, pictures);
  expect(seen(result)).toEqual(['0:abcde', '0:#0', '0:#1', '0:f']);
  expect(result.map(({ height }) => height)).toEqual([12, 12, 12, 12]);
});

test('no letter is lost and no line is too wide, whatever the text', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'ž', ' ', '\t', '\n', '-', '𝄞'), maxLength: 300 });
  fc.assert(
    fc.property(text, (given) => {
      const result = lines(given);
      const letters = result.flatMap(({ pieces }) => pieces.map((piece) => ('text' in piece ? piece.text : '')));
      expect(letters.join('').replaceAll(' ', '')).toBe(given.replaceAll(/[ \t\n]/g, ''));
      for (const { pieces } of result) {
        const last = pieces.at(-1);
        if (last === undefined || !('text' in last)) continue;
        expect(last.x + widthOf(last.text)).toBeLessThanOrEqual(100.01);
      }
    }),
  );
});

test('pages take lines until they are full; a line higher than a page has one of its own', () => {
  const heights = [40, 40, 40, 200, 40];
  const pages = [
    ...paginate(
      heights.map((height) => ({ height, pieces: [] })),
      100,
    ),
  ];
  expect(pages.map((page) => page.map(({ y, height }) => [y, height]))).toEqual([
    [
      [0, 40],
      [40, 40],
    ],
    [[0, 40]],
    [[0, 200]],
    [[0, 40]],
  ]);
  expect([...paginate([], 100)]).toEqual([[]]);
});
