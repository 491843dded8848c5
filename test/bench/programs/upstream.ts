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

export interface UpstreamSettings extends TlsFiles {
  /** Messages in the box of each login. */
  readonly listed: number;
  /** Octets of each file of each message. */
  readonly files: readonly number[];
}

const PREPARED_DOWNLOADS = ['MessageDownload', 'SignedMessageDownload'] as const;
/** Where a request says what it wants; the rest is files. */
const BEGINNING = 1_000;

const { listed, files, ...tls } = settings() as UpstreamSettings;
const sandbox = await startSandbox({
  population: { ...demoPopulation(Date.now()), logins: numberedLogins, letters: [] },
});
const inside = new Agent();
const authorization = `Basic ${Buffer.from(`${numberedLogins[0]!.name}:${PASSWORD}`).toString('base64')}`;
const { dmID } = sandbox.world.deliver({
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
});
const list = preparedList(await asked('GetListOfReceivedMessages', listQuery(), 'dx'), listed);
const prepared = new Map<string, Buffer>();
for (const operation of PREPARED_DOWNLOADS)
  prepared.set(operation, await asked(operation, `<dmID>${dmID}</dmID>`, 'dz'));

const calls: Record<string, number> = {};
let created = 0;

const server = createServer(tlsMaterial(tls), (incoming, response) => {
  serve(incoming, response).catch(() => response.destroy());
});
server.listen(0, '127.0.0.1', () => ready(portOf(server), { calls: () => calls }));

async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const beginning: Buffer[] = [];
  let kept = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    if (kept < BEGINNING) beginning.push(chunk);
    kept += chunk.length;
  }
  const body = Buffer.concat(beginning);
  const operation = /<(\w+) xmlns="http:\/\/isds/.exec(body.toString('latin1', 0, BEGINNING))?.[1] ?? 'raw';
  calls[operation] = (calls[operation] ?? 0) + 1;
  const octets = prepared.get(operation) ?? (await small(operation, incoming, body));
  response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8', 'content-length': octets.length }).end(octets);
}

async function small(operation: string, incoming: IncomingMessage, body: Buffer): Promise<Buffer> {
  if (operation === 'GetListOfReceivedMessages') return list(body.toString());
  if (operation === 'CreateMessage') return done(operation, `<dmID>${1_600_000_000 + created++}</dmID>`);
  if (operation === 'MarkMessageAsDownloaded') return done(operation, '');
  if (operation === 'raw') return Buffer.alloc(0);
  const { authorization: own = '' } = incoming.headers;
  return forwarded(incoming.url ?? '', own, body);
}

function done(operation: string, content: string): Buffer {
  const status = '<dmStatus><dmStatusCode>0000</dmStatusCode><dmStatusMessage>ok</dmStatusMessage></dmStatus>';
  return Buffer.from(
    `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><${operation}Response xmlns="http://isds.czechpoint.cz/v20">${content}${status}</${operation}Response></S:Body></S:Envelope>`,
  );
}

function listQuery(): string {
  return '<dmFromTime/><dmToTime/><dmRecipientOrgUnitNum/><dmStatusFilter>-1</dmStatusFilter><dmOffset/><dmLimit/>'.replaceAll(
    '/>',
    ' xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>',
  );
}

async function asked(operation: string, content: string, service: string): Promise<Buffer> {
  const body = `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><${operation} xmlns="http://isds.czechpoint.cz/v20">${content}</${operation}></S:Body></S:Envelope>`;
  return forwarded(`/DS/${service}`, authorization, Buffer.from(body));
}

async function forwarded(path: string, login: string, body: Buffer): Promise<Buffer> {
  const reply = await request(`${sandbox.url}${path}`, {
    method: 'POST',
    dispatcher: inside,
    headers: { authorization: login, 'content-type': 'text/xml; charset=utf-8', soapaction: '""' },
    body,
  });
  const octets = Buffer.from(await reply.body.arrayBuffer());
  if (reply.statusCode !== 200) throw new Error(`the sandbox answered ${reply.statusCode}: ${octets.toString()}`);
  return octets;
}
