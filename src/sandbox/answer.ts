/** An HTTP answer as a value, and how it is written: short ones with their length, long ones in chunks and with back-pressure. */
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SOAP_TYPES, type SoapVersion } from './soap.ts';
import { gather, type Pieces } from './xml-writer.ts';

/** One write; an answer that fits into one is sent with Content-Length. */
const WRITE_SIZE = 65_536;

/** An HTTP answer. */
export interface Answer {
  readonly status: number;
  readonly body: Pieces;
  /** The whole Content-Type. */
  readonly type: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly statusCode?: string;
}

/** An answer whose body is a SOAP envelope. */
export function soapAnswer(status: number, version: SoapVersion, body: Pieces, statusCode?: string): Answer {
  const type = `${SOAP_TYPES[version]}; charset=utf-8`;
  return { status, body, type, ...(statusCode === undefined ? {} : { statusCode }) };
}

/** A page in place of an answer. */
export function htmlAnswer(status: number, page: string, headers: Answer['headers'] = {}): Answer {
  return { status, body: [page], type: 'text/html; charset=utf-8', headers };
}

/** Writes it out: with its length when it is short, otherwise in chunks. */
export async function send(response: ServerResponse, answer: Answer): Promise<void> {
  const writes = gather(answer.body, WRITE_SIZE);
  const start = takeTwo(writes);
  if (start.length < 2) {
    const whole = start[0] ?? Buffer.alloc(0);
    writeHead(response, answer, { 'content-length': whole.length });
    return void response.end(whole);
  }
  writeHead(response, answer);
  await pipeline(Readable.from(chain(start, writes)), response);
}

/** Sends so many octets of the body, as if more came, and cuts the connection. */
export async function sendAndCut(response: ServerResponse, answer: Answer, octets: number): Promise<void> {
  writeHead(response, answer);
  response.flushHeaders();
  await pipeline(Readable.from(firstOctets(gather(answer.body, WRITE_SIZE), octets)), response, { end: false });
  // Only after what was written has left.
  response.socket?.destroySoon();
}

function writeHead(
  response: ServerResponse,
  { status, type, headers }: Answer,
  length: Record<string, number> = {},
): void {
  response.writeHead(status, { 'content-type': type, ...headers, ...length });
}

/** The first two at most; the generator goes on behind them. */
function takeTwo(writes: Generator<Buffer>): Buffer[] {
  return [writes.next(), writes.next()].flatMap(({ done, value }) => (done === true ? [] : [value]));
}

function* chain(start: Iterable<Buffer>, rest: Iterable<Buffer>): Generator<Buffer> {
  yield* start;
  yield* rest;
}

function* firstOctets(pieces: Iterable<Buffer>, octets: number): Generator<Buffer> {
  let left = octets;
  for (const piece of pieces) {
    if (left <= 0) return;
    yield piece.subarray(0, left);
    left -= piece.length;
  }
}
