/** Envelope elements in the order of the schema (isds §4.1). */
import { formatTime } from './czech-time.ts';
import type { Message } from './message.ts';
import type { XmlWriter } from './xml-writer.ts';

/** gMessageEnvelope. In lists the unused numbers of organisation units are 0, in messages nil (isds §11). */
export function writeEnvelope(writer: XmlWriter, message: Message, unusedNumber?: number): string {
  const { sender, recipient, legalTitle = {} } = message;
  return writer.leaves({
    dmID: message.dmID,
    dbIDSender: sender.boxId,
    dmSender: sender.name,
    dmSenderAddress: sender.address === '' ? undefined : sender.address,
    dmSenderType: sender.type,
    dmRecipient: recipient.name,
    dmRecipientAddress: recipient.address,
    dmAmbiguousRecipient: false,
    dmSenderOrgUnit: undefined,
    dmSenderOrgUnitNum: unusedNumber,
    dbIDRecipient: recipient.boxId,
    dmRecipientOrgUnit: undefined,
    dmRecipientOrgUnitNum: unusedNumber,
    dmToHands: message.toHands,
    dmAnnotation: message.annotation,
    dmRecipientRefNumber: message.recipientRefNumber,
    dmSenderRefNumber: message.senderRefNumber,
    dmRecipientIdent: message.recipientIdent,
    dmSenderIdent: message.senderIdent,
    dmLegalTitleLaw: legalTitle.law,
    dmLegalTitleYear: legalTitle.year,
    dmLegalTitleSect: legalTitle.section,
    dmLegalTitlePar: legalTitle.paragraph,
    dmLegalTitlePoint: legalTitle.point,
    dmPersonalDelivery: message.personalDelivery ?? false,
    dmAllowSubstDelivery: message.allowSubstDelivery ?? true,
  });
}

/** Attributes that list records and downloads share (isds §4.1, §5.2). */
export function envelopeAttributes(message: Message) {
  return { dmType: message.type, specMessFlag: message.suspicious ? 1 : undefined };
}

/** Arrival and legal delivery; the element names mislead (isds §0.2). */
export function writeTimes(writer: XmlWriter, { arrivedAt, deliveredAt }: Message): string {
  return writer.leaves({ dmDeliveryTime: optionalTime(arrivedAt), dmAcceptanceTime: optionalTime(deliveredAt) });
}

function optionalTime(at: number | undefined): string | undefined {
  return at === undefined ? undefined : formatTime(at);
}
