/** Reads an HTTP request as far as ISDS would: path, headers, a bounded body, the SOAP envelope (isds §1.2, §1.3). */
import type { IncomingMessage } from 'node:http';
import { type Answer, htmlAnswer } from './answer.ts';
import { child, textOf } from './fields.ts';
import { readBasic } from './login-guard.ts';
import type { Service } from './operations/index.ts';
import { errorPage } from './pages.ts';
import { readSoap } from './soap.ts';
import type { XmlElement } from './xml-reader.ts';
import { XmlError } from './xml-text.ts';

/** 20 MB of files are 27 MB of base64; with line breaks and envelope there is still room. */
const LARGEST_BODY = 40 * 1024 * 1024;

const SERVICES: readonly Service[] = ['dz', 'dx', 'df', 'DsManage'];

/** How a login is shown, by what stands before /DS/ (isds §1.2). */
const ENTRANCES = { '': 'password', '/cert': 'certificate' } as const;

type Entrance = (typeof ENTRANCES)[keyof typeof ENTRANCES];

interface Place {
  readonly entrance: Entrance;
  readonly service: Service;
}

const PLACES: ReadonlyMap<string, Place> = new Map(
  Object.entries(ENTRANCES).flatMap(([prefix, entrance]) =>
    SERVICES.map((service) => [`${prefix}/DS/${service}`, { entrance, service }] as const),
  ),
);

export interface Arrival {
  readonly path: string;
  readonly service: Service;
  readonly entrance: Entrance;
  readonly login: string | undefined;
  /** What is answered to a request that does not come as far as SOAP. */
  readonly refusal?: Answer;
  /** The request element, unless the body is not SOAP. */
  readonly soap?: XmlElement;
  readonly problem?: string;
  readonly dmID?: string | undefined;
}

/** Undefined when the client went away in the middle of its request. */
export async function receive(request: IncomingMessage): Promise<Arrival | undefined> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const login = readBasic(request.headers.authorization).name;
  const { service, entrance } = PLACES.get(path) ?? { service: 'dz', entrance: 'password' };
  const start = { path, service, entrance, login: login === '' ? undefined : login };
  const refusal = checkPath(path) ?? checkHeaders(request);
  if (refusal !== undefined) return { ...start, refusal };
  const octets = await readBody(request);
  if (octets === undefined) return undefined;
  try {
    const soap = readSoap(octets);
    const number = child(soap, 'dmID');
    return { ...start, soap, dmID: number === undefined ? undefined : textOf(number) };
  } catch (error) {
    if (error instanceof XmlError) return { ...start, problem: error.message };
    throw error;
  }
}

function checkPath(path: string): Answer | undefined {
  return PLACES.has(path) ? undefined : refuse(404, 'The requested URL was not found on this server.');
}

/** What a SOAP 1.1 client has to send: POST, text/xml, SOAPAction, and a length, because chunked requests are not taken (isds §1.4). */
function checkHeaders({ method, headers }: IncomingMessage): Answer | undefined {
  if (method !== 'POST') return refuse(405, 'Method Not Allowed');
  if (!/^text\/xml\s*(?:;|$)/i.test(headers['content-type'] ?? '')) return refuse(415, 'Unsupported Media Type');
  if (headers['soapaction'] === undefined) return refuse(400, 'SOAPAction is missing');
  if (headers['content-length'] === undefined) return refuse(411, 'Length Required');
  if (Number(headers['content-length']) > LARGEST_BODY) return refuse(413, 'Request Entity Too Large');
  return undefined;
}

/** The connection ends with it, because the body was not read. */
function refuse(status: number, text: string): Answer {
  return htmlAnswer(status, errorPage(status, text), { connection: 'close' });
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  } catch {
    return undefined;
  }
  return Buffer.concat(pieces);
}
