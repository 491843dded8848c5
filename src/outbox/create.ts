/** The ways in which ISDS takes copies: one ordinary message, one call for several boxes, one large message (isds §6). */
import { Refused } from '../refusals/index.ts';
import { IsdsError, refusalFor, type SingleOutcome } from '../isds/index.ts';
import type { MessageCopy } from './submit.ts';
import { createLarge, isLarge, type Uploads } from './large.ts';
import { sentSince } from './sent-list.ts';
import type { SenderIdentity } from './types.ts';

/** A dmID or a refusal for each copy of a group; `outcome-unknown` among several where ISDS left one open. */
export type Created = readonly (string | Refused)[];

/** What can be done before the message exists and does no harm when it is done again: the upload of large files. */
export async function prepare(
  identity: SenderIdentity,
  group: readonly MessageCopy[],
  uploads: Uploads,
): Promise<void> {
  for (const { message, content } of group) {
    if (isLarge(message)) await uploads.of(identity, content, message.files);
  }
}

/** Rejects with Refused `outcome-unknown` when it is uncertain whether a message was created. */
export async function create(
  identity: SenderIdentity,
  group: readonly MessageCopy[],
  isdsAt: number | undefined,
  uploads: Uploads,
): Promise<Created> {
  const [only, ...others] = group;
  if (only === undefined) return [];
  if (others.length > 0) return sendTogether(identity, group, isdsAt);
  return [
    isLarge(only.message)
      ? await createLarge(identity, only, uploads)
      : await identity.isds.createMessage(only.message),
  ];
}

/** How a failure for certain is told of each copy; one that leaves it open is thrown on. */
export function certainRefusal(error: unknown): (copy: MessageCopy) => Refused {
  if (error instanceof Refused && error.reason !== 'outcome-unknown') return () => error;
  if (!(error instanceof IsdsError)) throw error;
  if (error.outcome === 'unknown') throw refusalFor(error);
  return ({ recipient: { boxId } }) => refusalFor(error, { box: boxId, address: boxId });
}

/**
 * CreateMultipleMessage for copies that differ in their recipients only: a dmID or a refusal for each, in their order.
 * ISDS does not say to whom a result belongs, and that the results keep the order of the recipients is an assumption
 * (isds §6.2). So where some failed, the sent messages are looked at; if they contradict the order they decide.
 * Refused `outcome-unknown` for a box whose result ISDS left open; rejects with it when the results cannot be told apart.
 */
export async function sendTogether(
  identity: SenderIdentity,
  copies: readonly MessageCopy[],
  isdsAt: number | undefined,
): Promise<readonly (string | Refused)[]> {
  const [first] = copies;
  if (first === undefined) return [];
  const { recipientBox: _box, toHands: _toHands, ...common } = first.message;
  const recipients = copies.map(({ message: { recipientBox, toHands } }) => ({
    boxId: recipientBox,
    ...(toHands === undefined ? {} : { toHands }),
  }));
  const outcomes = await identity.isds.createMultipleMessage({ ...common, recipients });
  if (outcomes.length === copies.length && outcomes.every((outcome) => 'dmID' in outcome)) {
    return outcomes.map(({ dmID }) => dmID);
  }
  const boxes = await boxesOf(identity, outcomes, isdsAt);
  if (outcomes.length === copies.length && outcomes.every((outcome, index) => fits(outcome, copies[index], boxes))) {
    return outcomes.map((outcome, index) => resultOf(outcome, copies[index]));
  }
  return byRecipient(copies, outcomes, boxes);
}

/** Recipients of the messages that were just sent, by dmID, as far as ISDS lists them yet. */
async function boxesOf(
  identity: SenderIdentity,
  outcomes: readonly SingleOutcome[],
  isdsAt: number | undefined,
): Promise<ReadonlyMap<string, string>> {
  const ours = new Set(outcomes.flatMap((outcome) => ('dmID' in outcome ? outcome.dmID : [])));
  if (isdsAt === undefined) throw new Refused('outcome-unknown');
  const listed = await sentSince(identity, isdsAt).catch((cause: unknown) => {
    throw new Refused('outcome-unknown', {}, { cause });
  });
  return new Map(
    listed.flatMap(({ dmID, recipientBox }) =>
      ours.has(dmID) && recipientBox !== undefined ? [[dmID, recipientBox]] : [],
    ),
  );
}

function fits(outcome: SingleOutcome, copy: MessageCopy | undefined, boxes: ReadonlyMap<string, string>): boolean {
  return !('dmID' in outcome) || (boxes.get(outcome.dmID) ?? copy?.recipient.boxId) === copy?.recipient.boxId;
}

/** The order is wrong: whose message is listed has it, and whose is not has failed, once all are listed. */
function byRecipient(
  copies: readonly MessageCopy[],
  outcomes: readonly SingleOutcome[],
  boxes: ReadonlyMap<string, string>,
): readonly (string | Refused)[] {
  const sent = outcomes.filter((outcome) => 'dmID' in outcome);
  const failures = outcomes.filter((outcome) => 'error' in outcome);
  // Whose failure is whose nobody knows, so one that leaves its outcome open does so for all who failed.
  const failure = failures.find(({ error }) => error.outcome === 'unknown') ?? failures[0];
  if (failure === undefined || sent.some(({ dmID }) => !boxes.has(dmID))) throw new Refused('outcome-unknown');
  const dmIDs = new Map([...boxes].map(([dmID, box]) => [box, dmID]));
  return copies.map((copy) => dmIDs.get(copy.recipient.boxId) ?? resultOf(failure, copy));
}

function resultOf(outcome: SingleOutcome, copy: MessageCopy | undefined): string | Refused {
  if ('dmID' in outcome) return outcome.dmID;
  const box = copy?.recipient.boxId ?? '';
  return refusalFor(outcome.error, { box, address: box });
}
