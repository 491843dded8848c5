/** A span of hours on some weekdays, as in "Mon-Fri 07:00-18:00". */

/** A span of hours on some days of the week. */
export interface WeekWindow {
  /** 0 is Sunday, as in Date. */
  readonly weekdays: ReadonlySet<number>;
  /** Minutes since midnight; the end does not belong to the window. */
  readonly from: number;
  readonly to: number;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const DAY_MINUTES = 24 * 60;
const PATTERN = /^(?<first>[A-Z][a-z]{2})(?:-(?<last>[A-Z][a-z]{2}))? (?<from>\d{2}:\d{2})-(?<to>\d{2}:\d{2})$/;

/** Undefined for anything that is not a window. A range of days may go over the week's end (Sat-Mon), one of hours not over midnight. */
export function parseWeekWindow(text: string): WeekWindow | undefined {
  const { first, last = first, from, to } = PATTERN.exec(text)?.groups ?? {};
  const weekdays = dayRange(first, last);
  const start = minutes(from);
  const end = minutes(to);
  if (weekdays === undefined || start === undefined || end === undefined || start >= end) return undefined;
  return { weekdays, from: start, to: end };
}

function dayRange(first: string | undefined, last: string | undefined): ReadonlySet<number> | undefined {
  const from = WEEKDAYS.findIndex((name) => name === first);
  const to = WEEKDAYS.findIndex((name) => name === last);
  if (from === -1 || to === -1) return undefined;
  const length = ((to - from + WEEKDAYS.length) % WEEKDAYS.length) + 1;
  return new Set(Array.from({ length }, (_, index) => (from + index) % WEEKDAYS.length));
}

function minutes(text: string | undefined): number | undefined {
  const [hours = 0, minute = 0] = (text ?? '').split(':').map(Number);
  const total = hours * 60 + minute;
  return text === undefined || minute > 59 || total > DAY_MINUTES ? undefined : total;
}
