/** Makes ZIP archives octet by octet, the honest ones and those that lie. */
import { crc32, deflateRawSync } from 'node:zlib';

interface Fields {
  name: string | Buffer;
  flags: number;
  method: number;
  crc: number;
  packedSize: number;
  size: number;
  offset: number;
  disk: number;
  madeBy: number;
  attributes: number;
  extra: Buffer;
}

export interface Member {
  readonly name: string | Buffer;
  readonly data?: Buffer | string;
  /** 8 is Deflate, 0 is stored; others leave the data as it is. */
  readonly method?: number;
  readonly flags?: number;
  /** Size and checksum behind the data only. */
  readonly descriptor?: boolean;
  /** Octets that belong to nobody. */
  readonly before?: Buffer;
  /** What the directory says instead of the truth. */
  readonly central?: Partial<Fields>;
  /** What the local header says instead of the truth. */
  readonly local?: Partial<Fields>;
}

export interface Shape {
  readonly comment?: Buffer;
  readonly leading?: Buffer;
  readonly trailing?: Buffer;
  readonly entryCount?: number;
  /** Files in this part of a split archive. */
  readonly entriesHere?: number;
  readonly directoryOffset?: number;
  readonly directorySize?: number;
  readonly disk?: number;
  /** Between the last file and the directory. */
  readonly beforeDirectory?: Buffer;
  /** With the ZIP64 records, as some programs write them always. */
  readonly zip64?: Partial<{ entryCount: number; directoryOffset: number; at: number; recordSize: bigint }>;
}

const UTF8 = 0x0800;

export function zip(members: readonly Member[], shape: Shape = {}): Buffer {
  const leading = shape.leading ?? Buffer.alloc(0);
  const parts: Buffer[] = [leading];
  let length = leading.length;
  const add = (...buffers: Buffer[]): void => {
    parts.push(...buffers);
    length += buffers.reduce((sum, buffer) => sum + buffer.length, 0);
  };
  const central: Buffer[] = [];
  for (const member of members) {
    add(member.before ?? Buffer.alloc(0));
    const data = Buffer.from(member.data ?? '');
    const method = member.method ?? 8;
    const packed = method === 8 ? deflateRawSync(data) : data;
    const truth: Fields = {
      name: member.name,
      flags: (member.flags ?? UTF8) | (member.descriptor ? 8 : 0),
      method,
      crc: crc32(data),
      packedSize: packed.length,
      size: data.length,
      offset: length,
      disk: 0,
      madeBy: 3 << 8,
      attributes: 0,
      extra: Buffer.alloc(0),
    };
    const unknown = member.descriptor ? { crc: 0, packedSize: 0, size: 0 } : {};
    add(localHeader({ ...truth, ...unknown, ...member.local }), packed);
    if (member.descriptor) add(descriptor(truth));
    central.push(centralHeader({ ...truth, ...member.central }));
  }
  add(shape.beforeDirectory ?? Buffer.alloc(0));
  const directory = Buffer.concat(central);
  const start = length;
  add(directory);
  if (shape.zip64) add(zip64End(members.length, directory.length, start, length, shape.zip64));
  add(endRecord(members.length, directory.length, start, shape), shape.trailing ?? Buffer.alloc(0));
  return Buffer.concat(parts);
}

function localHeader(fields: Fields): Buffer {
  const name = Buffer.from(fields.name);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(fields.flags, 6);
  header.writeUInt16LE(fields.method, 8);
  header.writeUInt32LE(fields.crc, 14);
  header.writeUInt32LE(fields.packedSize, 18);
  header.writeUInt32LE(fields.size, 22);
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(fields.extra.length, 28);
  return Buffer.concat([header, name, fields.extra]);
}

function centralHeader(fields: Fields): Buffer {
  const name = Buffer.from(fields.name);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(fields.madeBy, 4);
  header.writeUInt16LE(20, 6);
  header.writeUInt16LE(fields.flags, 8);
  header.writeUInt16LE(fields.method, 10);
  header.writeUInt32LE(fields.crc, 16);
  header.writeUInt32LE(fields.packedSize, 20);
  header.writeUInt32LE(fields.size, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(fields.extra.length, 30);
  header.writeUInt16LE(fields.disk, 34);
  header.writeUInt32LE(fields.attributes, 38);
  header.writeUInt32LE(fields.offset, 42);
  return Buffer.concat([header, name, fields.extra]);
}

function descriptor({ crc, packedSize, size }: Fields): Buffer {
  const record = Buffer.alloc(16);
  record.writeUInt32LE(0x08074b50, 0);
  record.writeUInt32LE(crc, 4);
  record.writeUInt32LE(packedSize, 8);
  record.writeUInt32LE(size, 12);
  return record;
}

export function endRecord(count: number, size: number, start: number, shape: Shape = {}): Buffer {
  const comment = shape.comment ?? Buffer.alloc(0);
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(shape.disk ?? 0, 4);
  record.writeUInt16LE(shape.disk ?? 0, 6);
  record.writeUInt16LE(shape.entriesHere ?? shape.entryCount ?? count, 8);
  record.writeUInt16LE(shape.entryCount ?? count, 10);
  record.writeUInt32LE(shape.directorySize ?? size, 12);
  record.writeUInt32LE(shape.directoryOffset ?? start, 16);
  record.writeUInt16LE(comment.length, 20);
  return Buffer.concat([record, comment]);
}

function zip64End(count: number, size: number, start: number, at: number, lies: NonNullable<Shape['zip64']>): Buffer {
  const record = Buffer.alloc(56 + 20);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(lies.recordSize ?? 44n, 4);
  record.writeBigUInt64LE(BigInt(lies.entryCount ?? count), 24);
  record.writeBigUInt64LE(BigInt(lies.entryCount ?? count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(lies.directoryOffset ?? start), 48);
  record.writeUInt32LE(0x07064b50, 56);
  record.writeBigUInt64LE(BigInt(lies.at ?? at), 64);
  record.writeUInt32LE(1, 72);
  return record;
}
