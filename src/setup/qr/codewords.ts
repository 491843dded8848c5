/** A text as the codewords of a QR code: byte mode, padding, blocks with their error correction, interleaved. */
import { correctionCodewords } from './error-correction.ts';
import { type QrVersion, qrVersions } from './versions.ts';

/** Indicator of byte mode (ISO/IEC 18004, table 2). */
const BYTE_MODE = 0b0100;
const BYTE_MODE_BITS = 4;
/** What fills the symbol behind the text, in turn (ISO/IEC 18004 §7.4.10). */
const PADDING = [0xec, 0x11];

/** A text as the codewords of a version that it fits into. */
export interface Encoded {
  readonly version: QrVersion;
  readonly codewords: readonly number[];
}

/** Undefined when the text needs more than version 10 holds. */
export function encodeText(text: string): Encoded | undefined {
  const octets = Buffer.from(text, 'utf8');
  const version = qrVersions.find((one) => headBits(one) + octets.length * 8 <= capacityOf(one) * 8);
  return version && { version, codewords: interleaved(version, padded(version, octets)) };
}

function capacityOf({ blocks }: QrVersion): number {
  return blocks.reduce((sum, length) => sum + length, 0);
}

/** The mode and the length before the text. */
function headBits(version: QrVersion): number {
  return BYTE_MODE_BITS + lengthBits(version);
}

/** From version 10 on a text may have more than 255 octets. */
function lengthBits({ number }: QrVersion): number {
  return number < 10 ? 8 : 16;
}

function padded(version: QrVersion, octets: Buffer): number[] {
  const length = octets.length.toString(2).padStart(lengthBits(version), '0');
  const content = Array.from(octets, (octet) => octet.toString(2).padStart(8, '0')).join('');
  // The terminator is four zeros; the rest of its octet is zeros as well, and in byte mode that is always four.
  const bits = `${BYTE_MODE.toString(2).padStart(BYTE_MODE_BITS, '0')}${length}${content}`;
  const whole = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0');
  const codewords = (whole.match(/.{8}/g) ?? []).map((octet) => Number.parseInt(octet, 2));
  const missing = capacityOf(version) - codewords.length;
  return [...codewords, ...Array.from({ length: missing }, (_, index) => PADDING[index % PADDING.length] ?? 0)];
}

/** The first codeword of each block, the second of each, and so on, so that a stain hits all blocks a little. */
function interleaved({ blocks, correctionPerBlock }: QrVersion, codewords: readonly number[]): number[] {
  let from = 0;
  const data = blocks.map((length) => codewords.slice(from, (from += length)));
  const correction = data.map((block) => correctionCodewords(block, correctionPerBlock));
  return [...inColumns(data), ...inColumns(correction)];
}

function inColumns(rows: readonly (readonly number[])[]): number[] {
  const longest = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: longest }, (_, column) => rows.flatMap((row) => row[column] ?? [])).flat();
}
