import { request as httpRequest } from 'node:http';
import { expect, test } from 'vitest';
import { demoBoxes, type FaultKind, MAX_PARALLEL, type Sandbox } from '../../src/sandbox/index.ts';
import { basic, call, download, letterXml, list, loginOf, operationXml, postRaw, sandboxAt, soap } from './client.ts';

const delivered = (sandbox: Sandbox) =>
  sandbox.world.messagesOf(demoBoxes.company, 'recipient').filter(({ state }) => state === 6).length;

interface Outcome {
  readonly status: number | undefined;
  readonly octets: number;
  readonly complete: boolean;
}

/** What arrives of an answer, even of one that is cut. */
async function receive(sandbox: Sandbox, operation: string, inside: string): Promise<Outcome> {
  const body = soap(operationXml(operation, inside));
  const headers = {
    authorization: loginOf('pekar1'),
    'content-type': 'text/xml',
    soapaction: '""',
    'content-length': Buffer.byteLength(body),
  };
  const path = operation === 'MessageDownload' || operation === 'CreateMessage' ? 'dz' : 'dx';
  const request = httpRequest(`${sandbox.url}/DS/${path}`, { method: 'POST', headers });
  return new Promise((resolve) => {
    request.on('error', () => resolve({ status: undefined, octets: 0, complete: false }));
    request.on('response', (response) => {
      let octets = 0;
      response.on('data', (piece: Buffer) => void (octets += piece.length));
      response.on('error', () => undefined);
      response.on('close', () => resolve({ status: response.statusCode, octets, complete: response.complete }));
    });
    request.end(body);
  });
}

test('maintenance is a 503, as SOAP fault or as page, and nobody is asked for a password', async () => {
  await using sandbox = await sandboxAt();
  sandbox.faults.add({ kind: 'http503' }, { kind: 'http503', page: 'static' });
  const wrong = { authorization: basic('pekar1', 'spatne') };
  const [fault, page] = [
    await postRaw(sandbox, '/DS/dx', soap('<x/>'), wrong),
    await postRaw(sandbox, '/DS/dx', soap('<x/>'), wrong),
  ];
  expect([fault.http, page.http]).toEqual([503, 503]);
  expect(fault.text).toContain('<faultcode>Probíhá plánovaná údržba</faultcode>');
  expect(page.headers.get('content-type')).toContain('text/html');
});

test.each<[FaultKind, number, string]>([
  [{ kind: 'soapFault' }, 500, '<SOAP-ENV:Fault>'],
  [{ kind: 'html200' }, 200, '<html>'],
  [{ kind: 'garbage' }, 200, '<<'],
  [{ kind: 'status', code: '3006' }, 200, '<q:GetListOfReceivedMessagesResponse'],
])('$kind comes instead of the operation', async (fault, status, text) => {
  await using sandbox = await sandboxAt();
  sandbox.faults.add(fault);
  const reply = await list(sandbox);
  expect(reply.http).toBe(status);
  expect(reply.text).toContain(text);
  expect(delivered(sandbox)).toBe(0);
  expect((await list(sandbox)).code).toBe('0000');
});

test('a status fault answers with that code', async () => {
  await using sandbox = await sandboxAt();
  sandbox.faults.add({ kind: 'status', code: '9005' });
  const reply = await call(sandbox, 'CreateMessage', letterXml());
  expect([reply.code, reply.message]).toEqual(['9005', '']);
});

test('a lost answer: the message was created, the sender does not hear of it', async () => {
  await using sandbox = await sandboxAt();
  sandbox.faults.add({ kind: 'lostAnswer', operation: 'CreateMessage' });
  const before = sandbox.world.messagesOf(demoBoxes.office, 'recipient').length;
  expect(await receive(sandbox, 'CreateMessage', letterXml())).toEqual({
    status: undefined,
    octets: 0,
    complete: false,
  });
  expect(sandbox.world.messagesOf(demoBoxes.office, 'recipient')).toHaveLength(before + 1);
  expect(sandbox.calls.all()[0]?.httpStatus).toBeUndefined();
});

test.each([0, 1, 700, 200_000])('an answer cut after %i octets is not complete', async (octets) => {
  await using sandbox = await sandboxAt();
  const files = [
    { name: 'a.txt', mimeType: 'text/plain', metaType: 'main' as const, content: Buffer.alloc(1_000_000) },
  ];
  const { dmID } = sandbox.world.deliver({ from: demoBoxes.office, to: demoBoxes.company, files });
  await list(sandbox);
  sandbox.faults.add({ kind: 'cutAfter', octets });
  expect(await receive(sandbox, 'MessageDownload', `<dmID>${dmID}</dmID>`)).toEqual({
    status: 200,
    octets,
    complete: false,
  });
  expect((await download(sandbox, dmID)).code).toBe('0000');
});

test('an oversized answer goes on beyond every limit', async () => {
  await using sandbox = await sandboxAt();
  sandbox.faults.add({ kind: 'oversized', octets: 3_000_000 });
  const { octets, complete } = await receive(sandbox, 'MessageDownload', '<dmID>1</dmID>');
  expect([octets > 3_000_000, complete]).toEqual([true, true]);
});

test('a hanging call never answers, and ends with the sandbox', async () => {
  const sandbox = await sandboxAt();
  sandbox.faults.add({ kind: 'hang' });
  const outcome = receive(sandbox, 'MessageDownload', '<dmID>1</dmID>');
  await sandbox.calls.arrived('MessageDownload', 1);
  expect(sandbox.calls.all()[0]?.httpStatus).toBeUndefined();
  await sandbox.close();
  expect((await outcome).status).toBeUndefined();
});

test('a fault waits for its operation and its login, and happens as often as said', async () => {
  await using sandbox = await sandboxAt();
  sandbox.faults.add({ kind: 'status', code: '9005', operation: 'MessageDownload', login: 'zofie1', times: 2 });
  expect((await call(sandbox, 'DummyOperation', '', 'zofie1')).code).toBe('0000');
  expect((await download(sandbox, '1')).code).toBe('1219');
  expect(sandbox.faults.pending).toBe(2);
  const codes = [
    await download(sandbox, '1', 'zofie1'),
    await download(sandbox, '1', 'zofie1'),
    await download(sandbox, '1', 'zofie1'),
  ];
  expect(codes.map(({ code }) => code)).toEqual(['9005', '9005', '1219']);
});

test('more parallel watched calls of one box than allowed are refused with 3008, other boxes are free', async () => {
  await using sandbox = await sandboxAt();
  sandbox.faults.add({ kind: 'hang', times: MAX_PARALLEL });
  const hanging = Array.from({ length: MAX_PARALLEL }, () => receive(sandbox, 'MessageDownload', '<dmID>1</dmID>'));
  await sandbox.calls.arrived('MessageDownload', MAX_PARALLEL);
  expect((await list(sandbox, 'pekar2')).code).toBe('3008');
  expect((await call(sandbox, 'MarkMessageAsDownloaded', '<dmID>1</dmID>')).code).toBe('1219');
  expect((await list(sandbox, 'zofie1')).code).toBe('0000');
  await sandbox.close();
  await Promise.all(hanging);
});

test('in restricted mode a second call of the account at the same time is refused with 3009', async () => {
  await using sandbox = await sandboxAt();
  sandbox.world.login('pekar1').restricted = true;
  sandbox.faults.add({ kind: 'hang' });
  const hanging = receive(sandbox, 'MessageDownload', '<dmID>1</dmID>');
  await sandbox.calls.arrived('MessageDownload', 1);
  expect((await list(sandbox)).code).toBe('3009');
  expect((await list(sandbox, 'pekar2')).code).toBe('0000');
  await sandbox.close();
  await hanging;
});

test('a call that has ended counts no longer', async () => {
  await using sandbox = await sandboxAt();
  for (let count = 0; count <= MAX_PARALLEL; count++) expect((await list(sandbox)).code).toBe('0000');
});

test.each<FaultKind>([
  { kind: 'http', status: 504 },
  { kind: 'http503' },
  { kind: 'soapFault' },
  { kind: 'html200' },
  { kind: 'blank200' },
  { kind: 'foreignAnswer' },
  { kind: 'status', code: '9005' },
  { kind: 'truncated' },
  { kind: 'reset' },
])('$kind in place of the answer: the message is not there, or it is when that is wished', async (kind) => {
  await using sandbox = await sandboxAt();
  const sent = () => sandbox.world.messagesOf(demoBoxes.company, 'sender').length;
  const before = sent();
  sandbox.faults.add({ ...kind, operation: 'CreateMessage' });
  const refused = await receive(sandbox, 'CreateMessage', letterXml());
  expect(sent()).toBe(before);
  sandbox.faults.add({ ...kind, operation: 'CreateMessage', executed: true });
  // Whether it was carried out cannot be seen from outside.
  expect(await receive(sandbox, 'CreateMessage', letterXml())).toEqual(refused);
  expect(sent()).toBe(before + 1);
});
