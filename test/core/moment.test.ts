import { expect, test } from 'vitest';
import { ageOf, leftOf, momentOf } from '../../src/core/index.ts';

const DAY = 86_400_000;

function clockOf(now: number, elapsed: number, origin?: string) {
  return { now: () => now, elapsed: () => elapsed, origin };
}

test.each([DAY, -DAY])('until the computer starts again, a clock set by %d ms changes no age', (set) => {
  const moment = momentOf(clockOf(10 * DAY, 5_000, 'start-1'));
  expect(ageOf(moment, clockOf(10 * DAY + set, 65_000, 'start-1'))).toBe(60_000);
});

test('after another start of the computer the clock is believed, and the future was just now', () => {
  const moment = momentOf(clockOf(10 * DAY, 5_000, 'start-1'));
  expect(ageOf(moment, clockOf(10 * DAY + 60_000, 1_000, 'start-2'))).toBe(60_000);
  expect(ageOf(moment, clockOf(9 * DAY, 1_000, 'start-2'))).toBe(0);
});

test('where nobody can go on counting, the clock is believed', () => {
  expect(ageOf(momentOf(clockOf(0, 5_000)), clockOf(60_000, 1_000))).toBe(60_000);
});

test('of a span is left what the age leaves of it; what lies in the future of the only clock is not waited for', () => {
  const moment = momentOf(clockOf(10 * DAY, 5_000, 'start-1'));
  expect(leftOf(moment, 100_000, clockOf(0, 65_000, 'start-1'))).toBe(40_000);
  expect(leftOf(moment, 100_000, clockOf(10 * DAY + 60_000, 0, 'start-2'))).toBe(40_000);
  expect(leftOf(moment, 100_000, clockOf(10 * DAY - 1, 0, 'start-2'))).toBe(0);
});
