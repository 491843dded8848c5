/** Reads an HTTP request as far as ISDS would: path, headers, a bounded body, the SOAP envelope (isds §1.2, §1.3). */
import type { IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { Answer } from './answer.ts';
import { child, textOf } from './fields.ts';
import { readLargeRequest } from './large-request.ts';
import { readBasic } from './login-guard.ts';
import { type Service, type Place, placeOf } from './places.ts';
import { readPacking, refuse } from './packing.ts';
import type { Said } from './said.ts';
import { readSoap, type SoapVersion } from './soap.ts';
import type { Spool, Spools } from './spool.ts';
import { XmlError } from './xml-text.ts';

/** 20 MB of files are 27 MB of base64; with line breaks and envelope there is still room. */
const MAX_BODY_OCTETS = 40 * 1024 * 1024;
/** 100 MB of files are 133 MB of base64; they go to the disk as they come. */
const MAX_VODZ_BODY_OCTETS = 140 * 1024 * 1024;

const NOWHERE: Place = { service: 'dz', entrance: 'password' };

/** A request that was read. */
export interface Arrival extends Place, Said {
  readonly path: string;
  readonly login: string | undefined;
  readonly version: SoapVersion;
  /** Whether content is wanted as parts of their own (isds §1.4). */
  readonly wantsParts: boolean;
  readonly dmID?: string | undefined;
  /** Content that waits on the disk; what nobody keeps ends with the request. */
  readonly spools: readonly Spool[];
}

/** How a request is read. */
export interface Reading {
  readonly spools: Spools;
  /** Before each piece of the body, in milliseconds. */
  readonly pause: number;
}

/** The client went away in the middle of its request. */
class ClientGone extends Error {}

/** Undefined when nobody is there to be answered. */
export async function receive(request: IncomingMessage, reading: Reading): Promise<Arrival | undefined> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const { name } = readBasic(request.headers.authorization);
  const place = placeOf(path) ?? NOWHERE;
  const packing = readPacking(request.headers, place.service);
  const made: Spool[] = [];
  const { version, wantsParts } = 'refusal' in packing ? { version: '1.1' as const, wantsParts: false } : packing;
  const start = { ...place, path, login: name === '' ? undefined : name, version, wantsParts, spools: made };
  if (placeOf(path) === undefined)
    return { ...start, refusal: refuse(404, 'The requested URL was not found on this server.') };
  if (request.method !== 'POST') return { ...start, refusal: refuse(405, 'Method Not Allowed') };
  if ('refusal' in packing) return { ...start, ...packing };
  const refusal = checkLength(request.headers['content-length'], place.service);
  if (refusal !== undefined) return { ...start, refusal };
  try {
    const body = paced(request, reading.pause);
    const shelf = { spools: reading.spools, made };
    const said = place.service === 'vodz' ? await readLargeRequest(body, packing, shelf) : await readOrdinary(body);
    const number = said.soap === undefined ? undefined : child(said.soap, 'dmID');
    return { ...start, ...said, dmID: number === undefined ? undefined : textOf(number) };
  } catch (error) {
    if (error instanceof XmlError) return { ...start, problem: error.message };
    reading.spools.release(made);
    if (error instanceof ClientGone) return undefined;
    throw error;
  }
}

/** Chunked requests are not taken (isds §1.4). */
function checkLength(length: string | undefined, service: Service): Answer | undefined {
  if (length === undefined) return refuse(411, 'Length Required');
  const largest = service === 'vodz' ? MAX_VODZ_BODY_OCTETS : MAX_BODY_OCTETS;
  return Number(length) > largest ? refuse(413, 'Request Entity Too Large') : undefined;
}

/** A reader that gives up leaves the connection open for its answer. */
async function* paced(request: IncomingMessage, pause: number): AsyncGenerator<Buffer> {
  try {
    for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      if (pause > 0) await setTimeout(pause);
      yield piece;
    }
  } catch {
    throw new ClientGone();
  }
}

async function readOrdinary(body: AsyncIterable<Buffer>): Promise<Said> {
  const pieces: Buffer[] = [];
  for await (const piece of body) pieces.push(piece);
  return { soap: readSoap(Buffer.concat(pieces), '1.1') };
}
