/** One call of ISDS for copies that go together, from the note that they are about to be sent to the note of what became of them. */
import { type Clock, type Log, momentOf } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import type { OutgoingMessage } from '../isds/index.ts';
import type { SubmissionStart, Submissions } from '../store/index.ts';
import type { FailedMessage, Recipient, SenderIdentity, SentMessage } from './types.ts';
import type { UncertainSubmissions } from './uncertain-submissions.ts';
import type { Attempts } from './attempts.ts';
import type { Uploads } from './large.ts';
import { certainRefusal, create, type Created, prepare } from './create.ts';
import { markOf } from './mark.ts';

/** Who sends, and what sending needs. */
export interface DispatchContext {
  readonly identity: SenderIdentity;
  readonly sessionId: string;
  /** Message-ID of the mail. */
  readonly messageId: string | undefined;
  readonly submissions: Submissions;
  readonly uploads: Uploads;
  readonly attempts: Attempts;
  readonly doubts: UncertainSubmissions;
  readonly clock: Clock;
  readonly log: Log;
}

/** One data message to be sent. */
export interface MessageCopy {
  readonly recipient: Recipient;
  readonly message: OutgoingMessage;
  /** Of the mail. */
  readonly content: string;
  /** Of this message of the mail. */
  readonly digest: string;
  /** Why it is not to be sent, unless it was before. */
  readonly refusal?: Refused;
  /** Key of the last submission of the same copy; undefined when there was none. */
  readonly after?: number | undefined;
}

/** A result that stands in the store, or a failure that ISDS reported for certain. */
export type Result = (SentMessage & { readonly key: number }) | FailedMessage;

/**
 * 'overtaken', and nothing was done, when somebody else has begun to send one of the copies since it was recalled. Rejects with
 * Refused `outcome-unknown`, and leaves its note, when it is uncertain whether a copy was sent.
 */
export async function sendGroup(
  group: readonly MessageCopy[],
  context: DispatchContext,
): Promise<readonly Result[] | 'overtaken'> {
  const { identity, submissions, uploads, attempts } = context;
  let isdsAt: number | undefined;
  try {
    await prepare(identity, group, uploads);
    isdsAt = await isdsTime(identity);
  } catch (error) {
    const refusalOf = certainRefusal(error);
    return group.map((copy) => ({ recipient: copy.recipient, refusal: refusalOf(copy) }));
  }
  const keys = await submissions.claim(group.map((copy) => startOf(copy, isdsAt, context)));
  if (keys === 'overtaken') return keys;
  return attempts.during(keys, async () => {
    const created = await createCertainly(group, isdsAt, context);
    return settle(group.map(sending(keys, created)), context);
  });
}

/** Before the message leaves: what is older was not sent by it. A login that was believed without a question has to ask one. */
async function isdsTime({ isds }: SenderIdentity): Promise<number | undefined> {
  if (isds.serverTime() === undefined) await isds.getOwnerInfo();
  return isds.serverTime();
}

/** The note by which the message is known among those that were sent, should its answer be lost. */
function startOf(
  { digest, content, message, after }: MessageCopy,
  isdsAt: number | undefined,
  { identity, sessionId, messageId, attempts, clock }: DispatchContext,
): SubmissionStart {
  const { account, box } = identity;
  const mail = { mail: content, messageId, digest, after, ...markOf(message) };
  return {
    account,
    box: box.boxId,
    sessionId,
    at: clock.now(),
    isdsAt,
    owner: attempts.owner,
    seen: momentOf(clock),
    ...mail,
  };
}

async function createCertainly(
  group: readonly MessageCopy[],
  isdsAt: number | undefined,
  { identity, uploads }: DispatchContext,
): Promise<Created> {
  try {
    return await create(identity, group, isdsAt, uploads);
  } catch (error) {
    return group.map(certainRefusal(error));
  }
}

/** A copy with the key of its note, and what became of it. */
interface Sending {
  readonly copy: MessageCopy;
  readonly key: number;
  readonly outcome: Created[number];
}

function sending(keys: readonly number[], created: Created): (copy: MessageCopy, index: number) => Sending {
  return (copy, index) => {
    const [key, outcome] = [keys[index], created[index]];
    if (key === undefined || outcome === undefined) throw new Error('a copy without an outcome');
    return { copy, key, outcome };
  };
}

/** Notes what is certain, before it rejects because of what is not. */
async function settle(sendings: readonly Sending[], context: DispatchContext): Promise<readonly Result[]> {
  const results: Result[] = [];
  let uncertain: Refused | undefined;
  for (const one of sendings) {
    const { outcome } = one;
    if (outcome instanceof Refused && outcome.reason === 'outcome-unknown') uncertain = outcome;
    else results.push(await settleOne(one, context));
  }
  if (uncertain !== undefined) throw uncertain;
  return results;
}

async function settleOne(
  { copy: { recipient, message }, key, outcome }: Sending,
  { identity: { account }, sessionId, submissions, log }: DispatchContext,
): Promise<Result> {
  if (outcome instanceof Refused) {
    await submissions.settle(key, { state: 'refused' });
    return { recipient, refusal: outcome };
  }
  await submissions.settle(key, { state: 'sent', dmID: outcome });
  log.info({ session: sessionId, account, dmID: outcome, files: message.files.length }, 'data message sent');
  return { recipient, dmID: outcome, repeated: false, prepaid: message.type === 'O', key };
}
