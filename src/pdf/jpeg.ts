/** The structure of a JPEG: its frame must be one that a PDF may hold, and its end must be there (ITU-T T.81 annex B). */
import { MAX_DECODED_OCTETS } from './decoded-size.ts';
import type { PictureSource } from './types.ts';

/** A photograph has about twenty before its data; colour profiles and previews come in pieces of 64 kilobytes. */
const MAX_SEGMENTS = 1_000;

/** Some cameras write a preview or notes behind the end. */
const TRAILER_OCTETS = 256 * 1024;

const END_OF_IMAGE = Buffer.from('ffd9', 'hex');
const START_OF_SCAN = 0xda;
const HUFFMAN_TABLE = 0xc4;

/** Baseline, extended and progressive; DCTDecode knows no other (ISO 32000-1 §7.4.8). */
const SHOWABLE_FRAMES = new Set([0xc0, 0xc1, 0xc2]);

const EIGHT_BITS = 8;

export async function isShowableJpeg(picture: PictureSource): Promise<boolean> {
  let position = 2;
  let frames = 0;
  for (let segment = 0; segment < MAX_SEGMENTS; segment++) {
    const head = await picture.read(position, 4);
    if (head.length < 4 || head[0] !== 0xff) return false;
    const [, marker = 0] = head;
    const length = head.readUInt16BE(2);
    if (marker === START_OF_SCAN) return frames === 1 && hasEnd(picture, position);
    if (isFrame(marker)) {
      frames++;
      if (!SHOWABLE_FRAMES.has(marker) || !isShowableFrame(await picture.read(position + 4, 6))) return false;
    }
    if (length < 2) return false;
    position += 2 + length;
  }
  return false;
}

/** Arithmetic coding has its tables (0xcc) in this range, too: they are no frame, and no more showable than one. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== HUFFMAN_TABLE;
}

/** Grey or colour; printers' colours (CMYK) have no place in a document whose colours are those of a screen (ISO 19005-2 §6.2.4). */
function isShowableFrame(frame: Buffer): boolean {
  if (frame.length < 6) return false;
  const [height, width, channels = 0] = [frame.readUInt16BE(1), frame.readUInt16BE(3), frame[5]];
  const fits = width > 0 && height > 0 && width * height * channels <= MAX_DECODED_OCTETS;
  return frame[0] === EIGHT_BITS && (channels === 1 || channels === 3) && fits;
}

/** A picture that broke off on its way has none. */
async function hasEnd(picture: PictureSource, scan: number): Promise<boolean> {
  const start = Math.max(scan, picture.size - TRAILER_OCTETS);
  return (await picture.read(start, picture.size - start)).includes(END_OF_IMAGE);
}
