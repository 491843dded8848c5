/** A thousand readers who are logged in, have seen the list and say nothing. */
import type { BenchPlace } from '../bench-place.ts';
import { type Client, popLogIn } from '../clients.ts';
import { numberedLogins } from '../logins.ts';
import { compare, type Running } from '../measure.ts';
import { memoryBar, type Row } from '../row.ts';

const SESSIONS = 1_000;
const MOST_MIB = 150;
/** Below what the gateway lets one address have. */
const PER_ADDRESS = 40;
const LISTED = 10;

export async function measureIdle(place: BenchPlace, rounds: number): Promise<Row> {
  const upstream = await place.upstream({ listed: LISTED, files: [10_000] });
  const idle = async (): Promise<Running> => {
    const { child, ports } = await place.gateway(upstream, {});
    const clients: Client[] = [];
    const once = async (): Promise<void> => {
      while (clients.length < SESSIONS) {
        const localAddress = `127.0.1.${1 + Math.floor(clients.length / PER_ADDRESS)}`;
        const login = numberedLogins[clients.length % numberedLogins.length]!.name;
        const client = await popLogIn({ port: ports.pop3Tls, ca: place.ca, localAddress }, login);
        await client.command('STAT');
        clients.push(client);
      }
    };
    return { child, once, leave: () => clients.forEach((client) => client.destroy()) };
  };
  const { product } = await compare({ product: idle }, { rounds, times: 1 });
  await upstream.stop();
  return {
    name: `${SESSIONS} idle sessions under TLS`,
    product: { ...product, seconds: Number.NaN, cpuSeconds: Number.NaN },
    bars: [memoryBar(product, MOST_MIB)],
  };
}
