/** CreateMultipleMessage: the same public message to several boxes, each copy with a number and a fate of its own (isds §6.2). */
import { readFiles } from '../message-files.ts';
import type { Box } from '../box.ts';
import { isPublic } from '../commercial.ts';
import { attributeOf, requiredChild, textField } from '../fields.ts';
import { sequence } from '../sequence.ts';
import { DONE, type Status, StatusRefusal } from '../status.ts';
import { writeStatus } from '../soap.ts';
import type { XmlElement } from '../xml-reader.ts';
import type { XmlWriter } from '../xml-writer.ts';
import type { Call, Operation } from './operation.ts';
import {
  ABOUT_SENDER,
  ANNOTATIONS,
  findRecipient,
  type Outgoing,
  readAnnotations,
  requireSender,
  SENDER_UNIT,
  submit,
} from './outgoing.ts';

const MAX_RECIPIENTS = 50;
const SOME_FAILED = '0004';

export const createMultipleMessage: Operation = {
  service: 'dz',
  input: sequence('dmRecipients dmEnvelope dmFiles', {
    dmRecipients: sequence('dmRecipient+', {
      dmRecipient: sequence('dbIDRecipient dmRecipientOrgUnit? dmRecipientOrgUnitNum? dmToHands'),
    }),
    dmEnvelope: sequence(`${SENDER_UNIT} ${ANNOTATIONS} ${ABOUT_SENDER}`),
    dmFiles: 'unchecked',
  }),
  prefix: 'p',
  run: (call) => {
    requireSender(call);
    const wanted = requiredChild(call.request, 'dmRecipients').children;
    if (wanted.length > MAX_RECIPIENTS) throw new StatusRefusal('1217');
    const envelope = requiredChild(call.request, 'dmEnvelope');
    const annotations = readAnnotations(envelope);
    const files = readFiles(requiredChild(call.request, 'dmFiles'), '1283');
    const outgoing = { annotations, files, wished: attributeOf(envelope, 'dmType') };
    const found = wanted.map((recipient) => ({ recipient, box: attempt(() => findRecipient(call, recipient)) }));
    requirePublic(
      call.box,
      found.map(({ box }) => box),
    );
    const results = found.map(({ recipient, box }) => send(call, recipient, box, outgoing));
    const code = results.every(({ dmID }) => dmID !== undefined) ? DONE.code : SOME_FAILED;
    return { body: writeResults(call.writer, results), code };
  },
};

interface Result {
  readonly dmID?: string;
  readonly status: Status;
}

/** Paid messages go to one box only, and not together with public ones. */
function requirePublic(sender: Box, boxes: readonly (Box | StatusRefusal)[]): void {
  const paid = boxes.some((box) => !(box instanceof StatusRefusal) && !isPublic(sender, box));
  if (paid && boxes.length > 1) throw new StatusRefusal('1217');
}

function send(call: Call, recipient: XmlElement, box: Box | StatusRefusal, outgoing: Outgoing): Result {
  const sent = attempt(() => {
    if (box instanceof StatusRefusal) throw box;
    const annotations = { ...outgoing.annotations, toHands: textField(recipient, 'dmToHands') };
    return submit(call, box, { ...outgoing, annotations });
  });
  return sent instanceof StatusRefusal
    ? { status: { code: sent.code, text: sent.message } }
    : { dmID: sent.dmID, status: DONE };
}

/** What is wrong with one recipient does not keep the others from their message. */
function attempt<T>(act: () => T): T | StatusRefusal {
  try {
    return act();
  } catch (error) {
    if (error instanceof StatusRefusal) return error;
    throw error;
  }
}

function* writeResults(writer: XmlWriter, results: readonly Result[]): Generator<string> {
  yield writer.open('dmMultipleStatus');
  for (const { dmID, status } of results) {
    const number = dmID === undefined ? '' : writer.leaf('dmID', dmID);
    yield writer.open('dmSingleStatus') + number + writeStatus(writer, 'dm', status) + writer.close('dmSingleStatus');
  }
  yield writer.close('dmMultipleStatus');
}
