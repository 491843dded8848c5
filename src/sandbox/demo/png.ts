/** Writes a small PNG: stripes that fade, enough to see that a picture arrived whole (PNG specification §5). */
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const EIGHT_BIT_COLOUR = Buffer.from([8, 2, 0, 0, 0]);

export function writePng(width: number, height: number): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  const rows = Array.from({ length: height }, (_, row) => Buffer.from([0, ...pixels(width, row / height)]));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', Buffer.concat([size, EIGHT_BIT_COLOUR])),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function pixels(width: number, shade: number): number[] {
  return Array.from({ length: width }, (_, column) => (column % 16 < 8 ? [17, 69, 126] : [215, 20, 26]))
    .flat()
    .map((colour) => Math.round(colour + (255 - colour) * shade));
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}
