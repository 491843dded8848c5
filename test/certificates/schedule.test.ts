/** When certificates are renewed, and how long failures wait. */
import { expect, test } from 'vitest';
import { renewalTime, waitAfter } from '../../src/certificates/acme/schedule.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

test.each([
  [90, 60, 64.5],
  [6, 4, 4.3],
])('a certificate of %i days is renewed between day %d and day %d', (days, earliest, latest) => {
  const life = { begins: 0, ends: days * DAY_MS };
  expect(renewalTime(life, 0) / DAY_MS).toBeCloseTo(earliest, 6);
  expect(renewalTime(life, 1) / DAY_MS).toBeCloseTo(latest, 6);
});

test('failures wait longer and longer, up to six hours, each a little differently', () => {
  expect([1, 2, 3, 5, 6, 60].map((failures) => waitAfter(failures, 0.5) / MINUTE_MS)).toEqual([
    15, 30, 60, 240, 360, 360,
  ]);
  expect([0, 1].map((chance) => waitAfter(1, chance) / MINUTE_MS)).toEqual([12, 18]);
});

test('a name fails at most four times within an hour: Let’s Encrypt allows five', () => {
  let time = 0;
  let tries = 1;
  for (let failures = 1; (time += waitAfter(failures, 0)) < 60 * MINUTE_MS; failures++) tries++;
  expect(tries).toBeLessThanOrEqual(4);
});
