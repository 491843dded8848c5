/** The modules of a QR code: fixed patterns, format, and the codewords in their zigzag. */
import { encodeText } from './codewords.ts';
import { type QrVersion, sideOf } from './versions.ts';

/** Rows of modules, true for dark. */
export type Modules = readonly (readonly boolean[])[];

/** Level M with mask 0 (ISO/IEC 18004, table 12): the two bits of M are 00, so are the three of the mask. */
const FORMAT = 0;
const FORMAT_GENERATOR = 0b10100110111;
/** So that no format is all zeros (ISO/IEC 18004 §7.9.1). */
const FORMAT_MASK = 0b101010000010010;
const VERSION_GENERATOR = 0b1111100100101;
/** Smaller symbols have a size that tells their version. */
const FIRST_VERSION_WITH_NUMBER = 7;

/** Undefined for a text that is too long. */
export function qrSymbol(text: string): Modules | undefined {
  const encoded = encodeText(text);
  if (encoded === undefined) return undefined;
  const canvas = new Canvas(sideOf(encoded.version));
  drawFixedPatterns(canvas, encoded.version);
  drawCodewords(canvas, encoded.codewords);
  return canvas.rows.map((row) => row.map((module) => module ?? false));
}

/** Modules that are not drawn yet are undefined: where they are is where the codewords go. */
class Canvas {
  readonly rows: (boolean | undefined)[][];
  readonly side: number;

  constructor(side: number) {
    this.side = side;
    this.rows = Array.from({ length: side }, () => Array.from<boolean | undefined>({ length: side }));
  }

  set(row: number, column: number, dark: boolean): void {
    const modules = this.rows[row];
    if (modules !== undefined && column >= 0 && column < this.side) modules[column] = dark;
  }

  isFree(row: number, column: number): boolean {
    return this.rows[row]?.[column] === undefined;
  }
}

function drawFixedPatterns(canvas: Canvas, version: QrVersion): void {
  const last = canvas.side - 1;
  const finders: readonly (readonly [number, number])[] = [
    [3, 3],
    [3, last - 3],
    [last - 3, 3],
  ];
  for (const [row, column] of finders) drawRings(canvas, row, column, 4, [2, 4]);
  for (const row of version.alignment) {
    for (const column of version.alignment) {
      if (canvas.isFree(row, column)) drawRings(canvas, row, column, 2, [1]);
    }
  }
  for (let place = 8; place < canvas.side - 8; place++) {
    canvas.set(6, place, place % 2 === 0);
    canvas.set(place, 6, place % 2 === 0);
  }
  drawFormat(canvas);
  if (version.number >= FIRST_VERSION_WITH_NUMBER) drawVersion(canvas, version.number);
}

/** Squares around a centre; light at the named distances. */
function drawRings(canvas: Canvas, row: number, column: number, reach: number, light: readonly number[]): void {
  for (let down = -reach; down <= reach; down++) {
    for (let right = -reach; right <= reach; right++) {
      const distance = Math.max(Math.abs(down), Math.abs(right));
      canvas.set(row + down, column + right, !light.includes(distance));
    }
  }
}

/** Written twice, beside the upper left finder and split between the two others. */
function drawFormat(canvas: Canvas): void {
  const bits = (((FORMAT << 10) | remainder(FORMAT, FORMAT_GENERATOR, 10)) ^ FORMAT_MASK) >>> 0;
  const last = canvas.side - 1;
  for (let bit = 0; bit < 15; bit++) {
    const dark = ((bits >> bit) & 1) === 1;
    // Around the corner; row and column 6 belong to the timing pattern.
    if (bit < 8) canvas.set(bit < 6 ? bit : bit + 1, 8, dark);
    else canvas.set(8, bit === 8 ? 7 : 14 - bit, dark);
    if (bit < 8) canvas.set(8, last - bit, dark);
    else canvas.set(last - 14 + bit, 8, dark);
  }
  // One module is dark in every symbol.
  canvas.set(last - 7, 8, true);
}

function drawVersion(canvas: Canvas, number: number): void {
  const bits = (number << 12) | remainder(number, VERSION_GENERATOR, 12);
  for (let bit = 0; bit < 18; bit++) {
    const dark = ((bits >> bit) & 1) === 1;
    const along = Math.floor(bit / 3);
    const across = canvas.side - 11 + (bit % 3);
    canvas.set(along, across, dark);
    canvas.set(across, along, dark);
  }
}

/** Check bits of a BCH code: the value with `degree` zeros behind it, divided by the generator. */
function remainder(value: number, generator: number, degree: number): number {
  let rest = value;
  for (let step = 0; step < degree; step++) rest = (rest << 1) ^ ((rest >> (degree - 1)) & 1 ? generator : 0);
  return rest;
}

/** Upwards and downwards in strips of two columns from the right; the column of the timing pattern is stepped over. */
function drawCodewords(canvas: Canvas, codewords: readonly number[]): void {
  let bit = 0;
  let upwards = true;
  for (let right = canvas.side - 1; right > 0; right -= right === 8 ? 3 : 2) {
    for (let step = 0; step < canvas.side; step++) {
      const row = upwards ? canvas.side - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (!canvas.isFree(row, column)) continue;
        const dark = (((codewords[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1;
        // Mask 0 is a chessboard. Readers take any mask, and text with its padding is no chessboard itself.
        canvas.set(row, column, dark !== ((row + column) % 2 === 0));
        bit++;
      }
    }
    upwards = !upwards;
  }
}
