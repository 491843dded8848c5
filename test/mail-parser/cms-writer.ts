/** Signed mails in CMS as S/MIME programs write them (RFC 5652), without signers: nobody here verifies. */

/** An element of BER in the form with a length. */
export function element(tag: number, ...content: Buffer[]): Buffer {
  const inside = Buffer.concat(content);
  if (inside.length < 0x80) return Buffer.concat([Buffer.of(tag, inside.length), inside]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(inside.length);
  return Buffer.concat([Buffer.of(tag, 0x84), length, inside]);
}

/** An element of BER whose end is marked, as programs write it that stream. */
export const marked = (tag: number, ...content: Buffer[]): Buffer =>
  Buffer.concat([Buffer.of(tag, 0x80), ...content, Buffer.of(0, 0)]);

export const oid = (hex: string): Buffer => element(0x06, Buffer.from(hex, 'hex'));
export const SIGNED = oid('2a864886f70d010702');
export const DATA = oid('2a864886f70d010701');
export const VERSION = element(0x02, Buffer.of(1));
export const DIGESTS = element(0x31, element(0x30, oid('608648016503040201')));
export const SIGNERS = element(0x31);

/** SignedData around a mail, in the forms with lengths or with marked ends. */
export function signedData(mail: string | Buffer, form: 'lengths' | 'marked' = 'lengths'): Buffer {
  const octets = Buffer.from(mail);
  if (form === 'lengths') {
    const inside = element(0x30, DATA, element(0xa0, element(0x04, octets)));
    return element(0x30, SIGNED, element(0xa0, element(0x30, VERSION, DIGESTS, inside, SIGNERS)));
  }
  const pieces: Buffer[] = [];
  for (let at = 0; at < octets.length; at += 50) pieces.push(element(0x04, octets.subarray(at, at + 50)));
  const inside = marked(0x30, DATA, marked(0xa0, marked(0x24, ...pieces)));
  return marked(0x30, SIGNED, marked(0xa0, marked(0x30, VERSION, marked(0x31), inside, SIGNERS)));
}
