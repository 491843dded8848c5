import { expect, test } from 'vitest';
import { nextTimeOfDay, parseDateTime, pragueHourMinute } from '../../src/isds/prague-time.ts';

test.each([
  ['2026-11-20T09:15:02.117+01:00', '2026-11-20T08:15:02.117Z'],
  ['2026-07-20T09:15:02+02:00', '2026-07-20T07:15:02.000Z'],
  ['2026-11-20T09:15:02.1Z', '2026-11-20T09:15:02.100Z'],
  ['2026-11-20T09:15:02.123456789Z', '2026-11-20T09:15:02.123Z'],
  [' 2024-02-29T23:59:59.999+01:00 ', '2024-02-29T22:59:59.999Z'],
])('%s is %s', (text, expected) => {
  expect(parseDateTime(text)?.toISOString()).toBe(expected);
});

test.each([
  ['2026-01-15T12:00:00', '2026-01-15T11:00:00.000Z'],
  ['2026-07-15T12:00:00', '2026-07-15T10:00:00.000Z'],
  ['2026-03-29T01:59:59', '2026-03-29T00:59:59.000Z'],
  ['2026-03-29T03:00:00', '2026-03-29T01:00:00.000Z'],
  ['2026-10-25T01:30:00', '2026-10-24T23:30:00.000Z'],
  ['2026-10-25T03:30:00', '2026-10-25T02:30:00.000Z'],
])('without an offset %s is Czech local time: %s', (text, expected) => {
  expect(parseDateTime(text)?.toISOString()).toBe(expected);
});

test.each([
  '',
  'včera',
  '2026-02-30T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-11-20T24:00:01Z',
  '2026-11-20',
  '20261120T091502Z',
])('"%s" is no time', (text) => {
  expect(parseDateTime(text)).toBeUndefined();
});

const NOON_IN_PRAGUE = Date.parse('2026-11-20T12:00:00+01:00');

test('a time of day that is still to come is today', () => {
  expect(nextTimeOfDay('13:04:39', NOON_IN_PRAGUE)?.toISOString()).toBe('2026-11-20T12:04:39.000Z');
});

test('a time of day that is past is tomorrow', () => {
  expect(nextTimeOfDay('00:30:00', NOON_IN_PRAGUE)?.toISOString()).toBe('2026-11-20T23:30:00.000Z');
});

test('the Czech day counts, not the one in Greenwich', () => {
  expect(nextTimeOfDay('00:45:00', Date.parse('2026-11-20T23:30:00Z'))?.toISOString()).toBe('2026-11-20T23:45:00.000Z');
});

test('a time of day that is none is undefined', () => {
  expect(nextTimeOfDay('25:00:00', NOON_IN_PRAGUE)).toBeUndefined();
  expect(nextTimeOfDay('', NOON_IN_PRAGUE)).toBeUndefined();
});

test('people are told the time on a Czech clock', () => {
  expect(pragueHourMinute(new Date('2026-07-01T22:05:59Z'))).toBe('00:05');
});
