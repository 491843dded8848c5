/** Times as ISDS writes and reads them: Czech local time with offset and milliseconds (isds §0.2). */
import { StatusRefusal } from './status.ts';

const MINUTE = 60_000;

const CLOCK_FACE = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Prague',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** The moment whose UTC reading is what a Czech clock shows at `at`. */
export function czechClock(at: number): Date {
  const parts = Object.fromEntries(CLOCK_FACE.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
  const milliseconds = ((at % 1000) + 1000) % 1000;
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second, milliseconds));
}

/** `2026-11-20T09:15:02.117+01:00` */
export function formatTime(at: number): string {
  const clock = czechClock(at);
  const offset = Math.round((clock.getTime() - at) / MINUTE);
  const hours = String(Math.floor(offset / 60)).padStart(2, '0');
  return `${clock.toISOString().slice(0, -1)}+${hours}:${String(offset % 60).padStart(2, '0')}`;
}

/** `09:15:02`, as the notice of a blocked account prints it (isds §2.6). */
export function formatClock(at: number): string {
  return czechClock(at).toISOString().slice(11, 19);
}

const DATE_TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(Z|[+-]\d{2}:\d{2})?$/;

/** An xs:dateTime of a request; without offset it means Czech local time (isds §0.2). Anything else is 2017. */
export function parseTime(text: string): number {
  const [, local, offset] = DATE_TIME.exec(text) ?? [];
  const at = local === undefined ? Number.NaN : offset === undefined ? fromCzechClock(local) : Date.parse(text);
  if (Number.isNaN(at)) throw new StatusRefusal('2017');
  return at;
}

/** The moment at which a Czech clock shows this time. */
export function fromCzechClock(local: string): number {
  const shown = Date.parse(`${local}Z`);
  if (Number.isNaN(shown)) return shown;
  // Czech clocks run one hour ahead of UTC, in summer two: whichever shows the wanted time is right.
  const winter = shown - 60 * MINUTE;
  return czechClock(winter).getTime() === shown ? winter : shown - 120 * MINUTE;
}
