/** How long a failed log-in counts, and how a moment is told to a user. */

/** The span in which ISDS is believed to count failures, and for which it blocks (isds §2.6). */
export const FAILURE_WINDOW_MS = 60 * 60_000;

/** A moment as the user's clock shows it: ISDS lives in Czech time. */
export function clockTime(at: number): string {
  return new Intl.DateTimeFormat('cs-CZ', { timeStyle: 'short', timeZone: 'Europe/Prague' }).format(at);
}
