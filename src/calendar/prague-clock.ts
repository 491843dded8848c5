/** What clocks in Prague show. */

/** Made when somebody asks for the time there: the rules of all zones that come with it are eight megabytes. */
let prague: Intl.DateTimeFormat | undefined;

/** What a clock in Prague shows at an instant, to the second and counted as if it were UTC; both in milliseconds since the epoch. */
export function pragueClock(instant: number): number {
  prague ??= new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Prague',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = Object.fromEntries(prague.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
