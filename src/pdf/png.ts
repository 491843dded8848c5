/** The structure of a PNG: every chunk is whole, and the data inflate to just as many octets as the header declares (PNG §5, §11). */
import { pipeline } from 'node:stream/promises';
import { crc32, createInflate } from 'node:zlib';
import { MAX_DECODED_OCTETS } from './decoded-size.ts';
import type { PictureSource } from './types.ts';

/** Some programs write the data in pieces of 8 kilobytes. */
const MAX_CHUNKS = 10_000;

const BLOCK_OCTETS = 256 * 1024;
const SIGNATURE = 8;
const HEADER = 13;

/** Samples of a pixel by colour type: grey, colour, palette, grey with alpha, colour with alpha. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const PALETTE = 3;
const MAX_PALETTE = 256;
const DEPTHS = new Set([1, 2, 4, 8, 16]);

/** Adam7: first column and row of each pass and the steps between them (PNG §8.2). */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

class Unshowable extends Error {}

export async function isShowablePng(picture: PictureSource): Promise<boolean> {
  const expected = decodedSize(await picture.read(SIGNATURE + 8, HEADER));
  if (expected === undefined || expected > MAX_DECODED_OCTETS) return false;
  let inflated = 0;
  try {
    await pipeline(imageData(picture), createInflate(), async (pixels: AsyncIterable<Buffer>) => {
      for await (const { length } of pixels) {
        inflated += length;
        if (inflated > expected) throw new Unshowable('more pixels than declared');
      }
    });
  } catch {
    return false;
  }
  return inflated === expected;
}

/** Undefined when the header is not one. */
function decodedSize(header: Buffer): number | undefined {
  if (header.length < HEADER) return undefined;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth = 0, colour = 0, compression, filter, interlace] = header.subarray(8);
  const bits = (SAMPLES[colour] ?? 0) * depth;
  if (width === 0 || height === 0 || bits === 0 || !DEPTHS.has(depth) || compression !== 0 || filter !== 0) {
    return undefined;
  }
  if (interlace === 0) return rows(width, height, bits);
  if (interlace !== 1) return undefined;
  return PASSES.reduce((sum, [x, y, right, down]) => {
    return sum + rows(Math.ceil((width - x) / right), Math.ceil((height - y) / down), bits);
  }, 0);
}

/** Each row has an octet that names its filter. */
function rows(width: number, height: number, bits: number): number {
  return width <= 0 || height <= 0 ? 0 : height * (1 + Math.ceil((width * bits) / 8));
}

/** The compressed data of all IDAT chunks; throws where a chunk is broken, missing, or beyond what pdfkit draws rightly. */
async function* imageData(picture: PictureSource): AsyncGenerator<Buffer> {
  const seen: Chunks = { paletteLength: 0, transparencyLength: 0 };
  let position = SIGNATURE;
  for (let count = 0; count < MAX_CHUNKS; count++) {
    const head = await picture.read(position, 8);
    if (head.length < 8) break;
    const [length, type] = [head.readUInt32BE(0), head.toString('latin1', 4)];
    if ((type === 'IHDR') !== (count === 0) || type === 'acTL') break;
    let checksum = crc32(head.subarray(4));
    for (let done = 0; done < length;) {
      const block = await picture.read(position + 8 + done, Math.min(BLOCK_OCTETS, length - done));
      if (block.length === 0) throw new Unshowable('a chunk breaks off');
      if (type === 'IHDR') seen.header = block;
      if (type === 'IDAT') yield block;
      checksum = crc32(block, checksum);
      done += block.length;
    }
    const sum = await picture.read(position + 8 + length, 4);
    if (sum.length < 4 || sum.readUInt32BE(0) !== checksum) throw new Unshowable('a chunk is damaged');
    if (type === 'PLTE') seen.paletteLength = length / 3;
    if (type === 'tRNS') seen.transparencyLength = length;
    if (type === 'IEND' && isDrawnRightly(seen)) return;
    position += 12 + length;
  }
  throw new Unshowable('not a whole PNG, or one that cannot be drawn');
}

interface Chunks {
  header?: Buffer;
  paletteLength: number;
  transparencyLength: number;
}

/**
 * pdfkit takes a single transparent colour for another one, cannot decode pixels smaller than an octet, and makes the last
 * colour of a full palette transparent when the file says nothing of it: words of the picture could vanish.
 */
function isDrawnRightly({ header, paletteLength, transparencyLength }: Chunks): boolean {
  const [depth = 0, colour = 0, , , interlace] = header?.subarray(8) ?? [];
  const palette = colour === PALETTE;
  if (palette && (!Number.isInteger(paletteLength) || paletteLength === 0 || paletteLength > MAX_PALETTE)) return false;
  if (depth < 8 && (interlace === 1 || transparencyLength > 0)) return false;
  if (transparencyLength === 0) return true;
  return palette && (paletteLength < MAX_PALETTE || transparencyLength === MAX_PALETTE);
}
