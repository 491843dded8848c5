/** Delivery by fiction: a message nobody picked up counts as delivered after ten days (isds §3.3). */
import { czechClock, fromCzechClock } from './czech-time.ts';
import { type Message, State } from './message.ts';

const WAITING_DAYS = 10;
const DAY = 86_400_000;
/** Month and day of the holidays that have a fixed date. */
const FIXED_HOLIDAYS = '01-01 05-01 05-08 07-05 07-06 09-28 10-28 11-17 12-24 12-25 12-26'.split(' ');

/** Delivers the message if its time has come; system messages and those that forbid it never are. */
export function deliverByFiction(message: Message, now: number): void {
  if (message.state !== State.arrived || message.arrivedAt === undefined) return;
  if (message.allowSubstDelivery === false || message.sender.type === 0) return;
  const at = fictionTime(message.arrivedAt);
  // The state shows only after the day has ended.
  if (now <= at) return;
  message.state = State.deliveredByFiction;
  message.deliveredAt = at;
  message.changes.push({ at, state: State.deliveredByFiction });
  message.events.push({ at, description: 'EV2: Datová zpráva byla doručena fikcí.' });
}

/** The last millisecond of the tenth day after the arrival, or of the first working day behind it. */
function fictionTime(arrivedAt: number): number {
  const arrivalDay = Math.floor(czechClock(arrivedAt).getTime() / DAY);
  let day = arrivalDay + WAITING_DAYS;
  while (isFree(new Date(day * DAY))) day++;
  return fromCzechClock(`${new Date(day * DAY).toISOString().slice(0, 10)}T23:59:59.999`);
}

function isFree(day: Date): boolean {
  const weekday = day.getUTCDay();
  if (weekday === 0 || weekday === 6 || FIXED_HOLIDAYS.includes(day.toISOString().slice(5, 10))) return true;
  const sinceEaster = (day.getTime() - easterSunday(day.getUTCFullYear())) / DAY;
  return sinceEaster === -2 || sinceEaster === 1;
}

/** Gregorian Easter after Gauss, with its two exceptions. */
function easterSunday(year: number): number {
  const century = Math.floor(year / 100);
  const moonShift = 15 + century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25);
  const sunShift = 4 + century - Math.floor(century / 4);
  const golden = year % 19;
  const fullMoon = (19 * golden + (moonShift % 30)) % 30;
  const untilSunday = (2 * (year % 4) + 4 * (year % 7) + 6 * fullMoon + (sunShift % 7)) % 7;
  const late = untilSunday === 6 && (fullMoon === 29 || (fullMoon === 28 && golden > 10));
  return Date.UTC(year, 2, 22 + fullMoon + untilSunday - (late ? 7 : 0));
}
