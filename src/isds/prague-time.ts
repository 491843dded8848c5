/** Czech local time: ISDS means it wherever a time carries no offset (isds §0.2, §2.6). */
import { pragueClock } from '../calendar/index.ts';

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?$/;
const TIME_OF_DAY = /^(\d\d):(\d\d):(\d\d)$/;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** An xs:dateTime as ISDS writes it; undefined when it is none. Without offset it is Czech local time. */
export function parseDateTime(text: string): Date | undefined {
  const match = DATE_TIME.exec(text.trim());
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', offset] = match;
  const clock = clockFace(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second));
  if (clock === undefined) return undefined;
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3));
  const instant = offset === undefined ? fromPrague(clock) : clock - offsetMinutes(offset) * MINUTE_MS;
  return new Date(instant + milliseconds);
}

/** The instant of a Czech time of day: today's or, when that is past, tomorrow's. */
export function nextTimeOfDay(text: string, now: number): Date | undefined {
  const match = TIME_OF_DAY.exec(text);
  if (match === null) return undefined;
  const midnight = Math.floor(pragueClock(now) / DAY_MS) * DAY_MS;
  const today = new Date(midnight);
  const clock = clockFace(
    today.getUTCFullYear(),
    today.getUTCMonth() + 1,
    today.getUTCDate(),
    Number(match[1]),
    Number(match[2]),
    Number(match[3]),
  );
  if (clock === undefined) return undefined;
  const instant = fromPrague(clock);
  return new Date(instant > now ? instant : fromPrague(clock + DAY_MS));
}

/** Hours and minutes on a Czech clock, as a person is told them. */
export function pragueHourMinute(instant: Date): string {
  return new Date(pragueClock(instant.getTime())).toISOString().slice(11, 16);
}

/** The Czech day of an instant as an xs:date. */
export function pragueDay(instant: Date): string {
  return new Date(pragueClock(instant.getTime())).toISOString().slice(0, 10);
}

/** What the clock shows, counted as if it were UTC; undefined for the 30th of February and its like. */
function clockFace(year: number, month: number, day: number, hour: number, minute: number, second: number) {
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const clock = Date.UTC(year, month - 1, day, hour, minute, second);
  const read = new Date(clock);
  return read.getUTCMonth() === month - 1 && read.getUTCDate() === day ? clock : undefined;
}

/** The instant at which a Czech clock shows this; the second look settles the hours around a change of summer time. */
function fromPrague(clock: number): number {
  const guess = clock - (pragueClock(clock) - clock);
  return clock - (pragueClock(guess) - guess);
}

function offsetMinutes(offset: string): number {
  if (offset === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return offset.startsWith('-') ? -minutes : minutes;
}
