import { spawnSync } from 'node:child_process';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { demoBoxes, demoLogins, demoPopulation, type MessageFile, octetsOf } from '../../src/sandbox/index.ts';
import { isBoxId } from '../../src/sandbox/box-id.ts';
import { isIco } from '../../src/sandbox/ico.ts';
import { contentFits, mimeTypesOf } from '../../src/sandbox/formats.ts';

const population = demoPopulation(Date.parse('2026-11-20T09:00:00Z'));
const files = population.letters.flatMap((letter) => letter.files);
const pdftotextIsThere = spawnSync('pdftotext', ['-v']).status === 0;

const contentOf = (wanted: (file: MessageFile) => boolean) => octetsOf(files.find(wanted)?.content ?? Buffer.alloc(0));

const extension = ({ name }: MessageFile) => name.slice(name.lastIndexOf('.') + 1);

test.each(Object.values(demoBoxes))('%s is a valid box ID', (id) => {
  expect(isBoxId(id)).toBe(true);
});

test.each(demoLogins)('the password of $name keeps to the rules of ISDS', ({ name, password }) => {
  expect(password).toMatch(/^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)[\w !#$%&()*+,.:=?@[\]{|}~-]{8,64}$/);
  expect(password).not.toMatch(/(.)\1\1/);
  expect(password).not.toContain(name);
  expect(name).toMatch(/^[a-z0-9]{6,12}$/);
});

test('every login is described by its box and its purpose', () => {
  for (const { boxName, description } of demoLogins) expect([boxName, description]).not.toContain('');
});

test('every letter would have been accepted: names, types and content agree', () => {
  for (const file of files) {
    expect(mimeTypesOf(extension(file))).toContain(file.mimeType);
    expect(contentFits(extension(file), file.mimeType, file.content)).toBe(true);
    expect(file.name.length).toBeLessThanOrEqual(255);
  }
});

test('the picture has as many octets as its size says', () => {
  const png = contentOf((file) => extension(file) === 'png');
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const data = png.indexOf('IDAT');
  const pixels = inflateSync(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)));
  expect(pixels.length).toBe(height * (1 + 3 * width));
});

test('the table of a PDF points at its objects', () => {
  const pdf = contentOf((file) => extension(file) === 'pdf');
  const text = pdf.toString('latin1');
  const places = [...text.matchAll(/^(\d{10}) 00000 n $/gm)].map((match) => Number(match[1]));
  expect(places).toHaveLength(7);
  for (const [index, place] of places.entries())
    expect(text.slice(place)).toMatch(new RegExp(`^${index + 1} 0 obj\\n`));
});

test.skipIf(!pdftotextIsThere)(
  'the text of a PDF can be read back with its diacritics (skipped without pdftotext)',
  () => {
    const pdf = contentOf(({ name }) => name === 'Sdělení o výsledku šetření.pdf');
    const { stdout } = spawnSync('pdftotext', ['-', '-'], { input: pdf });
    expect(stdout.toString()).toContain('Příliš žluťoučký kůň úpěl ďábelské ódy.');
  },
);

test('the recording is as long as it says, every time it is read, and large enough to be a large message', () => {
  const wav = files.find((file) => extension(file) === 'wav')?.content ?? Buffer.alloc(0);
  const octets = octetsOf(wav);
  expect([octets.length, octets.readUInt32LE(4) + 8, octets.readUInt32LE(40) + 44]).toEqual([
    wav.length,
    wav.length,
    wav.length,
  ]);
  expect(octetsOf(wav).equals(octets)).toBe(true);
  expect(octets.length).toBeGreaterThan(20 * 1024 * 1024);
  // One second goes over into the next without a crack.
  expect(octets.readInt16LE(44 + 88_200) - octets.readInt16LE(44 + 88_198)).toBe(
    octets.readInt16LE(46) - octets.readInt16LE(44),
  );
});

test('identification numbers of the demonstration are valid, and one legal person has two boxes', () => {
  const numbers = population.boxes.flatMap(({ ico }) => ico ?? []);
  expect(numbers.filter((ico) => !isIco(ico))).toEqual([]);
  expect(numbers.length - new Set(numbers).size).toBe(1);
});
