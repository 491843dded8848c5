/** A mail as data message: subject to annotation, files in their order, the text as one more file, and its envelope (design §6, isds §6.1). */
import { checkFiles, type FileLimits } from '../attachments/index.ts';
import { isPermanent, type Refusal, Refused } from '../refusals/index.ts';
import { type Envelope, IsdsError, type OutgoingMessage, refusalFor } from '../isds/index.ts';
import { dmIDOf } from '../mail-writer/index.ts';
import type { Draft } from '../mail-parser/index.ts';
import type { TextFile } from './text-file.ts';
import { isPrepaidReply, type PaidMessages } from './payment.ts';
import type { Original, Recipient, SenderIdentity } from './types.ts';
import type { EnvelopeOptions, MessageType } from './envelope-options.ts';

export type ComposeLimits = FileLimits;

/** dmAnnotation holds 255 characters (XSD). */
const MAX_ANNOTATION_LENGTH = 255;

/** What is the same for all recipients of a mail. */
export type MessageContent = Pick<OutgoingMessage, 'annotation' | 'files'>;

/**
 * Refuses what ISDS would refuse, before anything is sent; everything that is wrong with the mail at once, together with what
 * is wrong with its envelope.
 */
export async function composeContent(
  draft: Draft,
  text: TextFile,
  limits: ComposeLimits,
  envelopeProblems: readonly Refusal[],
): Promise<MessageContent> {
  const contents = [...draft.files, ...text.files];
  const { problems, mimeTypes } = await checkFiles(contents, limits);
  const empty = contents.length === 0 ? [emptyOf(text)] : [];
  const [first, ...others] = [...checkSubject(draft), ...envelopeProblems, ...empty, ...problems];
  if (first !== undefined) throw new Refused(first.reason, first.facts, { others });
  return {
    annotation: draft.subject,
    files: contents.map(({ name, size, sha256, open }, index) => ({
      name,
      size,
      sha256,
      open,
      mimeType: mimeTypes[index] ?? '',
      metaType: index === 0 ? 'main' : 'enclosure',
    })),
  };
}

function emptyOf({ unsent }: TextFile): Refusal {
  return { reason: unsent.parts.includes('text') ? 'text-not-passed-on' : 'mail-empty', facts: {} };
}

/** Asking for the envelope delivers nothing (isds §3.1). */
export async function findOriginal(identity: SenderIdentity, draft: Draft, domain: string): Promise<Original> {
  const dmID = draft.answers.map((id) => dmIDOf(id, domain)).find((id) => id !== undefined);
  if (dmID === undefined) return undefined;
  try {
    return await identity.isds.downloadEnvelope(dmID, { waitsLong: true });
  } catch (error) {
    if (!(error instanceof IsdsError)) throw error;
    const refusal = refusalFor(error);
    // It costs the reply its reference numbers, not its way.
    if (isPermanent(refusal)) return 'unseen';
    throw refusal;
  }
}

function checkSubject({ subject }: Draft): Refusal[] {
  const length = Array.from(subject).length;
  if (length === 0) return [{ reason: 'annotation-missing', facts: {} }];
  if (length <= MAX_ANNOTATION_LENGTH) return [];
  return [{ reason: 'annotation-too-long', facts: { length, limit: MAX_ANNOTATION_LENGTH } }];
}

/** The envelope of one copy. */
export interface ComposedEnvelope {
  readonly fields: Omit<OutgoingMessage, 'annotation' | 'files'>;
  /** The message must not be sent as things are now; an earlier one with this envelope may have been. */
  readonly refusal?: Refused;
}

/** Headers hold for all recipients; one that says something else than the address of one is somebody's mistake. */
export function contradictions(options: EnvelopeOptions, recipient: Recipient): readonly Refusal[] {
  const { toHands, personalDelivery } = recipient;
  const problems: Refusal[] = [];
  if (toHands !== undefined && options.toHands !== undefined && options.toHands !== toHands) {
    problems.push(contradiction('X-ISDS-To-Hands', `+kr=${toHands.replaceAll(' ', '_')}`));
  }
  if (personalDelivery === true && options.personalDelivery === false) {
    problems.push(contradiction('X-ISDS-Personal-Delivery', '+vr'));
  }
  return problems;
}

/** A wish of the sender goes before what the reply brings with it, which is of the recipient's own message. */
export function composeEnvelope(
  options: EnvelopeOptions,
  recipient: Recipient,
  answered: Original,
  paidMessages: PaidMessages,
): ComposedEnvelope {
  const { type: _type, prepaidReply: _prepaidReply, publishOwnId, ...wished } = options;
  const { boxId, toHands, personalDelivery } = recipient;
  const type = typeFor(options, recipient, answered, paidMessages);
  const fields = {
    ...(answered === undefined || answered === 'unseen' ? {} : referencesBack(answered)),
    ...wished,
    recipientBox: boxId,
    ...(toHands === undefined ? {} : { toHands }),
    ...(personalDelivery === undefined ? {} : { personalDelivery }),
    ...(publishOwnId === undefined || publishOwnId === false ? {} : { publishOwnId }),
  };
  if (type instanceof Refused) return { fields, refusal: type };
  return { fields: type === undefined ? fields : { ...fields, type } };
}

/** Refused where the message would cost money that must not be spent, or of which the sender may not know. */
function typeFor(
  options: EnvelopeOptions,
  recipient: Recipient,
  answered: Original,
  paidMessages: PaidMessages,
): MessageType | undefined | Refused {
  const isPrepaid = isPrepaidReply(options, recipient, answered);
  if (isPrepaid instanceof Refused) return isPrepaid;
  if (isPrepaid) return 'O';
  const { boxId, unlessPrepaid } = recipient;
  if (unlessPrepaid !== undefined) return new Refused(unlessPrepaid, { box: boxId });
  // Even a box that takes free messages may take a paid one that is asked for (isds §8.2).
  if (options.type !== undefined && paidMessages === 'refuse') return new Refused('paid-message-off', { box: boxId });
  return options.type;
}

function contradiction(header: string, other: string): Refusal {
  return { reason: 'header-contradicts', facts: { header, other } };
}

/** Theirs become the recipient's, what they called ours becomes the sender's (isds §6.5). */
function referencesBack(original: Envelope): Partial<OutgoingMessage> {
  const pairs = {
    recipientRefNumber: original.senderRefNumber,
    recipientIdent: original.senderIdent,
    senderRefNumber: original.recipientRefNumber,
    senderIdent: original.recipientIdent,
  };
  return Object.fromEntries(Object.entries(pairs).filter(([, value]) => value !== undefined && value !== ''));
}
