/** What ISDS said about a login, and when to believe it longer than usual. */
import type { RefusalReason, Refused } from '../refusals/index.ts';
import type { Identity } from './types.ts';

export interface Acceptance {
  readonly identity: Omit<Identity, 'view'>;
  /** When ISDS said it, as `elapsed` counts. */
  readonly at: number;
}

/** While ISDS does not answer, a login accepted within this time is still believed: mail programs take an outage at log-in for a wrong password (mail-clients §8.4). */
export const BELIEVE_DURING_OUTAGE_MS = 24 * 60 * 60_000;

const OUTAGES: ReadonlySet<RefusalReason> = new Set([
  'isds-maintenance',
  'isds-unreachable',
  'isds-failure',
  'isds-busy',
  'login-page',
  'login-unanswered',
]);

export function isOutage({ reason }: Refused): boolean {
  return OUTAGES.has(reason);
}
