/** What reaches ISDS in a week in which three mail programs of one account ask for mail every half an hour. */
import { expect, onTestFinished, test } from 'vitest';
import { pragueMoment } from '../../src/calendar/index.ts';
import { readUidl } from './pop3-session.ts';
import { startWhole, type Whole } from './whole.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A Monday with a holiday in the same week: Tuesday, 17 November. */
const MONDAY = Date.parse('2026-11-16T00:00:00+01:00');
const PROGRAMS = ['pekar1', 'pekar1+telefon', 'pekar1+notebook'];

async function week(settings: Record<string, string>): Promise<{ whole: Whole; listedAt: number[] }> {
  const clock = { time: MONDAY, now: () => clock.time };
  const whole = await startWhole({ clock, settings: { POSTOLKA_PICKUP_INTERVAL_MINUTES: '5', ...settings } });
  onTestFinished(() => whole.stop());
  for (; clock.time < MONDAY + 7 * DAY; clock.time += 30 * MINUTE) {
    for (const [index, name] of PROGRAMS.entries()) {
      clock.time += index * MINUTE;
      await readUidl(whole.gateway.ports.pop3, name, 'Chleba-2026');
      clock.time -= index * MINUTE;
    }
  }
  const listedAt = whole.sandbox.calls.of('GetListOfReceivedMessages').map(({ at }) => at);
  return { whole, listedAt };
}

test('on poll: one call for all three programs each half an hour, and each is in the delivery log', async () => {
  const { whole, listedAt } = await week({});
  expect(listedAt).toHaveLength(7 * 48);
  expect(await whole.store.deliveries.newest(undefined, 1_000)).toHaveLength(listedAt.length);
});

test('windows: no call from Wednesday to Sunday, none on the holiday, none outside the hours', async () => {
  const { listedAt } = await week({
    POSTOLKA_PICKUP_POLICY: 'windows',
    POSTOLKA_PICKUP_WINDOWS: 'Mon-Tue 08:00-16:00',
  });
  expect(listedAt).toHaveLength(16);
  for (const { weekday, minuteOfDay } of listedAt.map(pragueMoment)) {
    expect(weekday).toBe(1);
    expect(minuteOfDay).toBeGreaterThanOrEqual(8 * 60);
    expect(minuteOfDay).toBeLessThan(16 * 60);
  }
});

test('manual: no call at all in a week without a command', async () => {
  const { listedAt } = await week({ POSTOLKA_PICKUP_POLICY: 'manual' });
  expect(listedAt).toEqual([]);
});
