/** Strangers on the set-up port: what they send is answered at once, or not at all, and costs nothing. */
import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { domain, exchange, parseReply, startService } from './service.ts';

const MEGABYTE = 1_048_576;

test.each([
  'PROPFIND /.well-known/carddav',
  'PROPFIND /',
  'HEAD /',
  'PROPFIND /.well-known/caldav',
  'PUT /',
  'REPORT /dav',
  'OPTIONS /',
  'GET /.well-known/carddav',
  'GET /admin',
  'GET /EWS/Exchange.asmx',
  'POST /Microsoft-Server-ActiveSync',
])('password fishing by accident: %s is never asked for a log-in, and what it brings is not kept', async (request) => {
  const service = await startService();
  const secret = Buffer.from(`novak12@${domain}:Tajné-heslo`).toString('base64');
  const { status, headers } = await service.ask(request, [`Authorization: Basic ${secret}`]);
  expect([302, 404, 405]).toContain(status);
  expect(headers.has('www-authenticate')).toBe(false);
  expect(service.log.join('')).not.toContain(secret);
});

test.each(['POST /autodiscover/autodiscover.xml', 'PUT /', 'GET /help', 'POST /neznamo'])(
  'a body of 64 MB: %s is answered while it is being sent, and the rest is not read',
  async (request) => {
    const service = await startService();
    const socket = connect(service.port, '127.0.0.1');
    socket.on('error', () => {});
    const answered = once(socket, 'data');
    const closed = once(socket, 'close');
    socket.write(`${request} HTTP/1.1\r\nHost: x\r\nContent-Length: ${64 * MEGABYTE}\r\n\r\n`);
    socket.write(Buffer.alloc(17 * 1_024, 'x'));
    const [answer] = (await answered) as [Buffer];
    expect([200, 404, 405, 413]).toContain(parseReply(answer.toString()).status);
    expect(parseReply(answer.toString()).headers.get('connection')).toBe('close');
    await closed;
  },
);

test('a body in chunks without an end is refused at the same limit', async () => {
  const service = await startService();
  const socket = connect(service.port, '127.0.0.1');
  socket.on('error', () => {});
  const answered = once(socket, 'data');
  socket.write('POST /autodiscover/autodiscover.xml HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
  for (let chunk = 0; chunk < 20; chunk++) socket.write(`400\r\n${'y'.repeat(1_024)}\r\n`);
  const [answer] = (await answered) as [Buffer];
  socket.destroy();
  expect(parseReply(answer.toString()).status).toBe(413);
});

test('a head without an end: refused at eight kilobytes', async () => {
  const service = await startService();
  const answer = await exchange(service.port, `GET / HTTP/1.1\r\nX: ${'a'.repeat(20_000)}`);
  expect(parseReply(answer).status).toBe(431);
});

test.each([
  ['slow head (slowloris)', 'GET /help HTTP/1.1\r\nX-Header: '],
  ['slow body', 'POST /autodiscover/autodiscover.xml HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n<'],
  ['nothing at all', ''],
])('%s: every connection has an end, whatever it is waiting for', async (_, beginning) => {
  const service = await startService({ endpoint: { connectionLifeMs: 50 } });
  expect(await exchange(service.port, beginning)).toBe('');
});

test('request smuggling: two lengths are refused', async () => {
  const service = await startService();
  const both =
    'POST /autodiscover/autodiscover.xml HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n';
  expect(parseReply(await exchange(service.port, both)).status).toBe(400);
});

test('a network with too many connections loses its oldest one', async () => {
  const service = await startService({ endpoint: { maxConnectionsPerNetwork: 2 } });
  const oldest = connect(service.port, '127.0.0.1');
  await once(oldest, 'connect');
  const other = connect(service.port, '127.0.0.1');
  await once(other, 'connect');
  const closed = once(oldest.resume(), 'close');
  const answer = await exchange(service.port, 'GET /help HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(parseReply(answer).status).toBe(200);
  await closed;
  other.destroy();
});

test('path traversal and odd targets lead nowhere', async () => {
  const service = await startService();
  for (const target of [
    '/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '//evil.example/',
    '/\\evil',
    '*',
    'http://x/',
    '/%',
  ]) {
    const { status, headers } = await service.ask(`GET ${target}`);
    expect([400, 404]).toContain(status);
    expect(headers.has('location')).toBe(false);
  }
});

test('whatever host somebody names, no answer repeats it', async () => {
  const service = await startService();
  for (const path of ['/', '/napoveda', '/mail/config-v1.1.xml', '/autodiscover/autodiscover.xml']) {
    const request = `GET ${path} HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n`;
    expect(await exchange(service.port, request)).not.toContain('evil.example');
  }
});

test('fuzzed targets and bodies: one of the known statuses, and the service goes on', async () => {
  const service = await startService();
  const routes = fc.constantFrom(
    '/',
    '/napoveda',
    '/postolka.mobileconfig',
    '/qr.svg',
    '/autodiscover/autodiscover.json',
    '/mail/config-v1.1.xml',
  );
  const visible = fc.string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
    maxLength: 80,
  });
  await fc.assert(
    fc.asyncProperty(routes, visible, async (route, noise) => {
      const { status } = await service.ask(`GET ${route}?address=${noise}`);
      expect([200, 302, 400, 404]).toContain(status);
    }),
    { numRuns: 60 },
  );
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 3_000 }), async (body) => {
      const { status } = await service.ask('POST /autodiscover/autodiscover.xml', [], body);
      expect([200, 400]).toContain(status);
    }),
    { numRuns: 60 },
  );
  expect((await service.ask('GET /help')).status).toBe(200);
});

test('challenge tokens: only the one that is asked for now has an answer, guesses and paths have none', async () => {
  const service = await startService({ challenges: new Map([['token_-1', 'token_-1.otisk']]) });
  const { status, headers, body } = await service.ask('GET /.well-known/acme-challenge/token_-1');
  expect([status, headers.get('content-type'), body]).toEqual([200, 'application/octet-stream', 'token_-1.otisk']);
  for (const path of ['', 'token_-2', 'TOKEN_-1', '../acme-challenge', 'token_-1/x', '%00', 'x'.repeat(257)]) {
    expect((await service.ask(`GET /.well-known/acme-challenge/${path}`)).status).toBe(404);
  }
  expect((await service.ask('POST /.well-known/acme-challenge/token_-1', [], 'x')).status).toBe(405);
  expect(service.log.join('')).not.toContain('token_-1');
});
