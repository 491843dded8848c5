/** What an earlier sending of the same mail means for this one, by its age: the same again, or meant to be sent again. */
import type { Submission } from '../store/index.ts';

/** An identical mail within this time of a success is a mail program's repetition; later it is meant (mail-clients §9.3). */
const REPETITION_MS = 15 * 60_000;

const DAY_MS = 24 * 60 * 60_000;

/** How long a mail program that did not hear of a success may come again for the first result. */
export const UNHEARD_MS = DAY_MS;

/** The same after a doubt: a mail that failed on Friday may wait in its program for a week. */
const UNHEARD_AFTER_DOUBT_MS = 7 * DAY_MS;

/** How long a message of unknown fate is looked for; then a report says so. */
const LOOKED_FOR_MS = 7 * DAY_MS;

/** A mail whose fate stays unknown is not sent unchanged: as long as ISDS keeps the message that it may have become (isds §3.5). */
const UNSETTLED_MS = 90 * DAY_MS;

/** By the gateway's clock, and by ISDS's where that is known. */
export interface Now {
  readonly own: number;
  readonly isds: number | undefined;
}

type Begun = Pick<Submission, 'begunAt' | 'isdsAt'>;

/** In milliseconds; by ISDS's clock where it can be had, which nobody sets. */
function ageOf({ begunAt, isdsAt }: Begun, now: Now): number {
  return isdsAt === undefined || now.isds === undefined ? now.own - begunAt : now.isds - isdsAt;
}

/** In doubt, and nobody was told yet that it stays so. */
export function isOpen({ state, toldAt }: Submission): boolean {
  return state === 'begun' && toldAt === undefined;
}

/** Looked for long enough. */
export function isOverdue(begun: Begun, now: Now): boolean {
  return ageOf(begun, now) >= LOOKED_FOR_MS;
}

/** Its sender was told that nobody knows its fate, and it may still be found among the sent ones. */
export function isUnsettled(submission: Submission, now: Now): boolean {
  return ageOf(submission, now) < UNSETTLED_MS;
}

/** The mail is one that was sent already. */
export function isRepetition(submission: Submission, now: Now): boolean {
  const { confirmed, settledAt } = submission;
  if (confirmed) return ageOf(submission, now) < REPETITION_MS;
  if (settledAt === undefined) return ageOf(submission, now) < UNHEARD_MS;
  // That it was settled is dated by our own clock, which may have been set meanwhile; after so long nothing could be settled.
  return now.own - settledAt < UNHEARD_AFTER_DOUBT_MS && ageOf(submission, now) < UNSETTLED_MS;
}
