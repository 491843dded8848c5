/** Sizes of QR code symbols up to version 10 at error correction level M (ISO/IEC 18004, tables 7, 9 and E.1). */

/** A size of QR code at error correction level M. */
export interface QrVersion {
  readonly number: number;
  /** Data codewords of each block; blocks differ in length by one at most, the longer ones come last. */
  readonly blocks: readonly number[];
  readonly correctionPerBlock: number;
  /** Centres of the alignment patterns in both directions. */
  readonly alignment: readonly number[];
}

export const qrVersions: readonly QrVersion[] = [
  { number: 1, blocks: [16], correctionPerBlock: 10, alignment: [] },
  { number: 2, blocks: [28], correctionPerBlock: 16, alignment: [6, 18] },
  { number: 3, blocks: [44], correctionPerBlock: 26, alignment: [6, 22] },
  { number: 4, blocks: [32, 32], correctionPerBlock: 18, alignment: [6, 26] },
  { number: 5, blocks: [43, 43], correctionPerBlock: 24, alignment: [6, 30] },
  { number: 6, blocks: [27, 27, 27, 27], correctionPerBlock: 16, alignment: [6, 34] },
  { number: 7, blocks: [31, 31, 31, 31], correctionPerBlock: 18, alignment: [6, 22, 38] },
  { number: 8, blocks: [38, 38, 39, 39], correctionPerBlock: 22, alignment: [6, 24, 42] },
  { number: 9, blocks: [36, 36, 36, 37, 37], correctionPerBlock: 22, alignment: [6, 26, 46] },
  { number: 10, blocks: [43, 43, 43, 43, 44], correctionPerBlock: 26, alignment: [6, 28, 50] },
];

/** Modules along one side. */
export function sideOf({ number }: QrVersion): number {
  return 17 + 4 * number;
}
