/** Small pictures made to measure. */
import { crc32, deflateSync } from 'node:zlib';
import type { DocumentPicture } from '../../src/pdf/index.ts';

export function pictureOf(octets: Buffer, shownWidth?: number): DocumentPicture {
  return {
    size: octets.length,
    read: async (position, length) => octets.subarray(position, position + length),
    shownWidth,
  };
}

export interface PngOptions {
  readonly depth?: number;
  /** 0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha. */
  readonly colour?: number;
  readonly interlace?: number;
  /** Chunks between header and data. */
  readonly extra?: readonly Buffer[];
  /** The raw rows; all zero, which is black or transparent, if not given. */
  readonly data?: Buffer;
}

export const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

export function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

export function header(
  width: number,
  height: number,
  { depth = 8, colour = 2, interlace = 0 }: PngOptions = {},
): Buffer {
  const fields = Buffer.alloc(13);
  fields.writeUInt32BE(width, 0);
  fields.writeUInt32BE(height, 4);
  fields.set([depth, colour, 0, 0, interlace], 8);
  return chunk('IHDR', fields);
}

/** One without interlacing unless `data` brings the passes. */
export function png(width: number, height: number, options: PngOptions = {}): Buffer {
  const { depth = 8, colour = 2, extra = [] } = options;
  const row = 1 + Math.ceil((width * depth * (SAMPLES[colour] ?? 0)) / 8);
  const data = options.data ?? Buffer.alloc(height * row);
  return Buffer.concat([
    SIGNATURE,
    header(width, height, options),
    ...extra,
    chunk('IDAT', deflateSync(data)),
    chunk('IEND'),
  ]);
}

export const palette = (colours: number): Buffer => chunk('PLTE', Buffer.alloc(3 * colours, 0x40));

/** 24 by 16 black pixels. */
export const jpeg = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDADUlKC8oITUvKy88OTU/UIVXUElJUKN1e2GFwarLyL6qurfV8P//1eL/5re6////////////zv////' +
    '//////////2wBDATk8PFBGUJ1XV53/3Lrc////////////////////////////////////////////////////////////////////wAARCAAQ' +
    'ABgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAP/EAB' +
    'QRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AJgAAAP/2Q==',
  'base64',
);

/** The same with an Exif segment that says how the camera was held. */
export function turnedJpeg(orientation: number): Buffer {
  const exif = Buffer.from('4578696600004d4d002a00000008000101120003000000010000000000000000', 'hex');
  exif.writeUInt16BE(orientation, 6 + 8 + 2 + 8);
  const head = Buffer.from('ffe10000', 'hex');
  head.writeUInt16BE(exif.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
}
