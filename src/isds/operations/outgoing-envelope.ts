/** Writes the envelope of a message to send: every element in the order of the schema, nil when unused (isds §6.1). */
import { element, elements } from '../soap/operation.ts';
import type { OutgoingEnvelope } from '../outgoing.ts';
import { join, type Markup, xml } from '../xml/xml-text.ts';

/** `recipient` are the elements that name one recipient; several have a list of their own. */
export function outgoingEnvelope(envelope: OutgoingEnvelope, recipient: readonly Markup[]): Markup {
  const content = join([
    elements(['dmSenderOrgUnit', undefined], ['dmSenderOrgUnitNum', undefined]),
    ...recipient,
    elements(
      ['dmAnnotation', envelope.annotation],
      ['dmRecipientRefNumber', envelope.recipientRefNumber],
      ['dmSenderRefNumber', envelope.senderRefNumber],
      ['dmRecipientIdent', envelope.recipientIdent],
      ['dmSenderIdent', envelope.senderIdent],
      ['dmLegalTitleLaw', envelope.legalTitle?.law],
      ['dmLegalTitleYear', envelope.legalTitle?.year],
      ['dmLegalTitleSect', envelope.legalTitle?.section],
      ['dmLegalTitlePar', envelope.legalTitle?.paragraph],
      ['dmLegalTitlePoint', envelope.legalTitle?.point],
      ['dmPersonalDelivery', envelope.personalDelivery],
      ['dmAllowSubstDelivery', envelope.allowSubstDelivery],
    ),
    ...publication(envelope.publishOwnId),
  ]);
  // Without dmType ISDS chooses; V between two private boxes would be refused (isds §6.1).
  if (envelope.type === undefined) return xml`<dmEnvelope>${content}</dmEnvelope>`;
  return xml`<dmEnvelope dmType="${envelope.type}">${content}</dmEnvelope>`;
}

/** Who a message goes to, in the schema's order; undefined is nil. */
export function recipientElements(boxId: string, toHands: string | undefined): Markup {
  return elements(
    ['dbIDRecipient', boxId],
    ['dmRecipientOrgUnit', undefined],
    ['dmRecipientOrgUnitNum', undefined],
    ['dmToHands', toHands],
  );
}

function publication(publishOwnId: OutgoingEnvelope['publishOwnId']): readonly Markup[] {
  if (publishOwnId === undefined) return [];
  return [
    publishOwnId === true
      ? element('dmPublishOwnID', true)
      : xml`<dmPublishOwnID IdLevel="${String(publishOwnId)}">true</dmPublishOwnID>`,
  ];
}
