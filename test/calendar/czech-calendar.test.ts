import { expect, test } from 'vitest';
import {
  addDays,
  type CivilDay,
  daysBetween,
  isHoliday,
  isWorkingDay,
  pragueMoment,
} from '../../src/calendar/index.ts';

function dayOf(text: string): CivilDay {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return { year, month, day };
}

test.each([
  ['2026-11-20T23:30:00Z', '2026-11-21', 6, 30],
  ['2026-07-01T21:59:00Z', '2026-07-01', 3, 23 * 60 + 59],
  ['2026-03-29T00:59:00Z', '2026-03-29', 0, 119],
  ['2026-03-29T01:00:00Z', '2026-03-29', 0, 180],
  ['2026-10-25T00:30:00Z', '2026-10-25', 0, 150],
  ['2026-10-25T01:30:00Z', '2026-10-25', 0, 150],
])('%s is %s in Prague, weekday %i, minute %i', (moment, day, weekday, minuteOfDay) => {
  expect(pragueMoment(Date.parse(moment))).toEqual({ day: dayOf(day), weekday, minuteOfDay });
});

test.each([
  '2026-01-01',
  '2026-04-03',
  '2026-04-06',
  '2026-11-17',
  '2026-12-24',
  '2027-03-26',
  '2027-03-29',
  '2028-04-14',
])('%s is a holiday', (day) => {
  expect(isHoliday(dayOf(day))).toBe(true);
});

test.each(['2026-04-05', '2026-04-07', '2026-12-23', '2026-12-31'])('%s is none', (day) => {
  expect(isHoliday(dayOf(day))).toBe(false);
});

test('a working day is neither at a week’s end nor a holiday', () => {
  const days = ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23', '2026-11-17'];
  expect(days.map((day) => isWorkingDay(dayOf(day)))).toEqual([true, false, false, true, false]);
});

test('days are counted over the ends of months, years and summer time', () => {
  expect(addDays(dayOf('2026-12-25'), 10)).toEqual(dayOf('2027-01-04'));
  expect(addDays(dayOf('2028-02-28'), 2)).toEqual(dayOf('2028-03-01'));
  expect(daysBetween(dayOf('2026-03-20'), dayOf('2026-04-01'))).toBe(12);
});
