import { describe, expect, test } from 'vitest';
import type { IsdsError } from '../../src/isds/index.ts';
import {
  accountAt,
  type Answer,
  answers,
  CREDENTIALS,
  envelopeAround,
  http,
  isdsAt,
  raw,
  silence,
  soap,
  status,
} from './fake-isds.ts';
import { file, message } from './outgoing.ts';

async function failureOf(answer: Answer, sent = message(), signal?: AbortSignal): Promise<IsdsError> {
  const { fake, account } = await accountAt(answer);
  const error = await account.createMessage(sent, signal && { signal }).catch((reason: unknown) => reason);
  expect(fake.received.length).toBeLessThanOrEqual(1);
  return error as IsdsError;
}

/** Takes the request and hangs up. */
const hangUp: Answer = (response) => response.socket?.destroy();

function refused(code: string): Answer {
  return answers('CreateMessage', '', status('dm', code, ''));
}

function fault(code: string, text: string): string {
  return envelopeAround(
    `<SOAP-ENV:Fault><faultcode>${code}</faultcode><faultstring>${text}</faultstring></SOAP-ENV:Fault>`,
  );
}

const ODD_STATUSES = [302, 400, 403, 404, 405, 408, 409, 413, 429, 431, 499, 501, 520];

/** The documented one (isds §1.6, §11.6). */
const MAINTENANCE = fault('Probíhá plánovaná údržba', 'Systém je z důvodu údržby dočasně nedostupný.');

describe('whether a failed message was sent', () => {
  test.each([
    ['ISDS refused it', refused('1214'), 'status'],
    ['ISDS was at a limit', refused('3000'), 'status'],
    ['ISDS could not read it', refused('2007'), 'status'],
    [
      'the password was wrong',
      http(401, 'text/html', 'Authentication required! supplied the wrong credentials'),
      'wrong-credentials',
    ],
    ['the address was blocked', http(401, 'text/html', 'Authentication required!'), 'address-blocked'],
    ['ISDS announced maintenance', http(503, 'text/xml', MAINTENANCE), 'maintenance'],
    ['ISDS did not understand a multipart request', http(599, 'application/soap+xml', ''), 'http'],
  ])('no, when %s', async (_, answer, kind) => {
    expect(await failureOf(answer)).toMatchObject({ kind, outcome: 'not-executed' });
  });

  test.each<[string, Answer, string]>([
    ['ISDS failed inside (9005)', refused('9005'), 'status'],
    ['ISDS failed at reading (9603)', refused('9603'), 'status'],
    ['the same request is being processed (3003)', refused('3003'), 'status'],
    ['the status is of no known range', refused('4001'), 'status'],
    ['the server failed', http(500, 'text/html', ''), 'http'],
    ['a gateway failed', http(502, 'text/html', ''), 'http'],
    ['a gateway waited too long', http(504, 'text/html', ''), 'http'],
    ['a page says that ISDS is out of order', http(503, 'text/html', '<h1>Probíhá údržba</h1>'), 'maintenance'],
    ['503 came without anything', http(503, 'text/xml', ''), 'maintenance'],
    [
      'a fault of 503 is about something else',
      http(503, 'text/xml', fault('Server', 'Backend timeout')),
      'maintenance',
    ],
    ...ODD_STATUSES.map((code): [string, Answer, string] => [
      `HTTP said ${code}`,
      http(code, 'text/html', 'x'),
      'http',
    ]),
    ['there was a fault', soap('<SOAP-ENV:Fault><faultcode>x</faultcode></SOAP-ENV:Fault>'), 'fault'],
    ['there was a fault with 500', http(500, 'text/xml', MAINTENANCE), 'fault'],
    ['the answer was lost', hangUp, 'unreachable'],
    [
      'the answer broke off',
      raw('HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 500\r\n\r\n<e:Env'),
      'truncated',
    ],
    ['the answer was a page', http(200, 'text/html', '<html></html>'), 'not-xml'],
    ['the answer was empty', http(200, 'text/xml', ''), 'not-xml'],
    ['success came without a number', answers('CreateMessage', ''), 'not-xml'],
    [
      'a refusal comes with a number',
      answers('CreateMessage', '<q:dmID>1</q:dmID>', status('dm', '1214', '')),
      'not-xml',
    ],
    ['a refusal answers another question', answers('CheckDataBox', '', status('dm', '1214', '')), 'not-xml'],
    ['a number answers another question', answers('DummyOperation', '<q:dmID>1</q:dmID>'), 'not-xml'],
  ])('nobody knows, when %s', async (_, answer, kind) => {
    expect(await failureOf(answer)).toMatchObject({ kind, outcome: 'unknown' });
  });

  test('nobody knows, when no answer came in time', async () => {
    const aborter = new AbortController();
    const failure = failureOf(() => aborter.abort(new DOMException('', 'TimeoutError')), message(), aborter.signal);
    await expect(failure).resolves.toMatchObject({ kind: 'timeout', outcome: 'unknown' });
  });

  test('no, when the time ran out before the last octet', async () => {
    const aborter = new AbortController();
    const stuck = file([], {
      size: 100_000,
      async *open() {
        yield Buffer.alloc(50_000);
        aborter.abort();
        yield Buffer.alloc(40_000);
        await new Promise(() => undefined);
      },
    });
    const failure = failureOf(silence, message({ files: [stuck] }), aborter.signal);
    await expect(failure).resolves.toMatchObject({ kind: 'aborted', outcome: 'not-executed' });
  });

  test('no, when nobody listens', async () => {
    const account = isdsAt('http://127.0.0.1:1').account(CREDENTIALS);
    await expect(account.createMessage(message())).rejects.toMatchObject({
      kind: 'unreachable',
      outcome: 'not-executed',
    });
  });
});
