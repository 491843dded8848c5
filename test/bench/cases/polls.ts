/** Polls that find nothing new, in boxes of several sizes: what they take, and what they ask of ISDS. */
import type { BenchPlace, Upstream } from '../bench-place.ts';
import { startProgram } from '../child.ts';
import { type Client, poll, popLogIn } from '../clients.ts';
import { numberedLogins } from '../logins.ts';
import { compare, type Figures, type Running, type Start, type Thoroughness } from '../measure.ts';
import { type Row, stopBar } from '../row.ts';

const SIZES = { small: 10, medium: 1_000, large: 10_000 } as const;
type Size = keyof typeof SIZES;
const NAMES = Object.keys(SIZES) as Size[];
/** The largest box against the smallest. */
const MOST_TIME = 3;
const LOGIN = numberedLogins[0]!.name;
const LIST = 'GetListOfReceivedMessages';
const SMALL_FILE = [10_000];

/** In which the interval has always passed, or never. */
const INTERVALS = { passed: '0', 'not passed': '60' } as const;

export async function measurePolls(place: BenchPlace, polls: number, thoroughness: Thoroughness): Promise<Row[]> {
  const boxes: Record<Size, Upstream> = {
    small: await place.upstream({ listed: SIZES.small, files: SMALL_FILE }),
    medium: await place.upstream({ listed: SIZES.medium, files: SMALL_FILE }),
    large: await place.upstream({ listed: SIZES.large, files: SMALL_FILE }),
  };
  const rows: Row[] = [];
  for (const [interval, minutes] of Object.entries(INTERVALS)) {
    const counts: Record<Size, Count> = { small: new Count(), medium: new Count(), large: new Count() };
    const side = (size: Size): Start => polling(place, boxes[size], SIZES[size], minutes, polls, counts[size]);
    const found = await compare(
      { small: side('small'), medium: side('medium'), large: side('large'), limit: bare(place, boxes.small, polls) },
      thoroughness,
    );
    for (const size of NAMES) {
      const product = each(found[size], polls);
      const growth = { what: 'time', measured: found[size].seconds / found.small.seconds, most: MOST_TIME } as const;
      rows.push({
        name: `a poll with nothing new, ${SIZES[size]} messages listed, interval ${interval}`,
        product,
        limit: each(found.limit, polls),
        note: `${Math.round(1 / product.seconds)} polls/s, ${counts[size].perPoll} calls to ISDS each`,
        bars: [
          { what: 'calls', measured: counts[size].perPoll, most: minutes === '0' ? 1 : 0 },
          ...(size === 'large' ? [growth] : []),
          stopBar(product),
        ],
      });
    }
  }
  rows.push(await measureListing(place, boxes.large, thoroughness));
  for (const size of NAMES) await boxes[size].stop();
  return rows;
}

/** Of lists that ISDS was asked for. */
class Count {
  calls = 0;
  polls = 0;

  get perPoll(): number {
    return this.calls / this.polls;
  }
}

function polling(
  place: BenchPlace,
  upstream: Upstream,
  listed: number,
  minutes: string,
  polls: number,
  count: Count,
): Start {
  return async () => {
    const { child, ports } = await place.gateway(upstream, { POSTOLKA_PICKUP_INTERVAL_MINUTES: minutes });
    const door = { port: ports.pop3Tls, ca: place.ca };
    // The first poll gets the whole list.
    const first = await poll(door, LOGIN);
    if (!first.startsWith(`+OK ${listed} `)) throw new Error(`${first} instead of ${listed} messages`);
    const before = (await upstream.calls())[LIST] ?? 0;
    return {
      child,
      once: async () => {
        for (let made = 0; made < polls; made++) await poll(door, LOGIN);
        count.polls += polls;
      },
      leave: async () => void (count.calls += ((await upstream.calls())[LIST] ?? 0) - before),
    };
  };
}

/** A server that says OK to everything: what a connection with TLS and three commands takes by itself. */
function bare(place: BenchPlace, upstream: Upstream, polls: number): Start {
  return async () => {
    const settings = { ...place.tls, upstream: upstream.port, operation: '', dmID: '', again: 0 };
    const { child, port } = await startProgram('copy-reading.ts', settings);
    const once = async (): Promise<void> => {
      for (let made = 0; made < polls; made++) await poll({ port, ca: place.ca }, LOGIN);
    };
    return { child, once, leave: () => undefined };
  };
}

function each(figures: Figures, polls: number): Figures {
  return { ...figures, seconds: figures.seconds / polls, cpuSeconds: figures.cpuSeconds / polls };
}

/** The first list of a large box, and the long answer to UIDL: programs ask for it when STAT has changed. */
async function measureListing(place: BenchPlace, upstream: Upstream, thoroughness: Thoroughness): Promise<Row> {
  const uidl = async (): Promise<Running> => {
    const { child, ports } = await place.gateway(upstream, {});
    let client: Client | undefined;
    const once = async (): Promise<void> => {
      client ??= await popLogIn({ port: ports.pop3Tls, ca: place.ca }, LOGIN);
      await client.command('UIDL');
      await client.body();
    };
    return { child, once, leave: () => client?.destroy() };
  };
  const { product } = await compare({ product: uidl }, thoroughness);
  return {
    name: 'UIDL of 10000 messages; memory and stop with the first list',
    product,
    bars: [stopBar(product)],
  };
}
