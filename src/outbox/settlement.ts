/** Was it sent? Messages whose answer was lost are looked for among the sent ones, which delivers nothing (isds §3.1, §6.6). */
import type { Identity } from '../accounts/index.ts';
import { Refused } from '../core/index.ts';
import {
  ANY_STATE,
  type Envelope,
  IsdsError,
  type OutgoingMessage,
  RECORDS_PER_CALL,
  refusalFor,
  wholeList,
} from '../isds/index.ts';
import type { Submission } from '../store/index.ts';
import type { DispatchContext } from './letter.ts';
import { hasSize } from './listed-size.ts';

/** A message may take this long to appear in the list of sent ones; looking earlier would send it twice (isds §6.6). */
const APPEARS_WITHIN_MS = 60_000;

/**
 * The gateway's clock may be this far ahead: a sent message that the list leaves out would be sent twice. Czech summer time taken
 * for UTC, the usual mistake, is two hours.
 */
const CLOCK_TOLERANCE_MS = 3 * 60 * 60_000;

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
  doubts: readonly Doubt[],
  { identity, submissions, endings, clock }: DispatchContext,
): Promise<readonly (string | undefined)[]> {
  const ended = Math.max(...doubts.map(({ submission }) => endings.of(submission)));
  if (clock.now() - ended < APPEARS_WITHIN_MS) throw new Refused('outcome-unknown');
  const records = await sentSince(identity, Math.min(...doubts.map(({ submission }) => submission.begunAt)));
  const claimed = new Set(await submissions.claimed(records.map(({ dmID }) => dmID)));
  const results: (string | undefined)[] = [];
  for (const { message, submission } of doubts) {
    const candidates = records
      .filter(({ dmID }) => !claimed.has(dmID))
      .filter((record) => isSame(record, message, submission));
    const dmID = nearest(candidates, submission.begunAt)?.dmID;
    if (dmID !== undefined) claimed.add(dmID);
    await submissions.settle(submission.key, dmID === undefined ? { state: 'refused' } : { state: 'sent', dmID });
    results.push(dmID);
  }
  return results;
}

/** Of messages that look alike, the one that arrived when it was sent; one that has no time yet was sent just now. */
function nearest(records: readonly Envelope[], begunAt: number): Envelope | undefined {
  const distance = ({ arrivedAt }: Envelope): number => Math.abs((arrivedAt?.getTime() ?? begunAt) - begunAt);
  const [first] = records.toSorted((one, other) => distance(one) - distance(other));
  return first;
}

/**
 * Every message sent from that time on. No end of the interval: a message that was not stamped yet has no time (isds §4.1).
 * Rejects with Refused when ISDS cannot tell them all.
 */
export async function sentSince(identity: Identity, from: number): Promise<readonly Envelope[]> {
  try {
    const query = { from: new Date(from - CLOCK_TOLERANCE_MS), statusFilter: ANY_STATE, limit: RECORDS_PER_CALL };
    const records = await wholeList((to) => identity.isds.listSent(to === undefined ? query : { ...query, to }));
    if (records !== undefined) return records;
  } catch (error) {
    throw error instanceof IsdsError ? refusalFor(error) : error;
  }
  throw new Refused('outcome-unknown');
}

/** Texts that the sender may choose; a mail sent once with and once without one of them is two messages. */
const CHOSEN_TEXTS = ['toHands', 'senderRefNumber', 'senderIdent', 'recipientRefNumber', 'recipientIdent'] as const;

/** A text that one of the two does not know tells nothing: taking a sent message for another one would send it twice. */
function isSame(record: Envelope, message: OutgoingMessage, { octets }: Submission): boolean {
  const differs = (field: (typeof CHOSEN_TEXTS)[number]): boolean => {
    const [listed, meant] = [record[field]?.trim(), message[field]?.trim()];
    return Boolean(listed) && Boolean(meant) && listed !== meant;
  };
  return (
    record.recipientBox === message.recipientBox &&
    record.annotation?.trim() === message.annotation.trim() &&
    record.personalDelivery === (message.personalDelivery ?? false) &&
    !CHOSEN_TEXTS.some(differs) &&
    hasSize(record, message, octets)
  );
}
