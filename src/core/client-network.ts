/** From where a client speaks, as far as it stays the same from day to day. */
import { isIPv6 } from 'node:net';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** Groups of the part that a provider assigns; devices change the rest every day (RFC 8981). */
const PREFIX_GROUPS = 4;
const GROUPS = 8;

/** A network from which somebody logged in is known for so long: longer than a holiday. */
export const NETWORK_KNOWN_FOR_MS = 30 * 24 * 60 * 60_000;

/** An IPv4 address as it is, of an IPv6 address the /64. */
export function networkOf(address: string): string {
  const mapped = MAPPED.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [head = '', tail] = address.toLowerCase().split('%', 1)[0]!.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: GROUPS - before.length - after.length }, () => '0');
  return `${[...before, ...zeros, ...after].slice(0, PREFIX_GROUPS).join(':')}::/64`;
}
