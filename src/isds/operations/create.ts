/** The acts that must not happen twice: CreateMessage for one recipient, CreateMultipleMessage for several (isds §6.1, §6.2). */
import { child, childIdentifier, children } from '../soap/answer.ts';
import { IsdsError, statusFailure } from '../error.ts';
import { element } from '../soap/operation.ts';
import type { OutgoingMessage, OutgoingMultiple, SingleOutcome } from '../outgoing.ts';
import { readStatus } from '../soap/soap.ts';
import { isSuccess } from '../codes/status-codes.ts';
import type { OutgoingBody } from '../http/transport.ts';
import type { XmlElement } from '../xml/xml.ts';
import { join, MalformedXml, xml } from '../xml/xml-text.ts';
import { filesBody } from './files-body.ts';
import { outgoingEnvelope, recipientElements } from './outgoing-envelope.ts';

/** The request CreateMessage (isds §6.1). Throws MalformedXml for a text that XML cannot carry. */
export function createMessageBody(message: OutgoingMessage): OutgoingBody {
  const recipient = recipientElements(message.recipientBox, message.toHands);
  return filesBody('CreateMessage', outgoingEnvelope(message, [recipient]), message.files);
}

/** The request CreateMultipleMessage (isds §6.2). Throws MalformedXml for a text that XML cannot carry. */
export function createMultipleBody(message: OutgoingMultiple): OutgoingBody {
  const recipients = message.recipients.map(
    ({ boxId, toHands }) =>
      xml`<dmRecipient>${element('dbIDRecipient', boxId)}${element('dmToHands', toHands)}</dmRecipient>`,
  );
  const before = xml`<dmRecipients>${join(recipients)}</dmRecipients>${outgoingEnvelope(message, [])}`;
  return filesBody('CreateMultipleMessage', before, message.files);
}

/** The dmID of the new message. */
export function readCreated(answer: XmlElement): string {
  const dmID = childIdentifier(answer, 'dmID');
  if (dmID === undefined) throw new MalformedXml('created without dmID');
  return dmID;
}

/** One outcome for each recipient; whether an error leaves doubt is for the caller to say. */
export function readSingleOutcomes(answer: XmlElement, recipients: number): SingleOutcome[] {
  const list = child(answer, 'dmMultipleStatus');
  const singles = list === undefined ? [] : children(list, 'dmSingleStatus');
  if (singles.length !== recipients) throw new MalformedXml('outcomes do not add up');
  return singles.map(readSingleOutcome);
}

/** What cannot be read must not hide the dmIDs beside it. */
function readSingleOutcome(single: XmlElement): SingleOutcome {
  try {
    const { code, message } = readStatus(single);
    if (!isSuccess(code) && childIdentifier(single, 'dmID') !== undefined)
      throw new MalformedXml('refused, with a number');
    return isSuccess(code) ? { dmID: readCreated(single) } : { error: new IsdsError(statusFailure(code, message)) };
  } catch (cause) {
    if (!(cause instanceof MalformedXml)) throw cause;
    return { error: new IsdsError({ kind: 'not-xml', problem: cause.message }, { cause }) };
  }
}
