/** The table of formats against the description of ISDS, and what is read from it. */
import { expect, test } from 'vitest';
import { extensionFor, extensionOf, formatOf, formats, mimeTypeFor } from '../../src/attachments/index.ts';
import { describedRows } from '../described.ts';

test('the table is the one that is described (isds §6.3)', () => {
  const described = describedRows('docs/isds.md', ['Extension', 'MIME types', 'Kind', 'Remarks']).map((row) => [
    row.Extension,
    { types: row['MIME types'].split(', '), ...(row.Kind === 'container' ? { container: true } : {}) },
  ]);
  expect(formats).toEqual(Object.fromEntries(described));
});

test('the content type goes by the extension, whatever its case', () => {
  expect(mimeTypeFor('Žaloba.PDF')).toBe('application/pdf');
  expect(mimeTypeFor('foto.jfif')).toBe('image/jpeg');
});

test('a foreign extension has no content type, nor has a property that every object inherits', () => {
  expect(mimeTypeFor('hra.exe')).toBeUndefined();
  expect(mimeTypeFor('past.constructor')).toBeUndefined();
  expect(mimeTypeFor('past.__proto__')).toBeUndefined();
});

test('containers are known', () => {
  expect(formatOf('spis.zip')?.container).toBe(true);
  expect(formatOf('spis.asice')?.container).toBe(true);
  expect(formatOf('dopis.docx')?.container).toBeUndefined();
});

test.each([
  ['smlouva.v2.docx', 'docx'],
  ['smlouva', undefined],
  ['smlouva.', undefined],
  ['.pdf', undefined],
  ['příloha č. 1', undefined],
])('the extension of %s is %s', (name, extension) => {
  expect(extensionOf(name)).toBe(extension);
});

test.each([
  ['application/pdf', 'pdf'],
  ['image/jpeg', 'jpg'],
  ['TEXT/PLAIN', 'txt'],
  ['message/rfc822', 'eml'],
  ['application/octet-stream', undefined],
  ['application/x-neznámý', undefined],
  ['constructor', undefined],
  ['application/x-pdf', 'pdf'],
  ['image/pjpeg', 'jpg'],
  ['application/x-zip-compressed', 'zip'],
  ['text/rtf', 'rtf'],
  ['text/x-neznámý', 'txt'],
])('an unnamed file of type %s gets the extension %s', (type, extension) => {
  expect(extensionFor(type)).toBe(extension);
});
