/** A small HTTP server in the place of ISDS: it answers what a test tells it and remembers what it was asked. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { type Log, Secret, systemClock } from '../../src/core/index.ts';
import { createIsds, type Isds } from '../../src/isds/index.ts';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Answers one request. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

export interface FakeIsds {
  readonly url: string;
  readonly received: Received[];
}

export const CREDENTIALS = { kind: 'password', login: 'abc123', password: new Secret('Žluťoučký kůň: 1') } as const;

/** Gives these answers one after the other, the last one again and again. */
export async function startFakeIsds(...queue: Answer[]): Promise<FakeIsds> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) });
      const answer = queue.length > 1 ? queue.shift() : queue[0];
      answer?.(response, request);
    });
    // Clients that hang up in the middle of a request are part of the tests.
    request.on('error', () => undefined);
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
  };
}

export function isdsAt(url: string, dependencies: { log?: Log; now?: number } = {}): Isds {
  const { log, now } = dependencies;
  const isds = createIsds(
    { domain: 'datovka.example', baseUrls: { ws1: url, ws2: url }, ca: undefined, userAgent: 'Postolka/0.1' },
    { ...(log === undefined ? {} : { log }), clock: now === undefined ? systemClock : { now: () => now } },
  );
  onTestFinished(() => isds.close());
  return isds;
}

/** A fake with these answers and an account that asks it. */
export async function accountAt(...queue: Answer[]) {
  const fake = await startFakeIsds(...queue);
  return { fake, account: isdsAt(fake.url).account(CREDENTIALS) };
}

export function envelopeAround(body: string): string {
  return `<?xml version='1.0' encoding='utf-8'?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>`;
}

export function status(kind: 'dm' | 'db', code: string, message = 'Provedeno úspěšně.'): string {
  return `<q:${kind}Status><q:${kind}StatusCode>${code}</q:${kind}StatusCode><q:${kind}StatusMessage>${message}</q:${kind}StatusMessage></q:${kind}Status>`;
}

/** As the services for large messages answer. */
export function envelopeAround12(body: string): string {
  return envelopeAround(body).replace(
    'http://schemas.xmlsoap.org/soap/envelope/',
    'http://www.w3.org/2003/05/soap-envelope',
  );
}

/** The body of an answer of ISDS with its status. */
export function answerBody(operation: string, content: string, end = status('dm', '0000')): string {
  return `<q:${operation}Response xmlns:q="http://isds.czechpoint.cz/v20" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${content}${end}</q:${operation}Response>`;
}

export function http(code: number, type: string, text: string | Buffer): Answer {
  return (response) => {
    response.writeHead(code, { 'content-type': type, 'content-length': Buffer.byteLength(text) });
    response.end(text);
  };
}

/** 200 with this element as SOAP body. */
export function soap(body: string): Answer {
  return http(200, 'text/xml;charset=utf-8', envelopeAround(body.replace(/^<\?xml[^>]*>\s*/, '')));
}

/** 200 from the services for large messages, everything in the XML. */
export function answers12(operation: string, content: string, end?: string): Answer {
  return http(200, 'application/soap+xml; charset=utf-8', envelopeAround12(answerBody(operation, content, end)));
}

export function answers(operation: string, content: string, end?: string): Answer {
  return soap(answerBody(operation, content, end));
}

/** These octets as the whole HTTP answer, whatever they are, then the end of the connection. */
export function raw(octets: Buffer | string): Answer {
  return (response) => {
    response.socket?.end(octets);
  };
}

/** Takes the request and never says a word. */
export const silence: Answer = () => undefined;
