/** Moments as a Czech calendar and clock show them; written out here because the same mail must come out for years. */
import { formatDay, pragueMoment } from './czech-calendar.ts';
import { pragueClock } from './prague-clock.ts';

const MINUTES_OF_HOUR = 60;

/** ISDS lives in Czech time, whatever the server's zone is; seconds matter for deadlines: 20. 11. 2026 9:15:02. */
export function momentText(moment: Date | undefined): string | undefined {
  if (moment === undefined) return undefined;
  const { day, minuteOfDay } = pragueMoment(moment.getTime());
  const hour = Math.floor(minuteOfDay / MINUTES_OF_HOUR);
  return `${formatDay(day)} ${hour}:${twoDigits(minuteOfDay % MINUTES_OF_HOUR)}:${twoDigits(moment.getUTCSeconds())}`;
}

function twoDigits(value: number): string {
  return value.toString().padStart(2, '0');
}

/** Hours and minutes, as a clock on a wall in Prague shows them: 9:15. */
export function clockTime(at: number): string {
  return new Date(pragueClock(at)).toISOString().slice(11, 16).replace(/^0/, '');
}

/** Czech time for lists that are sorted: 2026-11-20 09:15:02. */
export function sortableTime(at: number): string {
  return new Date(pragueClock(at)).toISOString().slice(0, 19).replace('T', ' ');
}
