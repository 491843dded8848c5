/** Hands data messages to ISDS, each once: what is done is not done again, what is in doubt is settled first (design §1.3). */
import { isForGood, Refused } from '../core/index.ts';
import { isLarge } from './large.ts';
import type { DispatchContext, Letter, Result } from './letter.ts';
import { sendGroup } from './send-group.ts';
import { type Doubt, settleDoubts } from './settlement.ts';
import type { Dispatched, FailedMessage } from './types.ts';

/** An identical mail within this time of a success is a mail program's repetition; later it is meant (mail-clients §9.3). */
const REPETITION_MS = 15 * 60_000;

/** How long a mail program that did not hear of a success may come again for the first result. */
export const UNHEARD_MS = 24 * 60 * 60_000;

/** How far back a message of unknown fate is looked for: a mail that failed on Friday may wait in its program for a week. */
const DOUBT_MS = 7 * UNHEARD_MS;

/** Rejects with Refused when nothing was sent, or when it is uncertain whether one of the letters was. */
export async function dispatch(letters: readonly Letter[], context: DispatchContext): Promise<Dispatched> {
  const { known, fresh } = await recall(letters, context);
  const refused = fresh.flatMap(({ recipient, refusal }) => (refusal === undefined ? [] : { recipient, refusal }));
  const results: Result[] = [...known, ...refused];
  for (const group of grouped(fresh.filter(({ refusal }) => refusal === undefined))) {
    const stopped = results.find(isTemporary);
    // What stopped one before would stop these too, after the same wait.
    if (stopped !== undefined) results.push(...group.map(({ recipient }) => ({ ...stopped, recipient })));
    else results.push(...(await sendGroup(group, context)));
  }
  return summary(letters, results);
}

/** What the store and, for those in doubt, ISDS know of the letters. */
async function recall(
  letters: readonly Letter[],
  context: DispatchContext,
): Promise<{ known: Result[]; fresh: Letter[] }> {
  const { identity, sessionId: session, submissions, clock, log } = context;
  const { account } = identity;
  const known: Result[] = [];
  const fresh: Letter[] = [];
  const doubts: (Doubt & { letter: Letter })[] = [];
  for (const letter of letters) {
    const now = clock.now();
    const earlier = await submissions.find(account, letter.digest, now - DOUBT_MS);
    const { recipient } = letter;
    if (earlier?.state === 'begun') doubts.push({ letter, message: letter.message, submission: earlier });
    else if (earlier?.dmID !== undefined && earlier.begunAt > now - (earlier.confirmed ? REPETITION_MS : UNHEARD_MS)) {
      known.push({ recipient, dmID: earlier.dmID, repeated: true, key: earlier.key });
      log.info({ session, account, dmID: earlier.dmID }, 'repetition of a sent message');
    } else fresh.push(letter);
  }
  if (doubts.length === 0) return { known, fresh };
  const settled = await settleDoubts(doubts, context);
  for (const [index, { letter, submission }] of doubts.entries()) {
    const dmID = settled[index];
    log.info(
      { session, account, dmID },
      dmID === undefined ? 'doubtful message was not sent' : 'doubtful message was sent',
    );
    if (dmID === undefined) fresh.push(letter);
    else known.push({ recipient: letter.recipient, dmID, repeated: true, key: submission.key });
  }
  return { known, fresh };
}

/** Recipients of one CreateMultipleMessage (isds §6.2). */
const MOST_TOGETHER = 50;

/** Free messages whose envelopes differ in the box only go together; each commercial or large one goes alone (isds §6.2). */
function grouped(letters: readonly Letter[]): readonly (readonly Letter[])[] {
  const groups = new Map<string, Letter[][]>();
  for (const letter of letters) {
    const { recipientBox, toHands: _toHands, files: _files, ...common } = letter.message;
    const isAlone = letter.recipient.paid || common.type !== undefined || isLarge(letter.message);
    const key = isAlone ? recipientBox : JSON.stringify(common);
    const parts = groups.get(key) ?? [];
    const last = parts.at(-1);
    if (last === undefined || last.length === MOST_TOGETHER) parts.push([letter]);
    else last.push(letter);
    groups.set(key, parts);
  }
  return [...groups.values()].flat();
}

/** In the order of the letters, as the sender named the recipients. */
function summary(letters: readonly Letter[], results: readonly Result[]): Dispatched {
  const inOrder = letters.flatMap(({ recipient }) => results.find((result) => result.recipient === recipient) ?? []);
  const sent = inOrder.filter((result) => 'dmID' in result);
  const failures = inOrder.filter((result) => 'refusal' in result);
  const [first, ...others] = failures;
  if (sent.length === 0 && first !== undefined) throw together(first.refusal, others);
  return {
    messages: sent.map(({ key: _key, ...message }) => message),
    failures,
    submissions: sent.map(({ key }) => key),
  };
}

/** One refusal for all; what is the same for every recipient is said once. */
function together(first: Refused, others: readonly FailedMessage[]): Refused {
  const different = new Map(others.map(({ refusal }) => [JSON.stringify([refusal.reason, refusal.facts]), refusal]));
  different.delete(JSON.stringify([first.reason, first.facts]));
  const { reason, facts, isdsCode, cause } = first;
  return new Refused(reason, facts, {
    others: [...(first.others ?? []), ...different.values()],
    cause,
    ...(isdsCode === undefined ? {} : { isdsCode }),
  });
}

function isTemporary(result: Result): result is FailedMessage {
  return 'refusal' in result && !isForGood(result.refusal);
}
