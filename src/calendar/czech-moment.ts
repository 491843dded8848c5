/** A moment as a Czech calendar and clock show it; written out here because the same mail must come out for years. */
import { formatDay, pragueMoment } from './czech-calendar.ts';

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
