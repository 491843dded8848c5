/** Reverse proxies that are believed when they say how a request came in. */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';
import { TLSSocket } from 'node:tls';

export class TrustedProxies {
  readonly #list = new BlockList();

  /** Addresses, or networks as in 10.0.0.0/8. */
  constructor(entries: readonly string[]) {
    for (const entry of entries) {
      const [address = '', prefix] = entry.split('/');
      const family = familyOf(address);
      if (prefix === undefined) this.#list.addAddress(address, family);
      else this.#list.addSubnet(address, Number(prefix), family);
    }
  }

  /** Whether the person's own connection is encrypted. */
  isEncrypted(request: IncomingMessage): boolean {
    if (request.socket instanceof TLSSocket) return true;
    return this.#comesFromProxy(request) && headerOf(request, 'x-forwarded-proto') === 'https';
  }

  /** The address to write down. Of a list, the last entry is the one that the proxy itself has seen. */
  remoteOf(request: IncomingMessage): string | undefined {
    const named = this.#comesFromProxy(request) ? headerOf(request, 'x-forwarded-for').split(',').at(-1)?.trim() : '';
    return named !== undefined && isIP(named) !== 0 ? named : request.socket.remoteAddress;
  }

  #comesFromProxy({ socket }: IncomingMessage): boolean {
    const { remoteAddress } = socket;
    return remoteAddress !== undefined && this.#list.check(remoteAddress, familyOf(remoteAddress));
  }
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}

function headerOf({ headers }: IncomingMessage, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}
