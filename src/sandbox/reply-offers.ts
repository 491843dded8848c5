/** Initiatory messages offer their recipient a reply for which the sender pays: once, within ninety days (isds §4.2, §6.5). */
import { type Message, State } from './message.ts';
import { StatusRefusal } from './status.ts';

const OFFER_MS = 90 * 86_400_000;

/** dmType of an open offer, of a used one and of one that nobody used in time. */
const OPEN = 'I';
const USED = 'Y';
const EXPIRED = 'X';

/** When a prepaid reply can no longer be used, in milliseconds since the epoch (isds §6.5). */
export function offerEnds({ arrivedAt, submittedAt }: Message): number {
  return (arrivedAt ?? submittedAt) + OFFER_MS;
}

/** Changes the type of a message whose offer is over. */
export function expireOffer(message: Message, now: number): void {
  if (message.type === OPEN && now > offerEnds(message)) message.type = EXPIRED;
}

/** The received messages whose reply is still paid for. */
export function openOffers(received: readonly Message[]): Message[] {
  return received.filter(({ type }) => type === OPEN);
}

/** Uses up the offer with exactly that reference number among the messages from the recipient of the reply. */
export function useOffer(received: readonly Message[], from: string, refNumber: string | undefined): void {
  if (refNumber === undefined) throw new StatusRefusal('1236');
  const offer = openOffers(received).find(
    ({ sender, senderRefNumber }) => sender.boxId === from && senderRefNumber === refNumber,
  );
  if (offer === undefined) throw new StatusRefusal('1234');
  // A reply needs the delivery by login; fiction is not enough.
  if (offer.state < State.deliveredByLogin) throw new StatusRefusal('1251');
  offer.type = USED;
}
