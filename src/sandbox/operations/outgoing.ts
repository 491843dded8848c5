/** What all operations that send have in common: who may send, to whom, with which envelope, and what becomes of it (isds §6.1). */
import { destructionNotice, isInfected } from '../antivirus.ts';
import { BoxState, type Box } from '../box.ts';
import { chargeMessage } from '../commercial.ts';
import { attributeOf, booleanField, boxIdField, child, integerField, shortTextField, textField } from '../fields.ts';
import { type Annotations, type Message, type MessageFile, State } from '../message.ts';
import { StatusRefusal } from '../status.ts';
import type { XmlElement } from '../xml-reader.ts';
import { type Call, requirePermission } from './operation.ts';

/** System boxes send, but nobody can write to them (isds §7.4). */
const SYSTEM_BOXES = ['aaaaaaa', 'zzzzzzq'];
const MAX_ANNOTATION_LENGTH = 255;
const MAX_REFERENCE_LENGTH = 50;
/** IdLevel is a sum of seven bits, from the name to the flag of the register (isds §6.1). */
const HIGHEST_ID_LEVEL = 127;
const ONLY_THE_NAME = 1;

/** The parts of gMessageEnvelopeSub in their order: all eighteen elements have to be there (isds §6.1). */
export const SENDER_UNIT = 'dmSenderOrgUnit dmSenderOrgUnitNum';
export const RECIPIENT = 'dbIDRecipient dmRecipientOrgUnit dmRecipientOrgUnitNum dmToHands';
export const ANNOTATIONS = `
  dmAnnotation dmRecipientRefNumber dmSenderRefNumber dmRecipientIdent dmSenderIdent dmLegalTitleLaw dmLegalTitleYear
  dmLegalTitleSect dmLegalTitlePar dmLegalTitlePoint dmPersonalDelivery dmAllowSubstDelivery`;
export const ABOUT_SENDER = 'dmOVM? dmPublishOwnID?';

/** Refuses logins without the permission to send, and boxes that are not accessible. */
export function requireSender(call: Call): void {
  requirePermission(call, 'send');
  if (call.box.state !== BoxState.accessible) throw new StatusRefusal('1201');
}

/** The box that dbIDRecipient names, if it can be written to. */
export function findRecipient({ world, box }: Call, parent: XmlElement): Box {
  // Read for its form only: nobody uses it (isds §6.1).
  integerField(parent, 'dmRecipientOrgUnitNum');
  const id = boxIdField(parent, 'dbIDRecipient');
  if (SYSTEM_BOXES.includes(id)) throw new StatusRefusal('1203');
  if (id === box.id) throw new StatusRefusal('1216');
  const recipient = world.boxes.get(id);
  if (recipient === undefined || recipient.state === BoxState.erased) throw new StatusRefusal('1202');
  if (recipient.state !== BoxState.accessible) throw new StatusRefusal('1204');
  return recipient;
}

/** The texts of an envelope; refuses what is too long. */
export function readAnnotations(envelope: XmlElement): Annotations {
  checkEnvelopeAttributes(envelope);
  integerField(envelope, 'dmSenderOrgUnitNum');
  booleanField(envelope, 'dmOVM');
  return {
    annotation: shortTextField(envelope, 'dmAnnotation', MAX_ANNOTATION_LENGTH),
    toHands: textField(envelope, 'dmToHands'),
    senderRefNumber: shortTextField(envelope, 'dmSenderRefNumber', MAX_REFERENCE_LENGTH),
    recipientRefNumber: shortTextField(envelope, 'dmRecipientRefNumber', MAX_REFERENCE_LENGTH),
    senderIdent: shortTextField(envelope, 'dmSenderIdent', MAX_REFERENCE_LENGTH),
    recipientIdent: shortTextField(envelope, 'dmRecipientIdent', MAX_REFERENCE_LENGTH),
    legalTitle: {
      law: integerField(envelope, 'dmLegalTitleLaw'),
      year: integerField(envelope, 'dmLegalTitleYear'),
      section: textField(envelope, 'dmLegalTitleSect'),
      paragraph: textField(envelope, 'dmLegalTitlePar'),
      point: textField(envelope, 'dmLegalTitlePoint'),
    },
    personalDelivery: booleanField(envelope, 'dmPersonalDelivery') ?? false,
    allowSubstDelivery: booleanField(envelope, 'dmAllowSubstDelivery') ?? true,
    publishedId: readPublishedId(envelope),
  };
}

/** Public, initiatory, reply, by contract, from credit (isds §6.1). */
const TYPES = ['V', 'I', 'O', 'K', 'E'];

/** An envelope has no other attribute, and that one no other value; no code of their own is known for it. */
function checkEnvelopeAttributes({ attributes }: XmlElement): void {
  for (const { prefix, name, value } of attributes) {
    if (prefix !== '') continue;
    if (name !== 'dmType' || (value !== '' && !TYPES.includes(value)))
      throw new StatusRefusal('2042', `Chybná hodnota ${name}.`);
  }
}

/** What the recipient may learn of the sending person; a list without the wish to publish contradicts itself. */
function readPublishedId(envelope: XmlElement): number | undefined {
  const publish = booleanField(envelope, 'dmPublishOwnID') ?? false;
  const element = child(envelope, 'dmPublishOwnID');
  const level = element === undefined ? undefined : attributeOf(element, 'IdLevel')?.trim();
  if (level === undefined) return publish ? ONLY_THE_NAME : undefined;
  if (!publish || !/^\d{1,3}$/.test(level) || Number(level) > HIGHEST_ID_LEVEL) throw new StatusRefusal('1179');
  return Number(level);
}

/** What is sent, after every check of it alone. */
export interface Outgoing {
  readonly annotations: Annotations;
  readonly files: readonly MessageFile[];
  /** dmType of the request. */
  readonly wished: string | undefined;
  /** A large message, whose files were looked at one by one. */
  readonly vodz?: true;
}

/** Takes the price and puts the message into the recipient's box, or where the antivirus program sends it. */
export function submit({ world, box, login }: Call, recipient: Box, outgoing: Outgoing): Message {
  const { annotations, files, wished, vodz = false } = outgoing;
  const { senderRefNumber, recipientRefNumber } = annotations;
  // Money last: a refused message costs nothing.
  const type = chargeMessage(world, box, recipient, { type: wished, vodz, senderRefNumber, recipientRefNumber });
  const infected = !vodz && files.some(({ content }) => isInfected(content));
  const state = infected ? State.infected : State.arrived;
  const message = world.deliver({
    ...annotations,
    author: { userType: login.userType, givenNames: login.givenNames, lastName: login.lastName },
    from: box.id,
    to: recipient.id,
    type,
    files,
    state,
    vodz,
  });
  if (infected) world.deliver(destructionNotice(message));
  return message;
}
