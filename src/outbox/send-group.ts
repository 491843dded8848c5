/** Letters that go to ISDS by one call, from the note that they are about to be sent to the note of what became of them. */
import type { Identity } from '../accounts/index.ts';
import { Refused } from '../core/index.ts';
import { certainRefusal, create, type Created, prepare } from './create.ts';
import type { DispatchContext, Letter, Result } from './letter.ts';
import { listedOctets } from './listed-size.ts';

/** Rejects with Refused `outcome-unknown`, and leaves its note, when it is uncertain whether a letter was sent. */
export async function sendGroup(
  identity: Identity,
  group: readonly Letter[],
  session: string,
  context: DispatchContext,
): Promise<readonly Result[]> {
  const { submissions, uploads, endings, clock } = context;
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
      const note = { account: identity.account, digest, sessionId: session, at, octets: listedOctets(message) };
      keys.push(await submissions.begin(note));
    }
    const created = await createCertainly(identity, group, at, context);
    return await settleAll(identity, group, { keys, created }, session, context);
  } catch (error) {
    endings.note(keys);
    throw error;
  }
}

/** Those of which it is certain, before it rejects because of others. */
async function settleAll(
  identity: Identity,
  group: readonly Letter[],
  { keys, created }: { keys: readonly number[]; created: Created },
  session: string,
  context: DispatchContext,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let uncertain: Refused | undefined;
  for (const [index, letter] of group.entries()) {
    const outcome = created[index];
    if (outcome instanceof Refused && outcome.reason === 'outcome-unknown') uncertain = outcome;
    else results.push(await settle(identity, letter, { key: keys[index], outcome }, session, context));
  }
  if (uncertain !== undefined) throw uncertain;
  return results;
}

async function createCertainly(
  identity: Identity,
  group: readonly Letter[],
  begunAt: number,
  { uploads }: DispatchContext,
): Promise<Created> {
  try {
    return await create(identity, group, begunAt, uploads);
  } catch (error) {
    return group.map(certainRefusal(error));
  }
}

async function settle(
  { account }: Identity,
  { recipient, message }: Letter,
  { key, outcome }: { key: number | undefined; outcome: Created[number] | undefined },
  session: string,
  { submissions, log }: DispatchContext,
): Promise<Result> {
  if (key === undefined || outcome === undefined) throw new Error('a letter without an outcome');
  if (outcome instanceof Refused) {
    await submissions.settle(key, { state: 'refused' });
    return { recipient, refusal: outcome };
  }
  await submissions.settle(key, { state: 'sent', dmID: outcome });
  log.info({ session, account, dmID: outcome, files: message.files.length }, 'data message sent');
  return { recipient, dmID: outcome, repeated: false, prepaid: message.type === 'O', key };
}
