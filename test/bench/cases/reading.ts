/** RETR of a message with files, beside a copy of ISDS's answer and beside the stock way. */
import type { BenchPlace, Upstream } from '../bench-place.ts';
import { startProgram } from '../child.ts';
import { type Client, popLogIn, retrieve } from '../clients.ts';
import { numberedLogins } from '../logins.ts';
import { compare, type Running, type Thoroughness } from '../measure.ts';
import { memoryBar, type Row, stopBar, timeBar } from '../row.ts';

export interface ReadingCase {
  readonly name: string;
  readonly octets: number;
  readonly atOnce: number;
  readonly original: 'omit' | 'attach';
  readonly withStock: boolean;
  readonly mostMiB: number;
}

/** Against the copy. */
const MOST_TIME = 1.6;

export async function measureReading(
  place: BenchPlace,
  upstream: Upstream,
  { name, octets, atOnce, original, withStock, mostMiB }: ReadingCase,
  thoroughness: Thoroughness,
): Promise<Row> {
  const operation = original === 'omit' ? 'MessageDownload' : 'SignedMessageDownload';
  const copySettings = { ...place.tls, upstream: upstream.port, operation };

  const product = async (): Promise<Running> => {
    const { child, ports } = await place.gateway(upstream, { POSTOLKA_RECEIVING_ORIGINAL: original });
    return reading(child, ports.pop3Tls);
  };
  const beside = (program: string) => async (): Promise<Running> => {
    const { child, port } = await startProgram(program, copySettings);
    return reading(child, port);
  };
  const reading = async (child: Running['child'], port: number): Promise<Running> => {
    const clients: Client[] = [];
    // One account has one turn at ISDS at a time, so that each reader has an account of its own.
    for (const { name: login } of numberedLogins.slice(0, atOnce)) {
      const client = await popLogIn({ port, ca: place.ca }, login);
      await client.command('STAT');
      clients.push(client);
    }
    return {
      child,
      once: async () => void (await Promise.all(clients.map(retrieve))),
      leave: () => clients.forEach((client) => client.destroy()),
    };
  };

  const sides = { product, limit: beside('copy-reading.ts') };
  const found = withStock
    ? await compare({ ...sides, stock: beside('stock-reading.ts') }, thoroughness)
    : await compare(sides, thoroughness);
  return {
    name,
    octets: octets * atOnce,
    ...found,
    bars: [timeBar(found.product, found.limit, MOST_TIME), memoryBar(found.product, mostMiB), stopBar(found.product)],
  };
}
