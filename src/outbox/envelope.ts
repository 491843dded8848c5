/** The envelope of one message: what the headers and the address wish for, and what a reply brings with it (isds §6.1, §6.5). */
import { type Refusal, Refused } from '../refusals/index.ts';
import type { Envelope, OutgoingMessage } from '../isds/index.ts';
import type { Original } from './compose.ts';
import type { PaidMessages } from './payment.ts';
import { isPrepaidReply } from './prepaid.ts';
import type { Recipient } from './types.ts';
import type { MessageType, EnvelopeOptions } from './envelope-options.ts';

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
