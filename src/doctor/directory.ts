/** What the name servers say, in the words of a zone file. */
import { lookup, Resolver } from 'node:dns/promises';

/** What is asked of the DNS. */
export interface Directory {
  /** Addresses as programs on this computer would get them. */
  addresses(name: string): Promise<string[]>;
  /** Values of the records of a kind; none when there are none. */
  records(name: string, type: 'MX' | 'SRV' | 'TXT'): Promise<string[]>;
}

const TIMEOUT_MS = 5_000;
const TRIES = 2;

/** Answers that mean "there is none", as against "nobody knows". */
const NONE = new Set(['ENOTFOUND', 'ENODATA']);

export function systemDirectory(): Directory {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  return {
    addresses: (name) => orNone(async () => (await lookup(name, { all: true })).map(({ address }) => address)),
    records: (name, type) => orNone(() => query(resolver, name, type)),
  };
}

async function query(resolver: Resolver, name: string, type: 'MX' | 'SRV' | 'TXT'): Promise<string[]> {
  switch (type) {
    case 'MX':
      return (await resolver.resolveMx(name)).map(({ priority, exchange }) => `${priority} ${absolute(exchange)}`);
    case 'SRV':
      return (await resolver.resolveSrv(name)).map(
        ({ priority, weight, port, name: target }) => `${priority} ${weight} ${port} ${absolute(target)}`,
      );
    case 'TXT':
      // A long text comes in pieces that belong together (RFC 7208 §3.3).
      return (await resolver.resolveTxt(name)).map((pieces) => `"${pieces.join('')}"`);
  }
}

function absolute(name: string): string {
  return name.endsWith('.') ? name.toLowerCase() : `${name.toLowerCase()}.`;
}

async function orNone(ask: () => Promise<string[]>): Promise<string[]> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && 'code' in error && NONE.has(String(error.code))) return [];
    throw error;
  }
}
