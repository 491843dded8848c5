/** Who may write to whom, and what pays for it: public messages and commercial ones (PDZ; isds §6.1). */
import { type Box, BoxState, isAuthority } from './box.ts';
import { useOffer } from './reply-offers.ts';
import { StatusRefusal } from './status.ts';
import type { World } from './world.ts';

/** Haléře for one commercial message, by contract and from credit alike; a large one costs more (isds §8.4). */
export const PDZ_PRICE = 1_000;
export const VODZ_PRICE = 3_000;

/** Between an authority and anybody a message is public and free. */
export function isPublic(sender: Box, recipient: Box): boolean {
  return isAuthority(sender) || isAuthority(recipient);
}

/** Whether a contract or the credit covers a commercial message. */
export function canPay(sender: Box, vodz: boolean): boolean {
  return sender.pdzContract || sender.pdzCredit >= priceOf(vodz);
}

/** dbSendOptions of a search result, seen from the asking box (isds §8.2). */
export function sendOptions(asking: Box, found: Box): string {
  if (found.state !== BoxState.accessible) return 'DISABLED';
  // Nobody writes to the own box (isds §6.1).
  if (asking.id === found.id) return 'NONE';
  if (isPublic(asking, found)) return 'DZ';
  return found.acceptsPdz ? 'PDZ' : 'NONE';
}

interface Wish {
  /** dmType of the request. */
  readonly type: string | undefined;
  readonly vodz: boolean;
  readonly senderRefNumber: string | undefined;
  readonly recipientRefNumber: string | undefined;
}

/** dmType of a new message, after every rule; what it costs is taken from the sender's credit. */
export function chargeMessage(world: World, sender: Box, recipient: Box, wish: Wish): string | undefined {
  if (isPublic(sender, recipient)) return undefined;
  if (wish.type === 'V') throw new StatusRefusal('1233');
  if (wish.type === 'O') {
    useOffer(world.messagesOf(sender.id, 'recipient'), recipient.id, wish.recipientRefNumber);
    return 'O';
  }
  if (!recipient.acceptsPdz) throw new StatusRefusal('1232');
  if (wish.type === 'I') return initiate(sender, wish.senderRefNumber);
  if (!canPay(sender, wish.vodz)) throw new StatusRefusal('1205');
  // A contract goes before credit unless the sender chose; an inapplicable choice is ignored.
  const byCredit = !sender.pdzContract || (wish.type === 'E' && sender.pdzCredit >= priceOf(wish.vodz));
  if (byCredit) sender.pdzCredit -= priceOf(wish.vodz);
  return byCredit ? 'E' : 'K';
}

function priceOf(vodz: boolean): number {
  return vodz ? VODZ_PRICE : PDZ_PRICE;
}

/** An initiatory message prepays its answer, which only a contract can do (isds §6.5). */
function initiate(sender: Box, senderRefNumber: string | undefined): string {
  if (!sender.pdzContract) throw new StatusRefusal('1242');
  if (senderRefNumber === undefined) throw new StatusRefusal('1235');
  return 'I';
}
