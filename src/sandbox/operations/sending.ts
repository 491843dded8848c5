/** CreateMessage: every rule in front of a new message, then its delivery into the recipient's box (isds §6.1). */
import { destructionNotice, isInfected } from '../antivirus.ts';
import { readFiles } from '../attachments.ts';
import { BoxState, type Box } from '../box.ts';
import { chargeMessage } from '../commercial.ts';
import { booleanField, boxIdField, child, integerField, shortTextField, textField } from '../fields.ts';
import { type Annotations, State } from '../message.ts';
import { sequence } from '../sequence.ts';
import { StatusRefusal } from '../status.ts';
import type { XmlElement } from '../xml-reader.ts';
import { type Call, type Operation, requirePermission } from './operation.ts';

/** System boxes send, but nobody can write to them (isds §7.4). */
const SYSTEM_BOXES = ['aaaaaaa', 'zzzzzzq'];
const LONGEST_ANNOTATION = 255;
const LONGEST_REFERENCE = 50;

/** gMessageEnvelopeSub: all eighteen elements have to be there (isds §6.1). */
const ENVELOPE = sequence(`
  dmSenderOrgUnit dmSenderOrgUnitNum dbIDRecipient dmRecipientOrgUnit dmRecipientOrgUnitNum dmToHands dmAnnotation
  dmRecipientRefNumber dmSenderRefNumber dmRecipientIdent dmSenderIdent dmLegalTitleLaw dmLegalTitleYear dmLegalTitleSect
  dmLegalTitlePar dmLegalTitlePoint dmPersonalDelivery dmAllowSubstDelivery dmOVM? dmPublishOwnID?`);

export const createMessage: Operation = {
  service: 'dz',
  // What is wrong inside of a file has codes of its own.
  input: sequence('dmEnvelope dmFiles', {
    dmEnvelope: ENVELOPE,
    dmFiles: sequence('dmFile*', { dmFile: 'unchecked' }),
  }),
  prefix: 'p',
  run: (call) => {
    requirePermission(call, 'send');
    if (call.box.state !== BoxState.accessible) throw new StatusRefusal('1201');
    const envelope = element(call.request, 'dmEnvelope');
    const recipient = findRecipient(call, envelope);
    const annotations = readAnnotations(envelope);
    const files = readFiles(element(call.request, 'dmFiles'));
    const wished = envelope.attributes.find(({ name }) => name === 'dmType')?.value;
    const { senderRefNumber, recipientRefNumber } = annotations;
    // Money last: a refused message costs nothing.
    const type = chargeMessage(call.world, call.box, recipient, { type: wished, senderRefNumber, recipientRefNumber });
    const infected = isInfected(files);
    const state = infected ? State.infected : State.arrived;
    const message = call.world.deliver({ ...annotations, from: call.box.id, to: recipient.id, type, files, state });
    if (infected) call.world.deliver(destructionNotice(message));
    return [call.writer.leaf('dmID', message.dmID)];
  },
};

function findRecipient({ world, box }: Call, envelope: XmlElement): Box {
  const id = boxIdField(envelope, 'dbIDRecipient');
  if (SYSTEM_BOXES.includes(id)) throw new StatusRefusal('1203');
  if (id === box.id) throw new StatusRefusal('1216');
  const recipient = world.boxes.get(id);
  if (recipient === undefined || recipient.state === BoxState.erased) throw new StatusRefusal('1202');
  if (recipient.state !== BoxState.accessible) throw new StatusRefusal('1204');
  return recipient;
}

function readAnnotations(envelope: XmlElement): Annotations {
  // Read for their form only: nobody uses them (isds §6.1).
  integerField(envelope, 'dmSenderOrgUnitNum');
  integerField(envelope, 'dmRecipientOrgUnitNum');
  booleanField(envelope, 'dmOVM');
  booleanField(envelope, 'dmPublishOwnID');
  return {
    annotation: shortTextField(envelope, 'dmAnnotation', LONGEST_ANNOTATION),
    toHands: textField(envelope, 'dmToHands'),
    senderRefNumber: shortTextField(envelope, 'dmSenderRefNumber', LONGEST_REFERENCE),
    recipientRefNumber: shortTextField(envelope, 'dmRecipientRefNumber', LONGEST_REFERENCE),
    senderIdent: shortTextField(envelope, 'dmSenderIdent', LONGEST_REFERENCE),
    recipientIdent: shortTextField(envelope, 'dmRecipientIdent', LONGEST_REFERENCE),
    legalTitle: {
      law: integerField(envelope, 'dmLegalTitleLaw'),
      year: integerField(envelope, 'dmLegalTitleYear'),
      section: textField(envelope, 'dmLegalTitleSect'),
      paragraph: textField(envelope, 'dmLegalTitlePar'),
      point: textField(envelope, 'dmLegalTitlePoint'),
    },
    personalDelivery: booleanField(envelope, 'dmPersonalDelivery') ?? false,
    allowSubstDelivery: booleanField(envelope, 'dmAllowSubstDelivery') ?? true,
  };
}

/** The sequence check has seen it. */
function element(parent: XmlElement, name: string): XmlElement {
  const found = child(parent, name);
  if (found === undefined) throw new StatusRefusal('2003');
  return found;
}
