/** One call for several boxes, and whose result is whose. */
import type { Identity } from '../accounts/index.ts';
import { Refused } from '../refusals/index.ts';
import { refusalFor, type SingleOutcome } from '../isds/index.ts';
import type { Letter } from './letter.ts';
import { sentSince } from './sent-list.ts';

/**
 * CreateMultipleMessage for letters that differ in their recipients only: a dmID or a refusal for each, in their order.
 * ISDS does not say to whom a result belongs, and that the results keep the order of the recipients is an assumption
 * (isds §6.2). So where some failed, the sent messages are looked at; if they contradict the order they decide.
 * Refused `outcome-unknown` for a box whose result ISDS left open; rejects with it when the results cannot be told apart.
 */
export async function sendTogether(
  identity: Identity,
  letters: readonly Letter[],
  isdsAt: number | undefined,
): Promise<readonly (string | Refused)[]> {
  const [first] = letters;
  if (first === undefined) return [];
  const { recipientBox: _box, toHands: _toHands, ...common } = first.message;
  const recipients = letters.map(({ message: { recipientBox, toHands } }) => ({
    boxId: recipientBox,
    ...(toHands === undefined ? {} : { toHands }),
  }));
  const outcomes = await identity.isds.createMultipleMessage({ ...common, recipients });
  if (outcomes.length === letters.length && outcomes.every((outcome) => 'dmID' in outcome)) {
    return outcomes.map(({ dmID }) => dmID);
  }
  const boxes = await boxesOf(identity, outcomes, isdsAt);
  if (outcomes.length === letters.length && outcomes.every((outcome, index) => fits(outcome, letters[index], boxes))) {
    return outcomes.map((outcome, index) => resultOf(outcome, letters[index]));
  }
  return byRecipient(letters, outcomes, boxes);
}

/** Recipients of the messages that were just sent, by dmID, as far as ISDS lists them yet. */
async function boxesOf(
  identity: Identity,
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

function fits(outcome: SingleOutcome, letter: Letter | undefined, boxes: ReadonlyMap<string, string>): boolean {
  return !('dmID' in outcome) || (boxes.get(outcome.dmID) ?? letter?.recipient.boxId) === letter?.recipient.boxId;
}

/** The order is wrong: whose message is listed has it, and whose is not has failed, once all are listed. */
function byRecipient(
  letters: readonly Letter[],
  outcomes: readonly SingleOutcome[],
  boxes: ReadonlyMap<string, string>,
): readonly (string | Refused)[] {
  const sent = outcomes.filter((outcome) => 'dmID' in outcome);
  const failures = outcomes.filter((outcome) => 'error' in outcome);
  // Whose failure is whose nobody knows, so one that leaves its outcome open does so for all who failed.
  const failure = failures.find(({ error }) => error.outcome === 'unknown') ?? failures[0];
  if (failure === undefined || sent.some(({ dmID }) => !boxes.has(dmID))) throw new Refused('outcome-unknown');
  const dmIDs = new Map([...boxes].map(([dmID, box]) => [box, dmID]));
  return letters.map((letter) => dmIDs.get(letter.recipient.boxId) ?? resultOf(failure, letter));
}

function resultOf(outcome: SingleOutcome, letter: Letter | undefined): string | Refused {
  if ('dmID' in outcome) return outcome.dmID;
  const box = letter?.recipient.boxId ?? '';
  return refusalFor(outcome.error, { box, address: box });
}
