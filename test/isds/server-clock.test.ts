import { expect, test } from 'vitest';
import { elapsed, systemClock } from '../../src/core/index.ts';
import { IsdsError } from '../../src/isds/index.ts';
import { ServerClock } from '../../src/isds/server-clock.ts';
import { call, sandboxAt } from '../sandbox/client.ts';
import { accountAt, envelopeAround, status } from './fake-isds.ts';

const NOON = Date.parse('2026-11-20T12:00:00Z');
const HOUR = 60 * 60_000;

/** The Date of an answer at that moment. */
const dated = (at: number): string => new Date(at).toUTCString();

test('before the first answer nobody knows, and what is no date tells nothing', () => {
  const server = new ServerClock({ now: () => NOON });
  for (const date of [undefined, '', 'yesterday', ['Fri, 20 Nov 2026 12:00:00 GMT']]) server.note(date);
  expect(server.now()).toBeUndefined();
});

test('goes on from the last answers, however far our own clock is off', () => {
  const clock = { time: NOON - 3 * HOUR, now: () => clock.time };
  const server = new ServerClock(clock);
  server.note(dated(NOON));
  clock.time += HOUR;
  expect(Math.abs((server.now() ?? 0) - (NOON + HOUR))).toBeLessThan(1_000);
});

test('a clock that is set meanwhile changes nothing', () => {
  const clock = { time: NOON, passed: 0, now: () => clock.time, elapsed: () => clock.passed };
  const server = new ServerClock(clock);
  server.note(dated(NOON));
  clock.time += 24 * HOUR;
  clock.passed += 1_000;
  expect(Math.abs((server.now() ?? 0) - (NOON + 1_000))).toBeLessThan(1_000);
});

test('a single odd answer is not believed; two that agree are', () => {
  const clock = { time: NOON, now: () => clock.time };
  const server = new ServerClock(clock);
  for (const at of [NOON, NOON, NOON + 5 * HOUR]) server.note(dated(at));
  expect(Math.abs((server.now() ?? 0) - NOON)).toBeLessThan(1_000);
  server.note(dated(NOON + 5 * HOUR));
  expect(Math.abs((server.now() ?? 0) - (NOON + 5 * HOUR))).toBeLessThan(1_000);
});

test.each([302, 404, 500, 503])(
  'a page with %i may come from a server in between and tells nothing',
  async (statusCode) => {
    const { account } = await accountAt((response) => {
      response.statusCode = statusCode;
      response.setHeader('date', dated(NOON));
      response.end('<html></html>');
    });
    await expect(account.getPasswordExpiry()).rejects.toBeInstanceOf(IsdsError);
    expect(account.serverTime()).toBeUndefined();
  },
);

test('every answer of ISDS tells it, refusals too', async () => {
  const { account } = await accountAt((response) => {
    response.setHeader('date', dated(NOON));
    response.end(
      envelopeAround(
        `<q:GetPasswordInfoResponse xmlns:q="http://isds.czechpoint.cz/v20">${status('db', '9005')}</q:GetPasswordInfoResponse>`,
      ),
    );
  });
  await expect(account.getPasswordExpiry()).rejects.toThrow('9005');
  expect(Math.abs((account.serverTime() ?? 0) - NOON)).toBeLessThan(60_000);
});

test('the sandbox dates its answers by its own clock', async () => {
  await using sandbox = await sandboxAt();
  const { headers } = await call(sandbox, 'GetPasswordInfo', '<dbDummy/>');
  expect(Math.abs(Date.parse(headers.get('date') ?? '') - sandbox.clock.now())).toBeLessThan(1_000);
});

test('spans are counted by a clock that nobody can set', () => {
  const before = elapsed(systemClock);
  expect(elapsed(systemClock)).toBeGreaterThanOrEqual(before);
  expect(before).toBeLessThan(systemClock.now());
});
