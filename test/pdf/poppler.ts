/** Reads PDFs back with the programs of poppler-utils. */
import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';

export const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined;

/** For the names of tests that need it. */
export const needsPoppler = 'skipped without poppler-utils';

function read(program: string, args: readonly string[], pdf: Buffer): string {
  const { status, stdout, stderr } = spawnSync(program, args, { input: pdf, maxBuffer: 64 * 1024 * 1024 });
  const complaints = stderr.toString();
  if (status !== 0 || complaints !== '') throw new Error(`${program} does not like it: ${complaints}`);
  return stdout.toString();
}

/** The text as it stands on the pages, without page breaks. */
export function textOf(pdf: Buffer): string {
  return read('pdftotext', ['-layout', '-', '-'], pdf).replaceAll('\f', '');
}

/** All words one after the other, whatever the lines; a broken word stays in two pieces. */
export function wordsOf(pdf: Buffer): string {
  return textOf(pdf).replace(/\s+/g, ' ').trim();
}

export function pagesOf(pdf: Buffer): number {
  return Number(/^Pages: +(\d+)$/m.exec(read('pdfinfo', ['-'], pdf))?.[1]);
}

/** Name, embedded, subset, with Unicode; one line a font. */
export function fontsOf(pdf: Buffer): string[] {
  return read('pdffonts', ['-'], pdf).trimEnd().split('\n').slice(2);
}

export interface PlacedImage {
  readonly page: number;
  readonly kind: string;
  readonly width: number;
  readonly height: number;
  /** Pixels for an inch of paper. */
  readonly resolution: number;
}

export function imagesOf(pdf: Buffer): PlacedImage[] {
  const rows = read('pdfimages', ['-list', '-'], pdf).trimEnd().split('\n').slice(2);
  return rows.map((row) => {
    const [page, , kind = '', width, height, , , , , , , , resolution] = row.trim().split(/\s+/);
    return {
      page: Number(page),
      kind,
      width: Number(width),
      height: Number(height),
      resolution: Number(resolution),
    };
  });
}

/** The first page in grey, a number from 0 (black) to 255 for each pixel, so many for an inch. */
export function pixelsOf(pdf: Buffer, resolution: number): { width: number; height: number; pixels: Buffer } {
  const { stdout } = spawnSync('pdftoppm', ['-gray', '-r', String(resolution), '-f', '1', '-l', '1', '-'], {
    input: pdf,
    maxBuffer: 64 * 1024 * 1024,
  });
  const head = /^P5\n(\d+) (\d+)\n255\n/.exec(stdout.toString('latin1', 0, 40));
  if (head === null) throw new Error('pdftoppm drew nothing');
  return { width: Number(head[1]), height: Number(head[2]), pixels: stdout.subarray(head[0].length) };
}

/** For tests that say more than this: where poppler is missing, this part of them is left out. */
export function expectWords(pdf: Buffer, words: RegExp | string): void {
  if (hasPoppler) expect(wordsOf(pdf)).toEqual(words instanceof RegExp ? expect.stringMatching(words) : words);
}

/** As `expectWords`. */
export function expectImages(pdf: Buffer, images: readonly Partial<PlacedImage>[]): void {
  if (hasPoppler) expect(imagesOf(pdf)).toMatchObject(images);
}
