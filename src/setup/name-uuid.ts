/** UUIDs made of names, the same for the same name for ever (RFC 9562 §5.5). */
import { createHash } from 'node:crypto';

/** The name space for host names (RFC 9562 §6.6). */
const NAME_SPACE = Buffer.from('6ba7b8109dad11d180b400c04fd430c8', 'hex');
const OCTETS = 16;

export function nameUuid(name: string): string {
  const octets = createHash('sha1').update(NAME_SPACE).update(name).digest().subarray(0, OCTETS);
  octets[6] = (octets[6]! & 0x0f) | 0x50;
  octets[8] = (octets[8]! & 0x3f) | 0x80;
  const hex = octets.toString('hex').toUpperCase();
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
