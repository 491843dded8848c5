/** Whether a message to a box costs money, whose, and how much; and replies that the other side has paid for (isds §6.1, §6.5, §8.2, §8.4). */
import { type Clock, ExpiringCache } from '../core/index.ts';
import { isPermanent, Refused } from '../refusals/index.ts';
import { type CallOptions, type FoundBox, IsdsError, type PdzOffer, type Prices, refusalFor } from '../isds/index.ts';
import type { AskerIdentity, Original, Payment, Recipient } from './types.ts';
import type { EnvelopeOptions } from './envelope-options.ts';

/** Prices change with the price list, days ahead. */
const REMEMBER_PRICES_MS = 6 * 60 * 60_000;

/** What is only told must not cost the answer to RCPT, for which there are ten seconds. */
const PRICE_BUDGET_MS = 2_000;

/** Who pays when the sender does not choose, the first that can (isds §6.1). */
const ORDER = ['G', 'K', 'E'];

/** Whether messages may be sent that the sender pays for. */
export type PaidMessages = 'allow' | 'refuse';

export interface PaymentOptions {
  readonly clock: Clock;
  readonly paidMessages: PaidMessages;
}

export type PaymentCheck = (
  identity: AskerIdentity,
  boxId: string,
  found: FoundBox | undefined,
  options: CallOptions,
) => Promise<Payment>;

/** Refuses where nothing can be sent at all, not even a prepaid reply. */
export function createPaymentCheck({ clock, paidMessages }: PaymentOptions): PaymentCheck {
  /** They are the same for everybody. */
  const remembered = new ExpiringCache<Prices>(clock, REMEMBER_PRICES_MS, 1);

  async function pricesFor(identity: AskerIdentity, options: CallOptions): Promise<Prices> {
    const known = remembered.get('');
    if (known) return known;
    const prices = await identity.isds.prices(options);
    // A list without any of them is an odd one; the next may be whole.
    if (Object.values(prices).some((price) => price !== undefined)) remembered.set('', prices);
    return prices;
  }

  /** Only for information, so that a question that ISDS does not answer stops no message. */
  async function cost(identity: AskerIdentity, boxId: string, { signal }: CallOptions): Promise<Payment> {
    const options = { signal: AbortSignal.any([AbortSignal.timeout(PRICE_BUDGET_MS), ...(signal ? [signal] : [])]) };
    try {
      const usable = (await identity.isds.pdzOffers(options)).filter((offer) => isUsable(offer, boxId, clock));
      const [type] = ORDER.filter((candidate) => usable.some((offer) => offer.type === candidate));
      if (type === 'G') return { paid: true, price: 0 };
      const { byContract, fromCredit, largeByContract, largeFromCredit } = await pricesFor(identity, options);
      const [price, largePrice] = type === 'K' ? [byContract, largeByContract] : [fromCredit, largeFromCredit];
      if (type === undefined || price === undefined) return { paid: true };
      return { paid: true, price, ...(largePrice === undefined ? {} : { largePrice }) };
    } catch (error) {
      if (error instanceof IsdsError) return { paid: true };
      throw error;
    }
  }

  return async (identity, boxId, found, options) => {
    if (!mayBePaid(identity, found)) {
      if (found?.sendOptions === 'NONE') throw new Refused('recipient-closed', { box: boxId });
      return { paid: false };
    }
    const reason = await obstacle(identity, boxId, found, options);
    if (reason === undefined) return cost(identity, boxId, options);
    if (!(await hasPrepaidReply(identity, boxId, clock, options))) throw new Refused(reason, { box: boxId });
    return { paid: true, unlessPrepaid: reason };
  };

  async function obstacle(
    identity: AskerIdentity,
    boxId: string,
    found: FoundBox | undefined,
    options: CallOptions,
  ): Promise<Payment['unlessPrepaid']> {
    if (found?.sendOptions === 'NONE') return 'recipient-closed';
    if (await identity.isds.canSendPdz(boxId, options))
      return paidMessages === 'refuse' ? 'paid-message-off' : undefined;
    // What the search says does not look at the money (isds §8.2).
    return found?.sendOptions === undefined ? 'recipient-closed' : 'payment-missing';
  }
}

/** Whether that box has prepaid a reply of ours. Who may not ask has no such reply. Rejects with IsdsError. */
export async function hasPrepaidReply(
  { isds }: AskerIdentity,
  boxId: string,
  clock: Clock,
  options: CallOptions,
): Promise<boolean> {
  try {
    const offers = await isds.pdzOffers(options);
    return offers.some((offer) => offer.type === 'O' && isUsable(offer, boxId, clock));
  } catch (error) {
    if (error instanceof IsdsError && isPermanent(refusalFor(error))) return false;
    throw error;
  }
}

/**
 * Public and free when either side is an authority. Otherwise commercial, also where the search says ALL: without a wish ISDS
 * chooses by the types of the boxes. A box that the search hides is a person's (isds §6.1, §8.2).
 */
function mayBePaid({ box }: AskerIdentity, found: FoundBox | undefined): boolean {
  if (isAuthority(box.boxType) || isAuthority(found?.boxType)) return found?.sendOptions === 'PDZ';
  return found?.sendOptions !== 'DZ';
}

function isAuthority(boxType: string | undefined): boolean {
  return boxType?.startsWith('OVM') === true;
}

function isUsable({ recipientBox, expiresAt, count }: PdzOffer, boxId: string, clock: Clock): boolean {
  const isForBox = recipientBox === undefined || recipientBox === boxId;
  return isForBox && count !== 0 && (expiresAt === undefined || expiresAt.getTime() > clock.now());
}

/** dmType of a received message whose reply is prepaid: initiatory, and subsidised initiatory (isds §4.2). */
const OPEN = ['I', 'A'];

/** The same after the reply was used, or after ninety days. */
const GONE = ['Y', 'X', 'B', 'C'];

/** What a message to this recipient answers; 'unseen' where it may be one whose reply is prepaid. Rejects with Refused. */
export async function answeredTo(
  identity: AskerIdentity,
  recipient: Recipient,
  original: Original,
  clock: Clock,
): Promise<Original> {
  if (original !== 'unseen') return original?.senderBox === recipient.boxId ? original : undefined;
  if (!recipient.paid) return undefined;
  try {
    return (await hasPrepaidReply(identity, recipient.boxId, clock, { waitsLong: true })) ? 'unseen' : undefined;
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
