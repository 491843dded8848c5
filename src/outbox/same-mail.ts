/**
 * What makes two mails the same, and what an earlier sending of the same mail means for this one by its age. It goes by what the
 * sender wrote, not by what we make of it, since that may come out differently the next time. Message-ID, date and boundaries
 * are left out: mail programs renew them when they try again (mail-clients §1.15).
 */
import { createHash } from 'node:crypto';
import { dmIDOf } from '../mail-writer/index.ts';
import type { Draft } from '../mail-parser/index.ts';
import type { Recipient, SenderIdentity } from './types.ts';
import { type EnvelopeOptions, readEnvelopeOptions } from './envelope-options.ts';
import type { Submission } from '../store/index.ts';

/** Of a mail, whoever it goes to. The same words in answer to another message are another answer. */
export function contentDigest({ account }: SenderIdentity, draft: Draft, domain: string): string {
  const answered = draft.answers.find((id) => dmIDOf(id, domain) !== undefined) ?? '';
  const files = draft.files.map(({ name, sha256 }) => [name, sha256]);
  const pictures = draft.pictures.map(({ name, sha256 }) => [name, sha256]);
  return digest([
    account,
    draft.subject,
    draft.text ?? '',
    pictures,
    files,
    answered,
    canonical(readEnvelopeOptions(draft.envelopeFields).options),
  ]);
}

/** Of the one data message that goes to this recipient; the box's name and price may change. */
export function messageDigest(content: string, { boxId, toHands, personalDelivery }: Recipient): string {
  return digest([content, boxId, toHands, personalDelivery]);
}

/** The options, whatever the order of their headers. */
function canonical({ legalTitle = {}, ...options }: EnvelopeOptions): unknown {
  return [options, legalTitle].map((fields) =>
    Object.entries(fields).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
}

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

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
