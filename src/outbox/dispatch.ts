/** Hands data messages to ISDS, each once: what is done is not done again, what is in doubt is settled first (design §1.3). */
import { isPermanent, Refused } from '../refusals/index.ts';
import { isLarge } from './large.ts';
import { type DispatchContext, type MessageCopy, type Result, sendGroup } from './submit.ts';
import { isOpen, isRepetition, isUnsettled } from './same-mail.ts';
import { mayReconcile } from './reconcile.ts';
import type { Dispatched, FailedMessage } from './types.ts';

/** Rejects with Refused when nothing was sent, or when it is uncertain whether one of the copies was. */
export async function dispatch(copies: readonly MessageCopy[], context: DispatchContext): Promise<Dispatched> {
  return summary(copies, await resultsOf(copies, context));
}

async function resultsOf(copies: readonly MessageCopy[], context: DispatchContext): Promise<readonly Result[]> {
  const { known, fresh } = await recall(copies, context);
  const refused = fresh.flatMap(({ recipient, refusal }) => (refusal === undefined ? [] : { recipient, refusal }));
  const results: Result[] = [...known, ...refused];
  for (const group of grouped(
    fresh.filter(({ refusal }) => refusal === undefined),
    mayReconcile(context.identity),
  )) {
    const stopped = results.find(isTemporary);
    // What stopped one before would stop these too, after the same wait.
    if (stopped !== undefined) results.push(...group.map(({ recipient }) => ({ ...stopped, recipient })));
    else {
      const sent = await sendGroup(group, context);
      // Another gateway on the same store was faster: what it has done since is known now.
      results.push(...(sent === 'overtaken' ? await resultsOf(group, context) : sent));
    }
  }
  return results;
}

/** What is known of the copies; those in doubt are settled first. Rejects with Refused when one of them stays in doubt. */
async function recall(
  copies: readonly MessageCopy[],
  context: DispatchContext,
): Promise<{ known: Result[]; fresh: MessageCopy[] }> {
  const { identity, sessionId: session, submissions, doubts, clock, log } = context;
  const { account, isds } = identity;
  const find = () => Promise.all(copies.map(({ digest }) => submissions.find(account, digest)));
  const found = await find();
  const open = found.filter((earlier) => earlier !== undefined).filter(isOpen);
  if (open.length > 0) await doubts.settleBefore(identity, open);
  const earlierOnes = open.length > 0 ? await find() : found;
  const known: Result[] = [];
  const fresh: MessageCopy[] = [];
  for (const [index, copy] of copies.entries()) {
    const { recipient } = copy;
    const earlier = earlierOnes[index];
    const now = { own: clock.now(), isds: isds.serverTime() };
    if (earlier !== undefined && isOpen(earlier)) throw new Refused('outcome-unknown');
    if (earlier?.state === 'begun' && isUnsettled(earlier, now)) {
      known.push({ recipient, refusal: new Refused('outcome-unsettled', { box: recipient.boxId }) });
    } else if (earlier?.dmID !== undefined && isRepetition(earlier, now)) {
      known.push({ recipient, dmID: earlier.dmID, repeated: true, key: earlier.key });
      log.info({ session, account, dmID: earlier.dmID }, 'repetition of a sent message');
    } else fresh.push({ ...copy, after: earlier?.key });
  }
  return { known, fresh };
}

/** Recipients of one CreateMultipleMessage (isds §6.2). */
const MAX_TOGETHER = 50;

/**
 * Free messages whose envelopes differ in the box only go together; each commercial or large one goes alone (isds §6.2), and
 * each of a login that could not look whose result is whose.
 */
function grouped(copies: readonly MessageCopy[], mayLook: boolean): readonly (readonly MessageCopy[])[] {
  const groups = new Map<string, MessageCopy[][]>();
  for (const copy of copies) {
    const { recipientBox, toHands: _toHands, files: _files, ...common } = copy.message;
    const isAlone = !mayLook || copy.recipient.paid || common.type !== undefined || isLarge(copy.message);
    const key = isAlone ? recipientBox : JSON.stringify(common);
    const parts = groups.get(key) ?? [];
    const last = parts.at(-1);
    if (last === undefined || last.length === MAX_TOGETHER) parts.push([copy]);
    else last.push(copy);
    groups.set(key, parts);
  }
  return [...groups.values()].flat();
}

/** In the order of the copies, as the sender named the recipients. */
function summary(copies: readonly MessageCopy[], results: readonly Result[]): Dispatched {
  const inOrder = copies.flatMap(({ recipient }) => results.find((result) => result.recipient === recipient) ?? []);
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
  return 'refusal' in result && !isPermanent(result.refusal);
}
