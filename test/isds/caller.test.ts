import { describe, expect, test, vi } from 'vitest';
import { createLog, systemClock } from '../../src/core/index.ts';
import { Refused } from '../../src/refusals/index.ts';
import { type CallGuard, createIsds, type IsdsAccount, type IsdsError } from '../../src/isds/index.ts';
import { answers, CREDENTIALS, http, isdsAt, startFakeIsds, status } from './fake-isds.ts';

async function firstEvent(account: IsdsAccount): Promise<unknown> {
  const events = account.downloadMessage('1')[Symbol.asyncIterator]();
  return events.next();
}

describe('the guard of a login', () => {
  test('may prevent a call before anything is sent, in its own words', async () => {
    const fake = await startFakeIsds(answers('X', ''));
    const guard = {
      before: () => Promise.reject(new Refused('login-paused')),
    };
    const account = isdsAt(fake.url).account(CREDENTIALS, guard);
    await expect(account.checkBox('urad453')).rejects.toMatchObject({ reason: 'login-paused' });
    await expect(firstEvent(account)).rejects.toMatchObject({
      reason: 'login-paused',
    });
    expect(fake.received).toEqual([]);
  });

  test('learns how every call turns out', async () => {
    const fake = await startFakeIsds(http(503, 'text/html', ''), answers('X', ''));
    const told: string[] = [];
    const guard: CallGuard = {
      before: async () => ({
        answered: () => void told.push('answered'),
        ended: (error) => void told.push(error?.kind ?? 'ended'),
      }),
    };
    const account = isdsAt(fake.url).account(CREDENTIALS, guard);
    await account.checkBox('urad453').catch(() => undefined);
    expect(told).toEqual(['maintenance', 'ended']);
    told.length = 0;
    await firstEvent(account).catch(() => undefined);
    expect(told[0]).toBe('answered');
    expect(told.at(-1)).toBe('ended');
  });

  test('what nobody wants any more after waiting for the guard is not sent', async () => {
    const fake = await startFakeIsds(answers('X', ''));
    const client = new AbortController();
    const ended = vi.fn<(error?: IsdsError) => void>();
    const guard: CallGuard = {
      before: async () => {
        client.abort();
        return { answered: () => undefined, ended };
      },
    };
    const account = isdsAt(fake.url).account(CREDENTIALS, guard);
    await expect(account.checkBox('urad453', { signal: client.signal })).rejects.toMatchObject({ kind: 'aborted' });
    expect(fake.received).toEqual([]);
    expect(ended).toHaveBeenCalled();
  });
});

test('the log names the operation and the codes, never credentials, content or texts', async () => {
  const lines: string[] = [];
  const log = createLog('debug', { write: (line) => lines.push(line) });
  const fake = await startFakeIsds(
    answers('CheckDataBox', '<q:dbState>1</q:dbState>', status('db', '0000')),
    answers('CheckDataBox', '', status('db', '1214', 'Zakázaná přípona:tajné.exe')),
    http(404, 'text/html', 'x'),
  );
  const account = isdsAt(fake.url, { log, now: 0 }).account(CREDENTIALS);
  await account.checkBox('urad453');
  await account.checkBox('urad453').catch(() => undefined);
  await account.checkBox('urad453').catch(() => undefined);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({ operation: 'CheckDataBox', ms: 0, http: 200, code: '0000' }),
    expect.objectContaining({ operation: 'CheckDataBox', kind: 'status', code: '1214' }),
    expect.objectContaining({ operation: 'CheckDataBox', kind: 'http', http: 404 }),
  ]);
  expect(lines.join('')).not.toMatch(/abc123|kůň|urad453|tajné/);
});

test('a name for ourselves that HTTP cannot carry is refused at the start', () => {
  const config = { domain: 'x', baseUrls: {}, ca: undefined, userAgent: 'Poštolka' };
  expect(() => createIsds(config, { clock: systemClock })).toThrow('User-Agent');
});

test('closing lets go of the connections', async () => {
  const fake = await startFakeIsds(answers('CheckDataBox', '<q:dbState>1</q:dbState>', status('db', '0000')));
  const isds = isdsAt(fake.url);
  await isds.account(CREDENTIALS).checkBox('urad453');
  await isds.close();
  await expect(isds.account(CREDENTIALS).checkBox('urad453')).rejects.toMatchObject({ kind: 'unreachable' });
});
