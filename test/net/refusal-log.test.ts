/** What strangers can write into the log: bounded, and counted. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLog } from '../../src/core/index.ts';
import { RefusalLog } from '../../src/net/refusal-log.ts';

const MINUTE_MS = 60_000;

let lines: unknown[];
let refusals: RefusalLog;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  lines = [];
  refusals = new RefusalLog(createLog('info', { write: (line) => void lines.push(JSON.parse(line)) }));
});

afterEach(() => void vi.useRealTimers());

function flood(count: number, remote = '192.0.2.1', reason = 'encryption-required'): void {
  for (let i = 0; i < count; i++) refusals.note(remote, reason, (log) => log.warn({ remote, reason }, 'refused'));
}

test('of a thousand refusals five are written down, and a minute later how many more there were', () => {
  flood(1_000);
  expect(lines).toHaveLength(5);
  vi.advanceTimersByTime(MINUTE_MS);
  expect(lines).toHaveLength(6);
  expect(lines[5]).toMatchObject({ network: '192.0.2.1', reason: 'encryption-required', more: 995 });
});

test('after a minute a refusal is written down again', () => {
  flood(10);
  vi.advanceTimersByTime(MINUTE_MS);
  flood(1);
  expect(lines.at(-1)).toMatchObject({ msg: 'refused' });
});

test('few refusals need no count', () => {
  flood(5);
  vi.advanceTimersByTime(MINUTE_MS);
  expect(lines).toHaveLength(5);
});

test('networks and reasons are told apart, addresses of one IPv6 network are not', () => {
  flood(9, '192.0.2.1');
  flood(9, '192.0.2.2');
  flood(9, '192.0.2.2', 'wrong-password');
  flood(9, '2001:db8::1');
  flood(9, '2001:db8::2');
  expect(lines).toHaveLength(20);
});

test('a flood from more networks than can be told apart is counted together', () => {
  for (let i = 0; i < 10_000; i++) flood(10, `2001:db8:${(i >> 8).toString(16)}:${(i & 0xff).toString(16)}::1`);
  expect(lines.length).toBeLessThanOrEqual(201 * 5);
  vi.advanceTimersByTime(MINUTE_MS);
  expect(lines).toHaveLength(201 * 6);
});
