/** Which pictures may be drawn, judged before anything decodes them. */
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { isShowable } from '../../src/pdf/index.ts';
import { chunk, header, jpeg, palette, pictureOf, png, SIGNATURE, turnedJpeg } from './pictures.ts';

const judge = (octets: Buffer) => isShowable(pictureOf(octets));

/** The rows of an interlaced picture of 8 by 8 grey pixels: seven passes. */
const interlaced = Buffer.alloc(1 * 2 + 1 * 2 + 1 * 3 + 2 * 3 + 2 * 5 + 4 * 5 + 4 * 9);

test.each([
  ['grey', png(5, 3, { colour: 0 })],
  ['grey of one bit', png(5, 3, { colour: 0, depth: 1 })],
  ['colour', png(5, 3)],
  ['colour of sixteen bits', png(5, 3, { depth: 16 })],
  ['palette', png(5, 3, { colour: 3, extra: [palette(2)] })],
  ['palette of four bits', png(5, 3, { colour: 3, depth: 4, extra: [palette(16)] })],
  ['palette with transparency', png(5, 3, { colour: 3, extra: [palette(2), chunk('tRNS', Buffer.from([0]))] })],
  ['grey with alpha', png(5, 3, { colour: 4 })],
  ['colour with alpha', png(5, 3, { colour: 6 })],
  ['interlaced', png(8, 8, { colour: 0, interlace: 1, data: interlaced })],
  ['with notes', png(5, 3, { extra: [chunk('tEXt', Buffer.from('Title\0Kůň'))] })],
])('a PNG is showable: %s', async (_, octets) => {
  expect(await judge(octets)).toBe(true);
});

test.each([1, 3, 6, 8])('a JPEG is showable, held as %i', async (orientation) => {
  expect(await judge(jpeg)).toBe(true);
  expect(await judge(turnedJpeg(orientation))).toBe(true);
});

const broken = png(50, 30);

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a GIF', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1')],
  ['a WebP', Buffer.from('RIFF\x24\0\0\0WEBPVP8 ', 'latin1')],
  ['a HEIC', Buffer.from('\0\0\0\x18ftypheic', 'latin1')],
  ['a text', Buffer.from('Příliš žluťoučký kůň')],
  ['a PNG that broke off', broken.subarray(0, -20)],
  ['a PNG without its end', broken.subarray(0, -12)],
  ['a PNG with a damaged octet', Buffer.concat([broken.subarray(0, 45), Buffer.from([0]), broken.subarray(46)])],
  ['a PNG without pixels', png(0, 3)],
  ['a PNG of five bits', png(5, 3, { depth: 5 })],
  ['a PNG with fewer pixels than declared', png(50, 30, { data: Buffer.alloc(100) })],
  [
    'a PNG whose data are no data',
    Buffer.concat([SIGNATURE, header(1, 1), chunk('IDAT', Buffer.from('x')), chunk('IEND')]),
  ],
  ['a PNG with a palette that is missing', png(5, 3, { colour: 3 })],
  ['a moving PNG', png(5, 3, { extra: [chunk('acTL', Buffer.alloc(8))] })],
  ['a JPEG that broke off', jpeg.subarray(0, -2)],
  ['a JPEG of nothing but a head', jpeg.subarray(0, 20)],
  ['a JPEG in printers’ colours', withFrame((frame) => frame.writeUInt8(4, 9))],
  ['a JPEG of twelve bits', withFrame((frame) => frame.writeUInt8(12, 4))],
  ['a lossless JPEG', withFrame((frame) => frame.writeUInt8(0xc3, 1))],
  ['a JPEG without pixels', withFrame((frame) => frame.writeUInt16BE(0, 7))],
])('%s is not', async (_, octets) => {
  expect(await judge(octets)).toBe(false);
});

/** The octets of a frame: marker, length, bits, height, width, channels. */
function withFrame(change: (frame: Buffer) => void): Buffer {
  const octets = Buffer.from(jpeg);
  change(octets.subarray(octets.indexOf(Buffer.from('ffc0', 'hex'))));
  return octets;
}

test.each([
  ['a single transparent colour, which pdfkit takes for another one', { extra: [chunk('tRNS', Buffer.alloc(6))] }],
  ['transparent pixels of four bits', { colour: 3, depth: 4, extra: [palette(2), chunk('tRNS', Buffer.from([0]))] }],
  [
    'a full palette with few transparent colours',
    { colour: 3, extra: [palette(256), chunk('tRNS', Buffer.from([0]))] },
  ],
])('a PNG that would be drawn wrongly is not: %s', async (_, options) => {
  expect(await judge(png(5, 3, options))).toBe(false);
});

test('attack: decompression bomb, honestly declared', async () => {
  const octets = Buffer.concat([SIGNATURE, header(50_000, 50_000), chunk('IDAT', deflateSync(Buffer.alloc(1_000)))]);
  const asked: number[] = [];
  const picture = pictureOf(octets);
  const watched = { ...picture, read: (at: number, length: number) => (asked.push(at), picture.read(at, length)) };
  expect(await isShowable(watched)).toBe(false);
  // The signature and the header: not an octet of the data.
  expect(asked).toEqual([0, 16]);
});

test('attack: decompression bomb behind a small header', async () => {
  expect(await judge(png(5, 3, { data: Buffer.alloc(50_000_000) }))).toBe(false);
});

test('attack: JPEG of 65535 by 65535 pixels', async () => {
  expect(await judge(withFrame((frame) => frame.writeUInt32BE(0xffffffff, 5)))).toBe(false);
});

test('attack: JPEG of segments without end', async () => {
  const segments = Buffer.from('ffe00002'.repeat(100_000), 'hex');
  let reads = 0;
  const picture = pictureOf(Buffer.concat([jpeg.subarray(0, 2), segments, jpeg.subarray(2)]));
  const watched = { ...picture, read: (at: number, length: number) => (reads++, picture.read(at, length)) };
  expect(await isShowable(watched)).toBe(false);
  expect(reads).toBeLessThan(2_000);
});
