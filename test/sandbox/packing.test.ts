import { connect } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { basic, loginOf, operationXml, sandboxAt } from './client.ts';
import { BOUNDARY, envelope, include, PARTS_TYPE, partsOf, post, uploadXml } from './large-client.ts';

const PDF = { name: 'velká.pdf', content: Buffer.from('%PDF-1.4\n%%EOF\n') };
const ROOT = envelope('1.2', uploadXml(PDF, include('a')));

const send = (sandbox: Sandbox, body: string | Buffer, type = PARTS_TYPE) => post(sandbox, type, body);
const good = partsOf(ROOT, [['a', PDF.content]]);
/** The body with one thing changed; its octets are ASCII. */
const changed = (wanted: string | RegExp, instead: string) => good.toString('latin1').replace(wanted, instead);

test('the example of the dossier is understood: parameters in any order, an encoded cid, headers in any case', async () => {
  await using sandbox = await sandboxAt();
  const type = `Multipart/Related; boundary="${BOUNDARY}"; TYPE="application/xop+xml"`;
  const body = partsOf(envelope('1.2', uploadXml(PDF, include('p%C5%99%C3%ADloha%40x'))), [['příloha@x', PDF.content]]);
  expect((await send(sandbox, body, type)).code).toBe('0000');
  const odd = changed('Content-ID: <a>', 'CONTENT-id:\r\n <a>').replace('Content-Transfer-Encoding: binary\r\n', '');
  expect((await send(sandbox, odd)).code).toBe('0000');
  expect((await send(sandbox, `úvod, který nikdo nečte\r\n${good.toString('latin1')}dovětek`)).code).toBe('0000');
});

test.each([
  ['without the type of the parts', PARTS_TYPE.replace('type="application/xop+xml"; ', ''), 'has type parameter=,'],
  [
    'with the type of SOAP',
    PARTS_TYPE.replace('application/xop+xml', 'application/soap+xml'),
    'parameter=application/soap+xml, should be application/xop+xml. Use SOAP 1.2.',
  ],
  ['with the type of SOAP 1.1', PARTS_TYPE.replace('application/xop+xml', 'text/xml'), 'Use SOAP 1.2.'],
  ['without a boundary', PARTS_TYPE.replace(/; boundary=.*/, ''), 'no boundary'],
  ['attack: with a boundary of other characters', PARTS_TYPE.replace(BOUNDARY, 'a\\"<b'), 'boundary is malformed'],
  ['attack: with a boundary of 71 characters', PARTS_TYPE.replace(BOUNDARY, 'b'.repeat(71)), 'boundary is malformed'],
])('a request %s is 599 with a fault of SOAP 1.2', async (_, type, text) => {
  await using sandbox = await sandboxAt();
  const reply = await send(sandbox, good, type);
  expect([reply.http, reply.type]).toEqual([599, 'application/soap+xml; charset=utf-8']);
  expect(reply.text).toContain('<SOAP-ENV:Value>SOAP-ENV:Sender</SOAP-ENV:Value>');
  expect(reply.text).toContain(text);
});

test.each([
  ['a root part of another type', changed('Content-Type: application/xop+xml', 'Content-Type: text/xml')],
  ['a root part that is SOAP 1.1', changed('type="application/soap+xml"', 'type="text/xml"')],
  ['no part that start= names', changed('<root>', '<jinak>')],
  ['content in base64', changed('Content-Transfer-Encoding: binary', 'Content-Transfer-Encoding: base64')],
  ['a part without an ID', changed('Content-ID: <a>', 'X-ID: <a>')],
  [
    'attack: two parts of one ID',
    partsOf(ROOT, [
      ['a', PDF.content],
      ['a', Buffer.from('jiný')],
    ]),
  ],
  ['attack: a header twice', changed('Content-ID: <a>', 'Content-ID: <a>\r\nContent-ID: <b>')],
  ['attack: a header that is none', changed('Content-ID: <a>', 'Content-ID: <a>\r\nnic')],
  ['attack: a huge head', changed('Content-ID: <a>', `Content-ID: <a>\r\nX: ${'x'.repeat(9_000)}`)],
  [
    'attack: a head without end',
    good.toString('latin1').replace(/\r\nContent-ID: <a>\r\n\r\n[^]*/, `\r\nX: ${'x'.repeat(1_000_000)}`),
  ],
  [
    'attack: more parts than files',
    partsOf(
      ROOT,
      Array.from({ length: 101 }, (_, n) => [`a${n}`, PDF.content] as const),
    ),
  ],
])('%s is 599', async (_, body) => {
  await using sandbox = await sandboxAt();
  expect((await send(sandbox, body)).http).toBe(599);
  expect(sandbox.spooled()).toBe(0);
});

test.each([
  ['the closing delimiter', good.subarray(0, good.length - BOUNDARY.length - 8)],
  ['the dashes of the closing delimiter', good.subarray(0, good.length - 4)],
  ['half of the content', good.subarray(0, good.length - BOUNDARY.length - 12)],
])('a body without %s has ended too early: 2020, and nothing is uploaded', async (_, body) => {
  await using sandbox = await sandboxAt();
  expect((await send(sandbox, body)).code).toBe('2020');
  expect(sandbox.spooled()).toBe(0);
});

test('a body that ends inside of its root part is no SOAP', async () => {
  await using sandbox = await sandboxAt();
  const reply = await send(sandbox, good.subarray(0, 400));
  expect([reply.http, reply.type]).toEqual([500, 'application/soap+xml; charset=utf-8']);
});

test.each([
  ['a delimiter that goes on', `\r\n--${BOUNDARY}x\r\n`],
  ['a delimiter without its line', `\n--${BOUNDARY}--`],
  ['a delimiter with too few dashes', `\r\n--${BOUNDARY}-\r\n`],
  ['a delimiter in the middle of a line', `x--${BOUNDARY}--`],
  ['the beginning of a delimiter again and again', `\r\n--${BOUNDARY.slice(0, -1)}`.repeat(20_000)],
  ['a delimiter and more white space than allowed', `\r\n--${BOUNDARY}${' '.repeat(100)}\r\n`],
])('attack: forged boundary: %s stays content', async (_, forged) => {
  await using sandbox = await sandboxAt();
  const content = Buffer.from(`%PDF-1.4${forged}konec`);
  const { code, text } = await send(sandbox, partsOf(ROOT, [['a', content]]));
  expect(code).toBe('0000');
  const { createHash } = await import('node:crypto');
  expect(text).toContain(createHash('sha256').update(content).digest('hex'));
});

test.each([
  ['to nothing', include('b'), '2010'],
  ['that is no cid', include('a').replace('cid:', 'file:'), '2010'],
  ['that is malformed', include('%zz'), undefined],
  ['beside text', `text${include('a')}`, '2010'],
  ['beside another', include('a') + include('a'), '2010'],
  ['in another namespace', include('a').replace('2004/08', '2005/08'), '2010'],
])('a reference %s brings no content', async (_, inside, code) => {
  await using sandbox = await sandboxAt();
  const reply = await send(sandbox, partsOf(envelope('1.2', uploadXml(PDF, inside)), [['a', PDF.content]]));
  expect([reply.code, sandbox.spooled()]).toEqual([code, 0]);
});

test('attack: a part in the place of a text is not read as one', async () => {
  await using sandbox = await sandboxAt();
  const request = operationXml(
    'CreateBigMessage',
    `<dmEnvelope><dbIDRecipient>urad3k7</dbIDRecipient><dmAnnotation>${include('a')}</dmAnnotation></dmEnvelope><dmFiles/>`,
  );
  expect((await send(sandbox, partsOf(envelope('1.2', request), [['a', PDF.content]]))).code).toBe('2042');
});

test.each([
  ['SOAP 1.1 in the type of 1.2', 'application/soap+xml', envelope('1.1', uploadXml(PDF, 'JVBERi0='))],
  ['SOAP 1.1 in parts', PARTS_TYPE, partsOf(envelope('1.1', uploadXml(PDF, include('a'))), [['a', PDF.content]])],
])('%s is a fault', async (_, type, body) => {
  await using sandbox = await sandboxAt();
  const reply = await send(sandbox, body, type);
  expect([reply.http, reply.text.includes('<SOAP-ENV:Text xml:lang="cs">')]).toEqual([500, true]);
});

test('a request of another type is refused', async () => {
  await using sandbox = await sandboxAt();
  expect((await send(sandbox, ROOT, 'application/json')).http).toBe(415);
});

test('parts are for the service of large messages only', async () => {
  await using sandbox = await sandboxAt();
  const headers = { authorization: loginOf('pekar1'), 'content-type': PARTS_TYPE };
  const response = await fetch(`${sandbox.url}/DS/dz`, { method: 'POST', headers, body: good.toString('latin1') });
  expect(response.status).toBe(415);
});

test('a stranger uploads nothing', async () => {
  await using sandbox = await sandboxAt();
  const headers = { authorization: basic('pekar1', 'spatne') };
  expect((await post(sandbox, PARTS_TYPE, good, { headers })).http).toBe(401);
  expect(sandbox.spooled()).toBe(0);
});

test('attack: a body of more than 140 MB is refused before it comes', async () => {
  await using sandbox = await sandboxAt();
  const { port, hostname } = new URL(sandbox.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST /DS/vodz HTTP/1.1\r\nHost: x\r\nContent-Type: application/soap+xml\r\nContent-Length: ${140 * 1024 * 1024 + 1}\r\n\r\n`,
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  expect(answer.toString()).toMatch(/^HTTP\/1.1 413 /);
});

test('a client that goes away in the middle leaves nothing behind', async () => {
  await using sandbox = await sandboxAt();
  const { port, hostname } = new URL(sandbox.url);
  const socket = connect(Number(port), hostname);
  const head = `POST /DS/vodz HTTP/1.1\r\nHost: x\r\nContent-Type: ${PARTS_TYPE}\r\nContent-Length: ${good.length + 1_000}\r\n\r\n`;
  socket.write(Buffer.concat([Buffer.from(head), good]));
  await expect.poll(() => sandbox.spooled()).toBe(1);
  socket.destroy();
  await expect.poll(() => sandbox.spooled()).toBe(0);
  expect(sandbox.calls.all()).toEqual([]);
});
