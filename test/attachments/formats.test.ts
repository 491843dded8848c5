/** The table of formats against the dossier of ISDS, and what is read from it. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { extensionFor, extensionOf, formatOf, formats, mimeTypeFor } from '../../src/attachments/index.ts';

const dossier = new URL('../../../shared/isds/attachment-formats.json', import.meta.url);

interface Dossier {
  formats: Record<string, { mimeTypes: string[]; defaultMimeType: string; kind: string }>;
}

test.skipIf(!existsSync(dossier))('the table equals the dossier of formats (skipped without ../shared)', () => {
  const { formats: official }: Dossier = JSON.parse(readFileSync(dossier, 'utf8'));
  const expected = Object.fromEntries(
    Object.entries(official).map(([extension, format]) => [
      extension,
      {
        types: [format.defaultMimeType, ...format.mimeTypes.filter((type) => type !== format.defaultMimeType)],
        ...(format.kind === 'container' ? { container: true } : {}),
      },
    ]),
  );
  expect(formats).toEqual(expected);
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
  ['application/octet-stream', 'bin'],
  ['application/x-neznámý', 'bin'],
  ['constructor', 'bin'],
])('an unnamed file of type %s gets the extension %s', (type, extension) => {
  expect(extensionFor(type)).toBe(extension);
});
