import { describe, expect, test } from 'vitest';
import type { IsdsError } from '../../src/isds/index.ts';
import { accountAt, type Answer, answers, CREDENTIALS, http, isdsAt, raw, silence, soap, status } from './fake-isds.ts';
import { file, message } from './outgoing.ts';

async function failureOf(answer: Answer, sent = message(), signal?: AbortSignal): Promise<IsdsError> {
  const { fake, account } = await accountAt(answer);
  const error = await account.createMessage(sent, signal && { signal }).catch((reason: unknown) => reason);
  expect(fake.received.length).toBeLessThanOrEqual(1);
  return error as IsdsError;
}

/** Takes the request and hangs up. */
const hangUp: Answer = (response) => response.socket?.destroy();

describe('whether a failed message was sent', () => {
  test.each([
    ['ISDS refused it', answers('CreateMessage', '', status('dm', '1214', 'Přípona')), 'status'],
    ['ISDS was at a limit', answers('CreateMessage', '', status('dm', '3000', '')), 'status'],
    ['ISDS could not read it', answers('CreateMessage', '', status('dm', '9603', '')), 'status'],
    [
      'the password was wrong',
      http(401, 'text/html', 'Authentication required! supplied the wrong credentials'),
      'wrong-credentials',
    ],
    ['ISDS was in maintenance', http(503, 'text/html', ''), 'maintenance'],
    ['the path was wrong', http(404, 'text/html', ''), 'http'],
  ])('no, when %s', async (_, answer, kind) => {
    expect(await failureOf(answer)).toMatchObject({ kind, outcome: 'not-executed' });
  });

  test.each([
    ['ISDS failed inside (9005)', answers('CreateMessage', '', status('dm', '9005', '')), 'status'],
    ['the server failed', http(500, 'text/html', ''), 'http'],
    ['a gateway failed', http(502, 'text/html', ''), 'http'],
    ['there was a fault', soap('<SOAP-ENV:Fault><faultcode>x</faultcode></SOAP-ENV:Fault>'), 'fault'],
    ['the answer was lost', hangUp, 'unreachable'],
    [
      'the answer broke off',
      raw('HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 500\r\n\r\n<e:Env'),
      'truncated',
    ],
    ['the answer was a page', http(200, 'text/html', '<html></html>'), 'not-xml'],
    ['success came without a number', answers('CreateMessage', ''), 'not-xml'],
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
