/** The attributes of a TNEF stream one after the other, their checksums verified (MS-OXTNEF §2.1.3). */
import { problems, unreadable } from '../../problems.ts';
import { blocks, type Content, OctetReader, type ReadBudget } from '../octets.ts';

const SIGNATURE = 0x223e9f78;

/** An attachment has about ten, and a mail at most hundreds of attachments. */
const MAX_ATTRIBUTES = 20_000;

/** One attribute of a TNEF stream (MS-OXTNEF §2.1.3). */
export interface Attribute {
  readonly isOfAttachment: boolean;
  /** Type and identifier in one number, as in the table of MS-OXTNEF §2.1.3.1. */
  readonly tag: number;
  readonly data: Content;
}

/** Level, tag, length, no data, checksum. */
const MIN_ATTRIBUTE_OCTETS = 11;

const LEVEL_MESSAGE = 1;
const LEVEL_ATTACHMENT = 2;

export async function* attributes(stream: Content, budget: ReadBudget): AsyncGenerator<Attribute> {
  const reader = new OctetReader(stream, budget);
  if (stream.size < 6 || (await reader.uint32()) !== SIGNATURE) throw unreadable(problems.notTnef);
  // The key that follows concerned programs long gone.
  reader.skip(2);
  for (let count = 0; !reader.atEnd; count++) {
    if (count === MAX_ATTRIBUTES) throw unreadable(problems.damaged);
    if (stream.size - reader.position < MIN_ATTRIBUTE_OCTETS && (await isFiller(reader))) return;
    const level = await reader.uint8();
    if (level !== LEVEL_MESSAGE && level !== LEVEL_ATTACHMENT) throw unreadable(problems.damaged);
    const tag = await reader.uint32();
    const data = reader.take(await reader.uint32());
    if ((await checksum(data)) !== (await reader.uint16())) throw unreadable(problems.damaged);
    yield { isOfAttachment: level === LEVEL_ATTACHMENT, tag, data };
  }
}

/** Zeros and line ends, which a transfer may leave at the end of a file. */
async function isFiller(reader: OctetReader): Promise<boolean> {
  const rest = await reader.content.read(reader.position, MIN_ATTRIBUTE_OCTETS);
  return rest.every((octet) => octet === 0 || octet === 0x0d || octet === 0x0a);
}

/** The sum of all octets modulo 2^16. */
async function checksum(data: Content): Promise<number> {
  let sum = 0;
  for await (const block of blocks(data)) {
    for (const octet of block) sum = (sum + octet) & 0xffff;
  }
  return sum;
}
