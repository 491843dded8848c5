/** Replies that the sender of an initiatory message has paid for (isds §6.5); never a paid message in their place. */
import { Refused } from '../core/index.ts';
import type { Envelope } from '../isds/index.ts';
import type { Recipient } from './types.ts';
import type { Wishes } from './wishes.ts';

/** dmType of a received message whose reply is prepaid: initiatory, and subsidised initiatory (isds §4.2). */
const OPEN = ['I', 'A'];

/** The same after the reply was used, or after ninety days. */
const GONE = ['Y', 'X', 'B', 'C'];

/**
 * Whether the message goes as a prepaid reply. `answered` is the recipient's message that it answers. A refusal when it cannot
 * go so although the sender wished it, or may believe it: ISDS would refuse it, or take money.
 */
export function isPrepaidReply(
  wishes: Wishes,
  recipient: Recipient,
  answered: Envelope | undefined,
): boolean | Refused {
  const isDemanded = wishes.type === 'O' || wishes.prepaidReply === true;
  const isDeclined = wishes.prepaidReply === false || (wishes.type !== undefined && wishes.type !== 'O');
  if (isDeclined || (!isDemanded && !recipient.paid)) return false;
  const originalType = answered?.type ?? '';
  if (GONE.includes(originalType)) return new Refused('prepaid-reply-gone');
  const named = wishes.recipientRefNumber;
  if (OPEN.includes(originalType)) {
    // ISDS knows the offer by this number, another one would be refused with 1234.
    const isOther = named !== undefined && named !== answered?.senderRefNumber;
    return isOther ? new Refused('prepaid-reply-ref-number') : true;
  }
  return isDemanded && named === undefined ? new Refused('prepaid-reply-impossible') : isDemanded;
}
