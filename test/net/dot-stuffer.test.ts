/** Dot-stuffing: what goes in comes out again at a client that un-stuffs, wherever the chunks are cut. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DotStuffer } from '../../src/net/index.ts';

function sent(...chunks: string[]): string {
  const stuffer = new DotStuffer();
  const body = chunks.map((chunk) => stuffer.stuff(Buffer.from(chunk, 'latin1')).toString('latin1'));
  return body.join('') + stuffer.terminator().toString('latin1');
}

/** The simplest correct way, for comparison: line by line. */
function sentLineByLine(content: string): string {
  const stuffed = content.replace(/(^|\n)\./g, '$1..');
  return stuffed === '' || stuffed.endsWith('\r\n') ? `${stuffed}.\r\n` : `${stuffed}\r\n.\r\n`;
}

test('a dot at the beginning of a line is doubled, other dots are not', () => {
  expect(sent('a.b\r\n.\r\n..\r\n.c\r\n')).toBe('a.b\r\n..\r\n...\r\n..c\r\n.\r\n');
});

test('the very beginning of the content is the beginning of a line', () => {
  expect(sent('.x\r\n')).toBe('..x\r\n.\r\n');
});

test('a content without the last line end gets one before the final dot', () => {
  expect(sent('konec')).toBe('konec\r\n.\r\n');
  expect(sent('konec\n')).toBe('konec\n\r\n.\r\n');
  expect(sent('konec\r')).toBe('konec\r\r\n.\r\n');
});

test('no content at all is just the final dot', () => {
  expect(sent()).toBe('.\r\n');
  expect(sent('', '')).toBe('.\r\n');
});

test('a chunk without dots is passed on uncopied', () => {
  const chunk = Buffer.from('Dobrý den,\r\npozdrav\r\n');
  expect(new DotStuffer().stuff(chunk)).toBe(chunk);
});

test('the cuts between chunks change nothing', () => {
  const piece = fc.constantFrom('.', '..', '\r\n', '\r', '\n', 'a', 'text');
  fc.assert(
    fc.property(fc.array(fc.array(piece, { maxLength: 5 }), { maxLength: 20 }), (chunks) => {
      const texts = chunks.map((pieces) => pieces.join(''));
      expect(sent(...texts)).toBe(sentLineByLine(texts.join('')));
      expect(sent(...texts.join('').split(''))).toBe(sentLineByLine(texts.join('')));
    }),
  );
});
