/** One account that floods and many that do not: how much longer an honest poll and an honest mail take. */
import { crc32 } from 'node:zlib';
import type { BenchPlace } from '../bench-place.ts';
import type { GatewayPorts } from '../child.ts';
import { type Client, type Place, poll, smtpLogIn } from '../clients.ts';
import { DOMAIN, numberedLogins, RECIPIENT } from '../logins.ts';
import { median } from '../measure.ts';
import type { Row } from '../row.ts';

/** Honest accounts that poll and send, one after the other. */
const HONEST = numberedLogins.slice(1, 20).map(({ name }) => name);
const FLOODING = numberedLogins[0]!.name;

/** Connections of the flood. */
const FLOODS = 12;
const HONEST_ADDRESS = '127.0.0.1';
/** One address of this computer may have only so many connections. */
const FLOODING_ADDRESS = '127.0.0.2';

/** Against the quiet gateway. */
const MOST_TIME = 2;

const MEGABYTE = 1_000_000;
const LINE = `${'x'.repeat(74)}\r\n`;

type Kind =
  | 'HTML'
  | 'PDF'
  | 'files'
  | 'embedded pictures'
  | 'a signature of letters'
  | 'winmail.dat of properties'
  | 'winmail.dat of packed text';

/** What stands below the head of a mail of the flood. */
const contents: Readonly<Record<Kind, string>> = {
  HTML: typed('text/html', `<p>${'odstavec <b>textu</b><br>\r\n'.repeat(40_000)}</p>\r\n`),
  PDF: typed('text/plain; charset=utf-8', 'řádek textu, který se kreslí\r\n'.repeat(30_000)),
  files: typed('application/pdf', `%PDF-1.7\r\n${LINE.repeat((18 * MEGABYTE) / LINE.length)}`),
  'embedded pictures': typed('text/html', 'data:image/a;a=\r\n'.repeat(100_000)),
  'a signature of letters': encoded('application/pkcs7-mime; smime-type=signed-data', letters(2 * MEGABYTE)),
  'winmail.dat of properties': encoded('application/ms-tnef', manyProperties(60)),
  'winmail.dat of packed text': encoded('application/ms-tnef', packedText(7 * MEGABYTE)),
};

export async function measureFlood(place: BenchPlace, times: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [kind, content] of Object.entries(contents)) {
    // Of each its own: an ISDS that still takes what the last flood sent would be measured with the next.
    const upstream = await place.upstream({ listed: 1, files: [1_000] });
    const { child, ports } = await place.gateway(upstream, {});
    const flooding = { port: ports.smtpTls, ca: place.ca, localAddress: FLOODING_ADDRESS };
    const honest = (): Promise<Times> => honestTimes(place, ports, times);
    await honest();
    const quiet = await honest();
    const ended = new AbortController();
    const floods = Array.from({ length: FLOODS }, () => flood(flooding, content, ended.signal));
    const flooded = await honest();
    ended.abort();
    const mails = (await Promise.all(floods)).reduce((sum, made) => sum + made, 0);
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

/** Sends one mail after the other until it is ended; how many. What is refused is part of it. */
async function flood(place: Place, content: string, ended: AbortSignal): Promise<number> {
  let made = 0;
  // Who waits for room in a connection that is destroyed would wait for ever.
  const { promise: end, resolve } = Promise.withResolvers<void>();
  ended.addEventListener('abort', () => resolve(), { once: true });
  const client = await smtpLogIn(place, FLOODING);
  const sending = (async () => {
    for (; !ended.aborted; made++) await deliver(client, FLOODING, content).catch(refused);
  })();
  await Promise.race([sending.catch(() => undefined), end]);
  client.destroy();
  return made;
}

function refused(error: unknown): void {
  if (!(error instanceof Error) || !/: [45]\d\d/.test(error.message)) throw error;
}

async function send(place: Place, login: string, content: string): Promise<void> {
  const client = await smtpLogIn(place, login);
  await deliver(client, login, content);
  client.destroy();
}

let sent = 0;

async function deliver(client: Client, login: string, content: string): Promise<void> {
  await client.command(`MAIL FROM:<${login}@${DOMAIN}>`);
  await client.command(`RCPT TO:<${RECIPIENT}>`);
  await client.command('DATA');
  const head = `From: <${login}@${DOMAIN}>\r\nTo: <${RECIPIENT}>\r\nSubject: Podání ${sent++}\r\nMIME-Version: 1.0\r\n`;
  await client.write(Buffer.from(`${head}${content}.\r\n`));
  await client.answer('mail');
}

function typed(type: string, body: string): string {
  return `Content-Type: ${type}\r\n\r\n${body}`;
}

function encoded(type: string, octets: Buffer): string {
  const base64 = octets.toString('base64').replace(/.{76}/g, '$&\r\n');
  return `Content-Transfer-Encoding: base64\r\n${typed(type, `${base64}\r\n`)}`;
}

/** CMS around a mail whose octets are strings of their own. */
function letters(count: number): Buffer {
  const head = '308006092a864886f70d010702a08030800201013100308006092a864886f70d010701a0802480';
  return Buffer.concat([Buffer.from(head, 'hex'), Buffer.alloc(3 * count, Buffer.of(4, 1, 0x41))]);
}

/** Lists of as many properties as one may have, each a number. */
function manyProperties(lists: number): Buffer {
  const all = Buffer.concat([numberOf(10_000), Buffer.alloc(80_000, Buffer.of(3, 0, 0x34, 0x12, 1, 0, 0, 0))]);
  return tnef(Array.from({ length: lists }, () => all));
}

/**
 * A text in RTF of which every two octets stand for seventeen, and which is longer than it says. Packed and unpacked it has to
 * stay below the eight megabytes of all bodies, or it is refused before it is unpacked.
 */
function packedText(octets: number): Buffer {
  const runs = Math.ceil(octets / (8 * 17)) + 1;
  const content = Buffer.alloc(17 * runs, Buffer.concat([Buffer.of(0xff), Buffer.alloc(16, Buffer.of(0, 0x0f))]));
  // A reference to the place where the next octet would be written ends the text: that one refers to its neighbour.
  for (let run = 0, write = 207; run < 8 * runs; run++, write = (write + 17) % 4096)
    if (write === 0) content[1 + 17 * Math.floor(run / 8) + 2 * (run % 8) + 1] = 0x1f;
  const checksum = ~crc32(content, 0xffffffff) >>> 0;
  const rtf = Buffer.concat([
    ...[content.length + 12, octets, 0x75465a4c, checksum].map(numberOf),
    content,
    Buffer.alloc((4 - (content.length % 4)) % 4),
  ]);
  const head = [1, 0x10090102, 1, 16 + content.length].map(numberOf);
  return tnef([Buffer.concat([...head, rtf])]);
}

/** MS-OXTNEF: the signature and a key, then lists of properties with their checksums. */
function tnef(lists: readonly Buffer[]): Buffer {
  const attributes = lists.flatMap((list) => {
    const sum = list.reduce((total, octet) => (total + octet) & 0xffff, 0);
    return [Buffer.of(1), numberOf(0x00069003), numberOf(list.length), list, numberOf(sum).subarray(0, 2)];
  });
  return Buffer.concat([numberOf(0x223e9f78), Buffer.of(1, 0), ...attributes]);
}

function numberOf(value: number): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32LE(value);
  return octets;
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}

function ms(time: number): number {
  return Math.round(time * 1_000);
}
