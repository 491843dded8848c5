/** A thousand connections that say nothing: of strangers, and of readers who have logged in and seen the list. */
import type { BenchPlace } from '../bench-place.ts';
import { Client, type Place, popLogIn } from '../clients.ts';
import { numberedLogins } from '../logins.ts';
import { compare, type Running } from '../measure.ts';
import { memoryBar, type Row } from '../row.ts';

const SESSIONS = 1_000;
const MOST_MIB = 150;
/** Below what the gateway lets one address have. */
const PER_ADDRESS = 40;
const LISTED = 10;

export async function measureIdle(place: BenchPlace, who: 'strangers' | 'readers', rounds: number): Promise<Row> {
  const upstream = await place.upstream({ listed: LISTED, files: [10_000] });
  const idle = async (): Promise<Running> => {
    const { child, ports } = await place.gateway(upstream, {});
    const clients: Client[] = [];
    const once = async (): Promise<void> => {
      while (clients.length < SESSIONS) {
        const localAddress = `127.0.1.${1 + Math.floor(clients.length / PER_ADDRESS)}`;
        const at = { port: ports.pop3Tls, ca: place.ca, localAddress };
        clients.push(await (who === 'strangers' ? Client.connect(at) : reader(at, clients.length)));
      }
    };
    return { child, once, leave: () => clients.forEach((client) => client.destroy()) };
  };
  const { product } = await compare({ product: idle }, { rounds, times: 1 });
  await upstream.stop();
  return {
    name: `${SESSIONS} idle sessions under TLS${who === 'readers' ? ', logged in, ten messages listed' : ''}`,
    product: { ...product, seconds: Number.NaN, cpuSeconds: Number.NaN },
    bars: [memoryBar(product, MOST_MIB)],
  };
}

async function reader(at: Place, number: number): Promise<Client> {
  const login = numberedLogins[number % numberedLogins.length]!.name;
  const client = await popLogIn(at, login);
  await client.command('STAT');
  return client;
}
