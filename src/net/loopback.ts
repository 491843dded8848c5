/** Addresses of this computer itself, on which nothing travels that others could read. */
import { BlockList, isIPv6 } from 'node:net';

const loopback = new BlockList();
// An IPv4 address inside IPv6 (::ffff:127.0.0.1) is matched by the IPv4 rule.
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

export function isLoopback(address: string): boolean {
  return loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
