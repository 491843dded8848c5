/** One account that floods and many that do not: how much longer an honest poll and an honest mail take. */
import type { BenchPlace } from '../bench-place.ts';
import { type GatewayPorts, startProgram } from '../child.ts';
import { deliver, type Place, poll, smtpLogIn } from '../clients.ts';
import { floodContents, type FloodKind, typed } from '../flood-contents.ts';
import { numberedLogins } from '../logins.ts';
import { median } from '../measure.ts';
import type { FloodSettings } from '../programs/flooding.ts';
import type { Row } from '../row.ts';

/** Honest accounts that poll and send, one after the other. */
const HONEST = numberedLogins.slice(1, 20).map(({ name }) => name);
const FLOODING = numberedLogins[0]!.name;

/** The flood has another: one address of this computer may have only so many connections. */
const HONEST_ADDRESS = '127.0.0.1';

/** Against the quiet gateway. */
const MOST_TIME = 2;

export async function measureFlood(place: BenchPlace, times: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const kind of Object.keys(floodContents) as FloodKind[]) {
    // Of each its own: an ISDS that still takes what the last flood sent would be measured with the next.
    const upstream = await place.upstream({ listed: 1, files: [1_000] });
    const { child, ports } = await place.gateway(upstream, {});
    const honest = (): Promise<Times> => honestTimes(place, ports, times);
    await honest();
    const quiet = await honest();
    const { certificateFile } = place.tls;
    const settings: FloodSettings = { port: ports.smtpTls, certificateFile, login: FLOODING, kind };
    const flood = await startProgram('flooding.ts', settings);
    const flooded = await honest();
    const mails = await flood.child.ask<number>('mails');
    await flood.child.stop();
    await child.stop();
    await upstream.stop();
    rows.push({
      name: `a poll and a mail while one account floods with ${kind}`,
      note: `${ms(quiet.poll)} → ${ms(flooded.poll)} ms, ${ms(quiet.mail)} → ${ms(flooded.mail)} ms, ${mails} mails of the flood`,
      bars: [
        { what: 'time', measured: flooded.poll / quiet.poll, most: MOST_TIME },
        { what: 'time', measured: flooded.mail / quiet.mail, most: MOST_TIME },
      ],
    });
  }
  return rows;
}

/** Medians in seconds. */
interface Times {
  readonly poll: number;
  readonly mail: number;
}

async function honestTimes({ ca }: BenchPlace, { pop3Tls, smtpTls }: GatewayPorts, times: number): Promise<Times> {
  const door = { ca, localAddress: HONEST_ADDRESS };
  const polls: number[] = [];
  const mails: number[] = [];
  for (let time = 0; time < times; time++) {
    const login = HONEST[time % HONEST.length]!;
    polls.push(await seconds(() => poll({ ...door, port: pop3Tls }, login)));
    mails.push(await seconds(() => send({ ...door, port: smtpTls }, login, typed('text/plain', 'Dobrý den.\r\n'))));
  }
  return { poll: median(polls), mail: median(mails) };
}

async function send(place: Place, login: string, content: string): Promise<void> {
  const client = await smtpLogIn(place, login);
  await deliver(client, login, content);
  client.destroy();
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}

function ms(time: number): number {
  return Math.round(time * 1_000);
}
