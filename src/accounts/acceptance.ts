/** What ISDS said about a login: for how long it is believed, and what a mail program hears of a no. */
import { LATE, type SharedWork } from '../core/index.ts';
import { type RefusalReason, Refused } from '../refusals/index.ts';
import type { Identity } from './types.ts';
import { type IsdsError, refusalFor } from '../isds/index.ts';

/** That ISDS let a login in, and when. */
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
  'account-under-way',
  'login-page',
  'login-unanswered',
]);

/** Whether it says nothing about the login: then what was accepted before is still believed. */
export function isOutage({ reason }: Refused): boolean {
  return OUTAGES.has(reason);
}

/**
 * A log-in is answered before programs give up; what ISDS was asked goes on, and its answer serves the next try. What was `known`
 * before is believed as during an outage; a login of which nothing is known is refused for now.
 */
export async function inTime(
  question: SharedWork<Acceptance>,
  known: Acceptance | undefined,
  { timeBudgetMs, left }: { readonly timeBudgetMs: number; readonly left: AbortSignal },
): Promise<Acceptance> {
  const acceptance = await question.within(timeBudgetMs, left);
  if (acceptance !== LATE) return acceptance;
  // Nobody is logged in who has left.
  if (known !== undefined && !left.aborted) return known;
  throw new Refused('isds-unreachable');
}

/** What a mail program hears when ISDS did not take a log-in: for good only what is about the password, everything else passes. */
export function loginRefusal(error: IsdsError): Refused {
  const { failure } = error;
  // A page or a redirect instead of an answer: an outage, or a password that has expired (isds §2.3).
  const isPage =
    failure.kind === 'not-xml' || (failure.kind === 'http' && failure.status >= 300 && failure.status < 400);
  if (isPage) return new Refused('login-page', {}, { cause: error });
  const isPassing = failure.kind === 'http' || (failure.kind === 'status' && failure.class !== 'auth');
  if (!isPassing) return refusalFor(error);
  return new Refused(
    'login-unanswered',
    {},
    { cause: error, ...(error.code === undefined ? {} : { isdsCode: error.code }) },
  );
}
