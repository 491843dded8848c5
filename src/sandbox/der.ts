/** Writes ASN.1 in DER, as much of it as a certificate and a signature need (X.690). */

type Octets = Buffer | readonly Buffer[];

/** A value with its tag and a definite length. */
export function der(tag: number, content: Octets): Buffer {
  const octets = Buffer.isBuffer(content) ? content : Buffer.concat([...content]);
  return Buffer.concat([Buffer.from([tag]), lengthOf(octets.length), octets]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const digits = Buffer.alloc(4);
  digits.writeUInt32BE(length);
  const significant = digits.subarray(digits.findIndex((octet) => octet !== 0));
  return Buffer.concat([Buffer.from([0x80 | significant.length]), significant]);
}

export const derSequence = (...items: readonly Buffer[]): Buffer => der(0x30, items);
/** DER wants the members of a set sorted by their octets. */
export const derSet = (...items: readonly Buffer[]): Buffer =>
  der(
    0x31,
    items.toSorted((one, other) => one.compare(other)),
  );
export const derOctets = (octets: Buffer): Buffer => der(0x04, octets);
export const derBits = (octets: Buffer): Buffer => der(0x03, [Buffer.from([0]), octets]);
export const derText = (text: string): Buffer => der(0x0c, Buffer.from(text));
export const derNull = (): Buffer => der(0x05, []);
/** Explicit context tag. */
export const derTagged = (number: number, content: Octets): Buffer => der(0xa0 | number, content);

/** A small or a large non-negative number; a leading zero keeps it positive. */
export function derInteger(value: number | Buffer): Buffer {
  const octets = typeof value === 'number' ? Buffer.from([value]) : value;
  return der(0x02, (octets[0] ?? 0) >= 0x80 ? [Buffer.from([0]), octets] : octets);
}

/** `1.2.840.113549.1.7.2` */
export function derIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(sevenBits)]));
}

function sevenBits(value: number): number[] {
  const digits = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) digits.unshift(0x80 | (rest & 0x7f));
  return digits;
}

/** UTCTime, good until 2049 as RFC 5280 §4.1.2.5 wants it. */
export function derTime(at: number): Buffer {
  const [date = ''] = new Date(at).toISOString().replace(/[-:T]/g, '').slice(2).split('.');
  return der(0x17, Buffer.from(`${date}Z`));
}
