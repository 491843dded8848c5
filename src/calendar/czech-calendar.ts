/** Days and hours as Czech law counts them: Europe/Prague, public holidays, working days. */
import { pragueClock } from './prague-clock.ts';

/** A day without time and zone. */
export interface CivilDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

interface PragueMoment {
  readonly day: CivilDay;
  /** 0 is Sunday, as in Date. */
  readonly weekday: number;
  /** Minutes since midnight, as the clock on the wall shows them. */
  readonly minuteOfDay: number;
}

const DAY_MS = 86_400_000;
const SATURDAY = 6;
const SUNDAY = 0;

/** Act 245/2000 Coll., the holidays with a fixed date, as month-day. */
const FIXED_HOLIDAYS = new Set([
  '1-1',
  '5-1',
  '5-8',
  '7-5',
  '7-6',
  '9-28',
  '10-28',
  '11-17',
  '12-24',
  '12-25',
  '12-26',
]);

/** Good Friday (since 2016) and Easter Monday, in days from Easter Sunday. */
const MOVING_HOLIDAYS = [-2, 1];

/** What calendar and clock in Prague show at a moment, given in milliseconds since the epoch. */
export function pragueMoment(at: number): PragueMoment {
  const clock = new Date(pragueClock(at));
  const day = { year: clock.getUTCFullYear(), month: clock.getUTCMonth() + 1, day: clock.getUTCDate() };
  return { day, weekday: clock.getUTCDay(), minuteOfDay: clock.getUTCHours() * 60 + clock.getUTCMinutes() };
}

/** The day so many days later, or earlier when negative. */
export function addDays({ year, month, day }: CivilDay, days: number): CivilDay {
  const moved = new Date(Date.UTC(year, month - 1, day + days));
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

/** Days from one to the other; negative when the other is earlier. */
export function daysBetween(one: CivilDay, other: CivilDay): number {
  return Math.round((utc(other) - utc(one)) / DAY_MS);
}

/** Whether it is a public holiday in Czechia (act 245/2000). */
export function isHoliday(day: CivilDay): boolean {
  if (FIXED_HOLIDAYS.has(`${day.month}-${day.day}`)) return true;
  const easter = easterSunday(day.year);
  return MOVING_HOLIDAYS.some((days) => daysBetween(easter, day) === days);
}

/** Whether it is neither a weekend nor a public holiday. */
export function isWorkingDay(day: CivilDay): boolean {
  const weekday = weekdayOf(day);
  return weekday !== SATURDAY && weekday !== SUNDAY && !isHoliday(day);
}

/** Written as Czechs write it: 24. 12. 2026. */
export function formatDay({ year, month, day }: CivilDay): string {
  return `${day}. ${month}. ${year}`;
}

function weekdayOf(day: CivilDay): number {
  return new Date(utc(day)).getUTCDay();
}

function utc({ year, month, day }: CivilDay): number {
  return Date.UTC(year, month - 1, day);
}

/** The Gregorian reckoning in the form of Meeus, Jones and Butcher. */
function easterSunday(year: number): CivilDay {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const leapCenturies = Math.floor(century / 4);
  const moonCorrection = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - leapCenturies - moonCorrection + 15) % 30;
  const weekdayShift = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * weekdayShift) / 451);
  const place = epact + weekdayShift - 7 * late + 114;
  return { year, month: Math.floor(place / 31), day: (place % 31) + 1 };
}
