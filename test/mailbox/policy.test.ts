import { expect, test } from 'vitest';
import { parseWeekWindow } from '../../src/calendar/index.ts';
import { type PickupPolicy, reasonToPickUp as reasonByClocks } from '../../src/mailbox/index.ts';
import type { PickupState } from '../../src/store/index.ts';

const MINUTE = 60_000;
const fresh: PickupState = { lastCallAt: undefined, lastFullAt: undefined, since: undefined, permittedAt: undefined };
const onPoll: PickupPolicy = { mode: 'onPoll', intervalMs: 5 * MINUTE, windows: [] };
const mondayAndTuesday: PickupPolicy = {
  ...onPoll,
  mode: 'windows',
  windows: [parseWeekWindow('Mon-Tue 08:00-16:00')!],
};
const manual: PickupPolicy = { ...onPoll, mode: 'manual' };

/** Where both clocks agree. */
function reasonToPickUp(policy: PickupPolicy, state: PickupState, now: number) {
  return reasonByClocks(policy, state, now, now);
}

test('on poll: at the first one, and then after the interval', () => {
  const now = Date.parse('2026-11-20T10:00:00Z');
  expect(reasonToPickUp(onPoll, fresh, now)).toBe('poll');
  expect(reasonToPickUp(onPoll, { ...fresh, lastCallAt: now - 5 * MINUTE + 1 }, now)).toBeUndefined();
  expect(reasonToPickUp(onPoll, { ...fresh, lastCallAt: now - 5 * MINUTE }, now)).toBe('poll');
});

test('a clock that was a year ahead and is set right delays no poll', () => {
  const now = Date.parse('2026-11-20T10:00:00Z');
  const nextYear = Date.parse('2027-11-20T10:00:00Z');
  expect(reasonToPickUp(onPoll, { ...fresh, lastCallAt: nextYear }, now)).toBe('poll');
});

test.each([
  ['2026-11-23T06:59:59Z', undefined],
  ['2026-11-23T07:00:00Z', 'window'],
  ['2026-11-24T14:59:59Z', 'window'],
  ['2026-11-24T15:00:00Z', undefined],
  ['2026-11-25T10:00:00Z', undefined],
  ['2026-11-22T10:00:00Z', undefined],
  ['2026-07-06T10:00:00Z', undefined],
  ['2026-11-17T10:00:00Z', undefined],
  ['2026-07-13T06:30:00Z', 'window'],
])('windows: at %s it is %s', (moment, reason) => {
  expect(reasonToPickUp(mondayAndTuesday, fresh, Date.parse(moment))).toBe(reason);
});

test('windows: they open by the clock of ISDS, the interval is counted by our own', () => {
  const monday = Date.parse('2026-11-23T10:00:00Z');
  const evening = Date.parse('2026-11-23T18:00:00Z');
  expect(reasonByClocks(mondayAndTuesday, fresh, evening, monday)).toBe('window');
  expect(reasonByClocks(mondayAndTuesday, fresh, monday, evening)).toBeUndefined();
  expect(reasonByClocks(mondayAndTuesday, { ...fresh, lastCallAt: evening - 1 }, evening, monday)).toBeUndefined();
});

test('windows: the interval holds inside them as well', () => {
  const now = Date.parse('2026-11-23T10:00:00Z');
  expect(reasonToPickUp(mondayAndTuesday, { ...fresh, lastCallAt: now - MINUTE }, now)).toBeUndefined();
});

test.each([onPoll, mondayAndTuesday, manual])(
  'a command allows one pick-up under any policy, for a day: $mode',
  (policy) => {
    const now = Date.parse('2026-11-22T10:00:00Z');
    const state = { ...fresh, lastCallAt: now - 1 };
    expect(reasonToPickUp(policy, { ...state, permittedAt: now - MINUTE }, now)).toBe('command');
    expect(reasonToPickUp(policy, { ...state, permittedAt: now - 24 * 60 * MINUTE }, now)).toBeUndefined();
  },
);

test('manual: never without a command', () => {
  expect(reasonToPickUp(manual, fresh, Date.parse('2026-11-20T10:00:00Z'))).toBeUndefined();
});
