/** Honest files that say what they are in a way that is rare. */
import { expect, test } from 'vitest';
import { recogniseHead } from '../../src/attachments/content/recognise.ts';

const ftyp = (...brands: string[]): Buffer => {
  const box = Buffer.from(`    ftyp${brands[0]}    ${brands.slice(1).join('')}`, 'latin1');
  box.writeUInt32BE(box.length);
  return box;
};

test.each([
  [['avci', 'mif1', 'avci'], 'heif'],
  [['jpeg', 'heic'], 'heif'],
  [['mif1', 'avif'], 'avif'],
  [['msf1', 'hevc'], 'heif'],
  [['isom', 'mp42'], 'mp4'],
  [['qt  ', 'mif1'], 'quicktime'],
])('the brands %j are %s', (brands, kind) => {
  const head = ftyp(...brands);
  expect(recogniseHead(head, head.length)).toBe(kind);
});

test.each(['<žádost>', '<č:žádost xmlns:č="x">', '<Žádost čj="1">', '<!-- žádost -->\n<řízení/>', '<_a/>'])(
  '%s begins XML',
  (text) => {
    const head = Buffer.from(text);
    expect(recogniseHead(head, head.length)).toBe('xml');
  },
);
