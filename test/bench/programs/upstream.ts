/**
 * ISDS for the benchmark: prepared octets for everything that is measured, so that its own work weighs little. They were
 * written by the sandbox, which answers the small questions around them.
 */
import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, request } from 'undici';
import { demoBoxes, demoPopulation, startSandbox, State } from '../../../src/sandbox/index.ts';
import { numberedLogins, PASSWORD } from '../logins.ts';
import { portOf, ready, settings, type TlsFiles, tlsMaterial } from './listening.ts';
import { preparedList } from './prepared-list.ts';
import { systemClock } from '../../../src/core/index.ts';

export interface UpstreamSettings extends TlsFiles {
  /** Messages in the box of each login. */
  readonly listed: number;
  /** Octets of each file of each message. */
  readonly files: readonly number[];
  /** Whether the newest message is a large one. */
  readonly vodz: boolean;
}

interface Answer {
  readonly type: string;
  readonly octets: Buffer;
}

/** Asked of the sandbox once for each message or file, and answered from memory from then on. */
const REMEMBERED: ReadonlySet<string> = new Set([
  'MessageDownload',
  'SignedMessageDownload',
  'SignedBigMessageDownload',
  'DownloadAttachment',
  'UploadAttachment',
]);

/** What creates a message is answered without looking at it. */
const CREATING: ReadonlySet<string> = new Set(['CreateMessage', 'CreateBigMessage']);

/** Where a request says what it wants; the rest is files. */
const BEGINNING = 4_000;

const XML = 'text/xml; charset=utf-8';
const SOAP_1_2 = 'application/soap+xml; charset=utf-8';

const { listed, files, vodz, ...tls } = settings() as UpstreamSettings;
const sandbox = await startSandbox({
  clock: systemClock,
  population: { ...demoPopulation(Date.now()), logins: numberedLogins, letters: [] },
});
const inside = new Agent({ bodyTimeout: 0, headersTimeout: 0 });
/** Who asks where the request does not say it: the copies that the gateway is compared with. */
const firstLogin = `Basic ${Buffer.from(`${numberedLogins[0]!.name}:${PASSWORD}`).toString('base64')}`;
const { dmID: newest } = sandbox.world.deliver({
  from: demoBoxes.office,
  to: demoBoxes.company,
  annotation: 'Rozhodnutí o přidělení parkovacího místa',
  files: files.map((octets, index) => ({
    name: `příloha číslo ${index + 1}.pdf`,
    mimeType: 'application/pdf',
    metaType: index === 0 ? 'main' : 'enclosure',
    content: Buffer.alloc(octets, 'Příliš žluťoučký kůň úpěl ďábelské ódy. '),
  })),
  state: State.read,
  vodz,
});
const list = preparedList(await wholeList(), listed);
const remembered = new Map<string, Answer>();
const calls: Record<string, number> = {};
let created = 0;

const server = createServer(tlsMaterial(tls), (incoming, response) => {
  serve(incoming, response).catch(() => response.destroy());
});
server.listen(0, '127.0.0.1', () => ready(portOf(server), { calls: () => calls, newest: () => newest }));

async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const body: Buffer[] = [];
  let length = 0;
  let isWanted: boolean | undefined;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    // A message may be large, and only its beginning is looked at.
    if (isWanted !== false) body.push(chunk);
    length += chunk.length;
    if (length >= BEGINNING) isWanted ??= isAsked(body);
  }
  const operation = operationOf(body);
  calls[operation] = (calls[operation] ?? 0) + 1;
  const { type, octets } = await answerTo(operation, incoming, body);
  response.writeHead(200, { 'content-type': type, 'content-length': octets.length }).end(octets);
}

/** Whether the sandbox will have to see the whole of it. */
function isAsked(body: readonly Buffer[]): boolean {
  const operation = operationOf(body);
  return operation !== 'raw' && !CREATING.has(operation) && !remembered.has(keyOf(operation, body));
}

function beginningOf(body: readonly Buffer[]): string {
  return Buffer.concat(body).toString('latin1', 0, BEGINNING);
}

function operationOf(body: readonly Buffer[]): string {
  return /<(\w+) xmlns="http:\/\/isds/.exec(beginningOf(body))?.[1] ?? 'raw';
}

/** Two requests for the same message and file are the same; the boundaries of their parts are not. */
function keyOf(operation: string, body: readonly Buffer[]): string {
  const asked = /<(?:dmID|attNum)>[^<]*|dmFileDescr="[^"]*/g;
  return [operation, ...(beginningOf(body).match(asked) ?? [])].join(' ');
}

async function answerTo(operation: string, incoming: IncomingMessage, body: readonly Buffer[]): Promise<Answer> {
  if (operation === 'raw') return { type: XML, octets: Buffer.alloc(0) };
  if (operation === 'GetListOfReceivedMessages') return { type: XML, octets: list(Buffer.concat(body).toString()) };
  if (operation === 'MarkMessageAsDownloaded') return done(operation, '');
  if (CREATING.has(operation)) return done(operation, `<dmID>${1_600_000_000 + created++}</dmID>`);
  const key = keyOf(operation, body);
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const { authorization, accept = '*/*', 'content-type': type = XML, 'mime-version': version } = incoming.headers;
  const mime = typeof version === 'string' ? { 'mime-version': version } : {};
  // SOAP 1.2 has no SOAPAction, and 1.1 asks for one.
  const action = type.startsWith('text/xml') ? { soapaction: '""' } : {};
  const headers = { authorization: authorization ?? firstLogin, accept, 'content-type': type, ...mime, ...action };
  const answer = await fromSandbox(incoming.url ?? '', headers, Buffer.concat(body));
  if (REMEMBERED.has(operation)) remembered.set(key, answer);
  return answer;
}

function done(operation: string, content: string): Answer {
  const large = operation === 'CreateBigMessage';
  const namespace = large ? 'http://www.w3.org/2003/05/soap-envelope' : 'http://schemas.xmlsoap.org/soap/envelope/';
  const status = '<dmStatus><dmStatusCode>0000</dmStatusCode><dmStatusMessage>ok</dmStatusMessage></dmStatus>';
  const octets = Buffer.from(
    `<S:Envelope xmlns:S="${namespace}"><S:Body><${operation}Response xmlns="http://isds.czechpoint.cz/v20">${content}${status}</${operation}Response></S:Body></S:Envelope>`,
  );
  return { type: large ? SOAP_1_2 : XML, octets };
}

async function wholeList(): Promise<Buffer> {
  const fields = ['dmFromTime', 'dmToTime', 'dmRecipientOrgUnitNum', 'dmStatusFilter', 'dmOffset', 'dmLimit'];
  const nil = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"';
  const query = fields.map((name) => (name === 'dmStatusFilter' ? `<${name}>-1</${name}>` : `<${name} ${nil}/>`));
  const body = `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><GetListOfReceivedMessages xmlns="http://isds.czechpoint.cz/v20">${query.join('')}</GetListOfReceivedMessages></S:Body></S:Envelope>`;
  const headers = { authorization: firstLogin, 'content-type': XML, soapaction: '""' };
  return (await fromSandbox('/DS/dx', headers, Buffer.from(body))).octets;
}

async function fromSandbox(path: string, headers: Readonly<Record<string, string>>, body: Buffer): Promise<Answer> {
  const reply = await request(`${sandbox.url}${path}`, { method: 'POST', dispatcher: inside, headers, body });
  const octets = Buffer.from(await reply.body.arrayBuffer());
  if (reply.statusCode !== 200) throw new Error(`the sandbox answered ${reply.statusCode}: ${octets.toString()}`);
  return { type: String(reply.headers['content-type']), octets };
}
