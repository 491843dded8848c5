/** DejaVu Sans: which characters it has, and how wide they are. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { create, type Font } from 'fontkit';

/** The build copies it to its place in `dist`. */
export const FONT_FILE = fileURLToPath(new URL('./font-file/DejaVuSans.ttf', import.meta.url));

export class Letters {
  readonly #font: Font;
  readonly #scale: number;
  readonly #widths = new Map<string, number>();

  /** `size` is that of the letters in points. */
  constructor(size: number) {
    const font = create(readFileSync(FONT_FILE));
    if (!('hasGlyphForCodePoint' in font)) throw new Error(`${FONT_FILE} is a collection of fonts`);
    this.#font = font;
    this.#scale = size / font.unitsPerEm;
  }

  has(character: string): boolean {
    return this.#font.hasGlyphForCodePoint(codePoint(character));
  }

  /** In points, each character by itself: kerning brings some closer together. */
  widthOf(text: string): number {
    let width = 0;
    for (const character of text) width += this.#widths.get(character) ?? this.#measure(character);
    return width;
  }

  #measure(character: string): number {
    const width = this.#font.glyphForCodePoint(codePoint(character)).advanceWidth * this.#scale;
    this.#widths.set(character, width);
    return width;
  }
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}
