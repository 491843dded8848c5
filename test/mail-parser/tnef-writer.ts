/** Streams in TNEF as Outlook writes them (MS-OXTNEF), for tests: attributes with checksums, MAPI properties with padding. */

import { crc32 } from 'node:zlib';

const uint16 = (value: number): Buffer => {
  const octets = Buffer.alloc(2);
  octets.writeUInt16LE(value);
  return octets;
};

export const uint32 = (value: number): Buffer => {
  const octets = Buffer.alloc(4);
  octets.writeUInt32LE(value);
  return octets;
};

export const MESSAGE = 1;
export const ATTACHMENT = 2;

export function attribute(level: number, tag: number, data: Buffer): Buffer {
  const sum = data.reduce((total, octet) => (total + octet) & 0xffff, 0);
  return Buffer.concat([Buffer.of(level), uint32(tag), uint32(data.length), data, uint16(sum)]);
}

export function stream(...attributes: Buffer[]): Buffer {
  const version = attribute(MESSAGE, 0x00089006, uint32(0x00010000));
  return Buffer.concat([uint32(0x223e9f78), uint16(0x1234), version, ...attributes]);
}

export const codePage = (page: number): Buffer =>
  attribute(MESSAGE, 0x00069007, Buffer.concat([uint32(page), uint32(0)]));

export const messageClass = (name: string): Buffer => attribute(MESSAGE, 0x00078008, Buffer.from(`${name}\0`));

const padded = (data: Buffer): Buffer => Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
const utf16 = (text: string): Buffer => Buffer.from(`${text}\0`, 'utf16le');
const variable = (type: number, id: number, data: Buffer): Buffer =>
  Buffer.concat([uint16(type), uint16(id), uint32(1), uint32(data.length), padded(data)]);

/** MAPI properties by their identifier. */
export const unicode = (id: number, text: string): Buffer => variable(0x001f, id, utf16(text));
export const string8 = (id: number, octets: Buffer): Buffer =>
  variable(0x001e, id, Buffer.concat([octets, Buffer.of(0)]));
export const binary = (id: number, octets: Buffer): Buffer => variable(0x0102, id, octets);
export const long = (id: number, value: number): Buffer => Buffer.concat([uint16(0x0003), uint16(id), uint32(value)]);
export const object = (id: number, iid: Buffer, octets: Buffer): Buffer =>
  variable(0x000d, id, Buffer.concat([iid, octets]));
export const time = (id: number, moment: Date): Buffer => {
  const ticks = Buffer.alloc(8);
  ticks.writeBigUInt64LE(BigInt(moment.getTime() - Date.UTC(1601, 0, 1)) * 10_000n);
  return Buffer.concat([uint16(0x0040), uint16(id), ticks]);
};
/** Properties that a reader has to step over. */
export const oddities = (): Buffer[] => [
  Buffer.concat([uint16(0x000b), uint16(0x0e1b), uint32(1)]),
  Buffer.concat([uint16(0x0002), uint16(0x3fea), uint16(7), uint16(0)]),
  Buffer.concat([uint16(0x0048), uint16(0x3fd9), Buffer.alloc(16, 5)]),
  Buffer.concat([uint16(0x0003), uint16(0x8001), Buffer.alloc(16, 1), uint32(0), uint32(77), uint32(42)]),
  Buffer.concat([
    uint16(0x001f),
    uint16(0x8002),
    Buffer.alloc(16, 2),
    uint32(1),
    uint32(utf16('Klíč').length),
    padded(utf16('Klíč')),
    uint32(1),
    uint32(utf16('hodnota').length),
    padded(utf16('hodnota')),
  ]),
  Buffer.concat([
    uint16(0x101e),
    uint16(0x3a58),
    uint32(2),
    uint32(2),
    padded(Buffer.from('a\0')),
    uint32(6),
    padded(Buffer.from('druhá')),
  ]),
];

export const list = (...properties: Buffer[]): Buffer => Buffer.concat([uint32(properties.length), ...properties]);
export const messageProperties = (...properties: Buffer[]): Buffer =>
  attribute(MESSAGE, 0x00069003, list(...properties));

const rendering = (type: number): Buffer =>
  attribute(ATTACHMENT, 0x00069002, Buffer.concat([uint16(type), uint32(0xffffffff), Buffer.alloc(8)]));

/** An attached file: short name in the code page of the stream, long name, content. */
export function file(shortName: Buffer | string, content: Buffer, ...properties: Buffer[]): Buffer {
  return Buffer.concat([
    rendering(1),
    attribute(ATTACHMENT, 0x00018010, Buffer.concat([Buffer.from(shortName), Buffer.of(0)])),
    attribute(ATTACHMENT, 0x0006800f, content),
    attribute(ATTACHMENT, 0x00069005, list(long(0x3705, 1), ...properties)),
  ]);
}

export const IID_MESSAGE = Buffer.from('0703020000000000c000000000000046', 'hex');
export const IID_STORAGE = Buffer.from('0b00000000000000c000000000000046', 'hex');

/** An attached message or object, whose content is a property. */
export function attachedObject(method: number, iid: Buffer, content: Buffer, ...properties: Buffer[]): Buffer {
  return Buffer.concat([
    rendering(method === 6 ? 2 : 1),
    attribute(ATTACHMENT, 0x00018010, Buffer.from('Untitled Attachment\0')),
    attribute(ATTACHMENT, 0x00069005, list(long(0x3705, method), ...properties, object(0x3701, iid, content))),
  ]);
}

/** RTF in the compressed form, of which every two octets stand for seventeen (MS-OXRTFCP), and which is longer than it says. */
export function packed(size: number): Buffer {
  const runs = Math.ceil(size / (8 * 17)) + 1;
  const content = Buffer.alloc(17 * runs, Buffer.concat([Buffer.of(0xff), Buffer.alloc(16, Buffer.of(0, 0x0f))]));
  // A reference to the place where the next octet would be written ends the text: that one refers to its neighbour.
  for (let run = 0, write = 207; run < 8 * runs; run++, write = (write + 17) % 4096)
    if (write === 0) content[1 + 17 * Math.floor(run / 8) + 2 * (run % 8) + 1] = 0x1f;
  const checksum = ~crc32(content, 0xffffffff) >>> 0;
  return Buffer.concat([...[content.length + 12, size, 0x75465a4c, checksum].map(uint32), content]);
}
