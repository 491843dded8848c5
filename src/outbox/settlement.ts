/** Was it sent? Messages whose answer was lost are looked for among the sent ones, which delivers nothing (isds §3.1, §6.6). */
import type { Identity } from '../accounts/index.ts';
import { Refused } from '../core/index.ts';
import { type Envelope, IsdsError, type OutgoingFile, type OutgoingMessage, refusalFor } from '../isds/index.ts';
import type { Submission } from '../store/index.ts';
import { isLarge, ORDINARY_OCTETS } from './large.ts';
import type { DispatchContext } from './letter.ts';

/** A message may take this long to appear in the list of sent ones; looking earlier would send it twice (isds §6.6). */
export const APPEARS_WITHIN_MS = 60_000;

/** Clocks of ISDS and gateway may differ this much. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

const RECORDS = 1_000;
const ANY_STATE = -1;
const KIBI = 1_024;

/** Markup of a dmFile element beside its name; ISDS writes it its own way (isds §4.1). */
const FILE_MARKUP = 180;
const FILE_MARKUP_TOLERANCE = 120;

/** A message that was begun and has no result. */
export interface Doubt {
  readonly message: OutgoingMessage;
  readonly submission: Submission;
}

/**
 * The dmIDs of the messages, in their order, undefined where one was not sent; all are settled. Rejects with Refused
 * `outcome-unknown` while it is too early to say, and when ISDS cannot be asked.
 */
export async function settleDoubts(
  identity: Identity,
  doubts: readonly Doubt[],
  { submissions, clock }: Pick<DispatchContext, 'submissions' | 'clock'>,
): Promise<readonly (string | undefined)[]> {
  const begun = doubts.map(({ submission }) => submission.begunAt);
  if (clock.now() - Math.max(...begun) < APPEARS_WITHIN_MS) throw new Refused('outcome-unknown');
  const records = await sentSince(identity, Math.min(...begun));
  const claimed = new Set(
    await submissions.claimed(
      identity.account,
      records.map(({ dmID }) => dmID),
    ),
  );
  const results: (string | undefined)[] = [];
  for (const { message, submission } of doubts) {
    const dmID = records.findLast((record) => !claimed.has(record.dmID) && isSame(record, message))?.dmID;
    if (dmID !== undefined) claimed.add(dmID);
    await submissions.settle(submission.key, dmID === undefined ? { state: 'refused' } : { state: 'sent', dmID });
    results.push(dmID);
  }
  return results;
}

/**
 * Every message sent from that time on. No end of the interval: a message that was not stamped yet has no time (isds §4.1).
 * Rejects with Refused when ISDS cannot tell them all.
 */
export async function sentSince(identity: Identity, from: number): Promise<readonly Envelope[]> {
  try {
    const query = { from: new Date(from - CLOCK_TOLERANCE_MS), statusFilter: ANY_STATE, limit: RECORDS };
    const records = await identity.isds.listSent(query);
    if (records.length < RECORDS) return records;
  } catch (error) {
    throw error instanceof IsdsError ? refusalFor(error) : error;
  }
  throw new Refused('outcome-unknown');
}

/** Texts that the sender may choose; a mail sent once with and once without one of them is two messages. */
const CHOSEN_TEXTS = ['toHands', 'senderRefNumber', 'senderIdent', 'recipientRefNumber', 'recipientIdent'] as const;

/** A text that one of the two does not know tells nothing: taking a sent message for another one would send it twice. */
function isSame(record: Envelope, message: OutgoingMessage): boolean {
  const differs = (field: (typeof CHOSEN_TEXTS)[number]): boolean => {
    const [listed, meant] = [record[field]?.trim(), message[field]?.trim()];
    return Boolean(listed) && Boolean(meant) && listed !== meant;
  };
  return (
    record.recipientBox === message.recipientBox &&
    record.annotation?.trim() === message.annotation.trim() &&
    record.personalDelivery === (message.personalDelivery ?? false) &&
    !CHOSEN_TEXTS.some(differs) &&
    hasSize(record, message)
  );
}

/**
 * How ISDS reckons the size of a large message, and that the list of sent ones marks it, was never seen; taking another large
 * one for it is safer than sending twice.
 */
function hasSize({ vodz, attachmentSize }: Envelope, message: OutgoingMessage): boolean {
  if (isLarge(message)) return vodz || attachmentSize === undefined || attachmentSize * KIBI > ORDINARY_OCTETS;
  return !vodz && (attachmentSize === undefined || isSizeOf(attachmentSize, message.files));
}

function isSizeOf(attachmentSize: number, files: readonly OutgoingFile[]): boolean {
  const octets = files.reduce((sum, { name, size }) => sum + serialised(name, size), 0);
  const tolerance = KIBI + files.length * FILE_MARKUP_TOLERANCE;
  return Math.abs(attachmentSize * KIBI - octets) <= tolerance;
}

function serialised(name: string, size: number): number {
  return 4 * Math.ceil(size / 3) + Buffer.byteLength(name) + FILE_MARKUP;
}
