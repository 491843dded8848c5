/** Replies that the sender of an initiatory message has paid for (isds §6.5); never a paid message in their place. */
import type { Identity } from '../accounts/index.ts';
import { type Clock } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import { IsdsError, refusalFor } from '../isds/index.ts';
import type { Original } from './compose.ts';
import { hasPrepaidReply } from './payment.ts';
import type { Recipient } from './types.ts';
import type { EnvelopeOptions } from './envelope-options.ts';

/** dmType of a received message whose reply is prepaid: initiatory, and subsidised initiatory (isds §4.2). */
const OPEN = ['I', 'A'];

/** The same after the reply was used, or after ninety days. */
const GONE = ['Y', 'X', 'B', 'C'];

/** What a message to this recipient answers; 'unseen' where it may be one whose reply is prepaid. Rejects with Refused. */
export async function answeredTo(
  identity: Identity,
  recipient: Recipient,
  original: Original,
  clock: Clock,
): Promise<Original> {
  if (original !== 'unseen') return original?.senderBox === recipient.boxId ? original : undefined;
  if (!recipient.paid) return undefined;
  try {
    return (await hasPrepaidReply(identity, recipient.boxId, clock, { patient: true })) ? 'unseen' : undefined;
  } catch (error) {
    throw error instanceof IsdsError ? refusalFor(error) : error;
  }
}

/**
 * Whether the message goes as a prepaid reply. `answered` is the recipient's message that it answers. A refusal when it cannot
 * go so although the sender wished it, or may believe it: ISDS would refuse it, or take money.
 */
export function isPrepaidReply(options: EnvelopeOptions, recipient: Recipient, answered: Original): boolean | Refused {
  const isDemanded = options.type === 'O' || options.prepaidReply === true;
  const isDeclined = options.prepaidReply === false || (options.type !== undefined && options.type !== 'O');
  if (isDeclined || (!isDemanded && !recipient.paid)) return false;
  if (answered === 'unseen' && !isDemanded) return new Refused('prepaid-reply-impossible');
  const seen = answered === 'unseen' ? undefined : answered;
  const originalType = seen?.type ?? '';
  if (GONE.includes(originalType)) return new Refused('prepaid-reply-gone');
  const named = options.recipientRefNumber;
  if (OPEN.includes(originalType)) {
    // ISDS knows the offer by this number, another one would be refused with 1234.
    const isOther = named !== undefined && named !== seen?.senderRefNumber;
    return isOther ? new Refused('prepaid-reply-ref-number') : true;
  }
  return isDemanded && named === undefined ? new Refused('prepaid-reply-impossible') : isDemanded;
}
