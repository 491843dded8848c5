/** Reads an envelope, which stands whole in a list record and in two places of a downloaded message (isds §4.1, §5.2). */
import { childBoolean, childDate, childIdentifier, childInteger, childText, isTrue } from '../soap/answer.ts';
import type { LegalTitle } from '../outgoing.ts';
import type { Envelope } from '../types.ts';
import type { XmlElement } from '../xml/xml.ts';
import { MalformedXml } from '../xml/xml-text.ts';

/** No such state exists: ISDS did not say. */
const UNKNOWN_STATE = 0;

/** `outer` carries the attributes, the state and the times, `inner` the group gMessageEnvelope; in lists both are one. */
export function readEnvelope(outer: XmlElement, inner: XmlElement): Envelope {
  const dmID = childIdentifier(inner, 'dmID');
  // Without the number a message can be neither fetched nor remembered, and leaving it out would make a list short.
  if (dmID === undefined) throw new MalformedXml('message without dmID');
  return {
    dmID,
    type: outer.attributes.get('dmType')?.trim() || undefined,
    vodz: isTrue(outer.attributes.get('dmVODZ')),
    suspicious: isTrue(outer.attributes.get('specMessFlag')),
    ...readParties(inner),
    annotation: childText(inner, 'dmAnnotation'),
    senderRefNumber: childText(inner, 'dmSenderRefNumber'),
    recipientRefNumber: childText(inner, 'dmRecipientRefNumber'),
    senderIdent: childText(inner, 'dmSenderIdent'),
    recipientIdent: childText(inner, 'dmRecipientIdent'),
    legalTitle: readLegalTitle(inner),
    personalDelivery: childBoolean(inner, 'dmPersonalDelivery') ?? false,
    allowSubstDelivery: childBoolean(inner, 'dmAllowSubstDelivery'),
    state: childInteger(outer, 'dmMessageStatus') ?? UNKNOWN_STATE,
    attachmentSize: childInteger(outer, 'dmAttachmentSize'),
    arrivedAt: childDate(outer, 'dmDeliveryTime'),
    deliveredAt: childDate(outer, 'dmAcceptanceTime'),
  };
}

function readParties(inner: XmlElement) {
  return {
    senderBox: childIdentifier(inner, 'dbIDSender'),
    sender: childText(inner, 'dmSender'),
    senderAddress: childText(inner, 'dmSenderAddress'),
    senderType: childInteger(inner, 'dmSenderType'),
    recipientBox: childIdentifier(inner, 'dbIDRecipient'),
    recipient: childText(inner, 'dmRecipient'),
    recipientAddress: childText(inner, 'dmRecipientAddress'),
    toHands: childText(inner, 'dmToHands'),
  };
}

function readLegalTitle(inner: XmlElement): LegalTitle {
  return {
    law: childText(inner, 'dmLegalTitleLaw'),
    year: childText(inner, 'dmLegalTitleYear'),
    section: childText(inner, 'dmLegalTitleSect'),
    paragraph: childText(inner, 'dmLegalTitlePar'),
    point: childText(inner, 'dmLegalTitlePoint'),
  };
}
