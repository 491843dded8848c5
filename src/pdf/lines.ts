/** A text broken into lines: words and pictures one after the other, as wide as the page allows. */
import { PICTURE_PLACE } from '../core/index.ts';

/** In points. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Text of one line and font. */
export interface TextPiece {
  /** From the left edge of the text. */
  readonly x: number;
  readonly text: string;
}

/** A picture within a line. */
export interface PicturePiece extends Size {
  readonly x: number;
  /** Which picture of the document. */
  readonly picture: number;
}

/** A line of the document, measured in points. */
export interface Line {
  readonly height: number;
  readonly pieces: readonly (TextPiece | PicturePiece)[];
}

/** Everything in points. */
export interface Measures {
  readonly width: number;
  readonly lineHeight: number;
  /** Distance of tabulator stops. */
  readonly tab: number;
  /** Between a picture and the line above it. */
  readonly pictureGap: number;
  readonly widthOf: (text: string) => number;
  /** Sizes of the pictures, none wider than `width`. */
  readonly pictures: readonly Size[];
}

/** Sums of many widths differ from the sum in their last digits. */
const ROUNDING = 0.01;

const TOKENS = new RegExp(`[\\t${PICTURE_PLACE}]| +|[^\\t ${PICTURE_PLACE}]+`, 'g');

/** Lines of the text in their order; \n ends a paragraph, and an empty paragraph is an empty line. */
export function* layOut(text: string, measures: Measures): Generator<Line> {
  const setter = new LineSetter(measures);
  for (let start = 0; start <= text.length;) {
    const end = text.indexOf('\n', start);
    const stop = end === -1 ? text.length : end;
    for (const [token] of text.slice(start, stop).matchAll(TOKENS)) yield* setter.set(token);
    yield setter.finish();
    start = stop + 1;
  }
}

class LineSetter {
  readonly #measures: Measures;
  #pieces: (TextPiece | PicturePiece)[] = [];
  #x = 0;
  /** Words that become one piece, and where it begins. */
  #run = { text: '', x: 0 };
  /** Blanks before the next word; they vanish where a line ends. */
  #blanks = '';
  #picture = 0;

  constructor(measures: Measures) {
    this.#measures = measures;
  }

  *set(token: string): Generator<Line> {
    if (token === '\t') yield* this.#setTab();
    else if (token === PICTURE_PLACE) yield* this.#setPicture();
    else if (token.startsWith(' ')) this.#blanks = token;
    else yield* this.#setWord(token);
  }

  finish(): Line {
    this.#closeRun();
    const tallest = this.#pieces.reduce((most, piece) => ('picture' in piece ? Math.max(most, piece.height) : most), 0);
    const { lineHeight, pictureGap } = this.#measures;
    const line = {
      pieces: this.#pieces,
      height: tallest === 0 ? lineHeight : Math.max(lineHeight, tallest + pictureGap),
    };
    this.#pieces = [];
    this.#moveTo(0);
    return line;
  }

  *#setWord(word: string): Generator<Line> {
    const { widthOf, width: available } = this.#measures;
    const width = widthOf(word);
    if (!this.#fits(widthOf(this.#blanks) + width)) yield* this.#nextLine();
    if (width > available + ROUNDING) yield* this.#setBroken(word, available);
    else this.#append(this.#blanks + word, widthOf(this.#blanks) + width);
  }

  /** A word longer than a line, an address for the most part, breaks between any two characters. */
  *#setBroken(word: string, available: number): Generator<Line> {
    let part = '';
    let width = 0;
    for (const character of word) {
      const step = this.#measures.widthOf(character);
      if (width + step > available + ROUNDING && part !== '') {
        this.#append(part, width);
        yield this.finish();
        part = '';
        width = 0;
      }
      part += character;
      width += step;
    }
    this.#append(part, width);
  }

  *#setTab(): Generator<Line> {
    const { tab, width, widthOf } = this.#measures;
    const from = this.#x + widthOf(this.#blanks);
    const stop = (Math.floor((from + ROUNDING) / tab) + 1) * tab;
    if (stop >= width) {
      yield this.finish();
      return;
    }
    this.#closeRun();
    this.#moveTo(stop);
  }

  *#setPicture(): Generator<Line> {
    const picture = this.#picture++;
    const size = this.#measures.pictures[picture];
    if (size === undefined) throw new RangeError('a place without a picture');
    const gap = (): number => this.#measures.widthOf(this.#blanks);
    if (!this.#fits(gap() + size.width)) yield* this.#nextLine();
    this.#closeRun();
    const x = this.#x + gap();
    this.#pieces.push({ ...size, x, picture });
    this.#moveTo(x + size.width);
  }

  #fits(width: number): boolean {
    return this.#x + width <= this.#measures.width + ROUNDING;
  }

  /** No line for blanks alone: they were an indentation, and what follows needs their room. */
  *#nextLine(): Generator<Line> {
    if (this.#x > 0) yield this.finish();
    this.#blanks = '';
  }

  #append(text: string, width: number): void {
    this.#run.text += text;
    this.#blanks = '';
    this.#x += width;
  }

  #closeRun(): void {
    const { text, x } = this.#run;
    if (text !== '') this.#pieces.push({ text, x });
  }

  #moveTo(x: number): void {
    this.#x = x;
    this.#run = { text: '', x };
    this.#blanks = '';
  }
}
