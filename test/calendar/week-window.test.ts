import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/index.ts';
import { parseWeekWindow } from '../../src/calendar/index.ts';

test.each([
  ['Mon-Fri 07:00-18:00', [1, 2, 3, 4, 5], 420, 1_080],
  ['Tue 08:30-24:00', [2], 510, 1_440],
  ['Sat-Mon 00:00-00:01', [6, 0, 1], 0, 1],
])('%s', (text, weekdays, from, to) => {
  expect(parseWeekWindow(text)).toEqual({ weekdays: new Set(weekdays), from, to });
});

test.each([
  '',
  'Mon',
  'mon 08:00-09:00',
  'Po 08:00-09:00',
  'Mon 8:00-9:00',
  'Mon 09:00-09:00',
  'Mon 09:60-10:00',
  'Mon 09:00-24:01',
])('%j is no window', (text) => {
  expect(parseWeekWindow(text)).toBeUndefined();
});

test('windows come from the environment as a list, and a wrong one is named', () => {
  const environment = { POSTOLKA_DOMAIN: 'a.cz', POSTOLKA_PICKUP_POLICY: 'windows' };
  const windows = loadConfig(undefined, {
    ...environment,
    POSTOLKA_PICKUP_WINDOWS: 'Mon 08:00-09:00, Tue 08:00-09:00',
  });
  expect(windows.pickup.windows).toHaveLength(2);
  expect(() => loadConfig(undefined, { ...environment, POSTOLKA_PICKUP_WINDOWS: 'Po 8-9' })).toThrow(
    /pickup\.windows\.0 \(POSTOLKA_PICKUP_WINDOWS\): must look like/,
  );
  expect(() => loadConfig(undefined, environment)).toThrow(/pickup\.windows: must not be empty/);
});
