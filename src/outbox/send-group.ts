/** Letters that go to ISDS by one call, from the note that they are about to be sent to the note of what became of them. */
import { Refused } from '../core/index.ts';
import { certainRefusal, create, type Created, prepare } from './create.ts';
import type { DispatchContext, Letter, Result } from './letter.ts';
import { listedOctets } from './listed-size.ts';

/** Rejects with Refused `outcome-unknown`, and leaves its note, when it is uncertain whether a letter was sent. */
export async function sendGroup(group: readonly Letter[], context: DispatchContext): Promise<readonly Result[]> {
  const { identity, sessionId, submissions, uploads, endings, clock } = context;
  try {
    await prepare(identity, group, uploads);
  } catch (error) {
    const refusalOf = certainRefusal(error);
    return group.map((letter) => ({ recipient: letter.recipient, refusal: refusalOf(letter) }));
  }
  const at = clock.now();
  const keys: number[] = [];
  try {
    for (const { digest, message } of group) {
      const note = { account: identity.account, digest, sessionId, at, octets: listedOctets(message) };
      keys.push(await submissions.begin(note));
    }
    const created = await createCertainly(group, at, context);
    return await settle(group.map(sending(keys, created)), context);
  } catch (error) {
    endings.note(keys);
    throw error;
  }
}

async function createCertainly(
  group: readonly Letter[],
  begunAt: number,
  { identity, uploads }: DispatchContext,
): Promise<Created> {
  try {
    return await create(identity, group, begunAt, uploads);
  } catch (error) {
    return group.map(certainRefusal(error));
  }
}

/** A letter with the key of its note, and what became of it. */
interface Sending {
  readonly letter: Letter;
  readonly key: number;
  readonly outcome: Created[number];
}

function sending(keys: readonly number[], created: Created): (letter: Letter, index: number) => Sending {
  return (letter, index) => {
    const [key, outcome] = [keys[index], created[index]];
    if (key === undefined || outcome === undefined) throw new Error('a letter without an outcome');
    return { letter, key, outcome };
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
  { letter: { recipient, message }, key, outcome }: Sending,
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
