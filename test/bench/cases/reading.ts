/** RETR of a message with files, beside a copy of ISDS's answer and beside the stock way. */
import type { BenchPlace, Upstream } from '../bench-place.ts';
import { startProgram } from '../child.ts';
import { type Client, popLogIn, retrieve } from '../clients.ts';
import { numberedLogins } from '../logins.ts';
import { compare, type Figures, type Running, type Thoroughness } from '../measure.ts';
import { memoryBar, type Row, stopBar, timeBar } from '../row.ts';

export interface ReadingCase {
  readonly name: string;
  readonly octets: number;
  readonly atOnce: number;
  readonly original: 'omit' | 'attach';
  /** What it is compared with. */
  readonly beside: 'copy' | 'copy and stock' | 'nothing';
  readonly mostMiB: number;
}

/** Against the copy. */
const MOST_TIME = 1.6;

/** A mail with its original is 1.8 times as long as the answer. */
const AGAIN = { omit: 0, attach: 0.8 } as const;

export async function measureReading(
  place: BenchPlace,
  upstream: Upstream,
  { name, octets, atOnce, original, beside, mostMiB }: ReadingCase,
  thoroughness: Thoroughness,
): Promise<Row> {
  const operation = original === 'omit' ? 'MessageDownload' : 'SignedMessageDownload';
  const { port: upstreamPort, newest: dmID } = upstream;
  const copySettings = { ...place.tls, upstream: upstreamPort, operation, dmID, again: AGAIN[original] };

  const product = async (): Promise<Running> => {
    const { child, ports } = await place.gateway(upstream, {
      POSTOLKA_RECEIVING_ORIGINAL: original,
      POSTOLKA_RECEIVING_ORIGINAL_OF_LARGE: original,
    });
    return reading(child, ports.pop3Tls);
  };
  const program = (file: string) => async (): Promise<Running> => {
    const { child, port } = await startProgram(file, copySettings);
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

  const bars = (figures: Figures) => [memoryBar(figures, mostMiB), stopBar(figures)];
  const row = { name, octets: octets * atOnce };
  if (beside === 'nothing') {
    const found = await compare({ product }, thoroughness);
    return { ...row, ...found, bars: bars(found.product) };
  }
  const sides = { product, limit: program('copy-reading.ts') };
  const found =
    beside === 'copy'
      ? await compare(sides, thoroughness)
      : await compare({ ...sides, stock: program('stock-reading.ts') }, thoroughness);
  return { ...row, ...found, bars: [timeBar(found.product, found.limit, MOST_TIME), ...bars(found.product)] };
}
