/** May this box be written to from that one? Everything that can be known before the mail is taken (isds §8.4). */
import type { Identity } from '../accounts/index.ts';
import { type Clock, isSystemBox, Memory, parseBoxId, Refused } from '../core/index.ts';
import { type FoundBox, IsdsError, refusalFor, Right } from '../isds/index.ts';
import type { Recipient } from './types.ts';

/** A box is opened or closed in days, and its owner writes several mails in a row. */
const REMEMBER_RECIPIENT_MS = 5 * 60_000;

/** Recipients kept in mind at once; a bound for memory. */
const REMEMBERED_RECIPIENTS = 10_000;

/** The state of a box that receives messages (isds §8.1). */
const STATE_ACCESSIBLE = 1;
const STATE_ERASED = 5;

export type RecipientCheck = (identity: Identity, address: string, signal: AbortSignal) => Promise<Recipient>;

/** Refuses with Refused; a positive answer is remembered for some minutes. */
export function createRecipientCheck(domain: string, clock: Clock): RecipientCheck {
  const remembered = new Memory<Recipient>(clock, REMEMBER_RECIPIENT_MS, REMEMBERED_RECIPIENTS);
  return async (identity, address, signal) => {
    const boxId = boxOf(address, domain);
    refuseByItself(identity, boxId);
    const key = `${identity.account} ${boxId}`;
    const known = remembered.get(key);
    if (known) return known;
    const recipient = await ask(identity, boxId, signal);
    remembered.set(key, recipient);
    return recipient;
  };
}

function boxOf(address: string, domain: string): string {
  const at = address.lastIndexOf('@');
  if (at === -1 || address.slice(at + 1).toLowerCase() !== domain) {
    throw new Refused('recipient-foreign', { address, domain });
  }
  const boxId = parseBoxId(address.slice(0, at));
  if (boxId === undefined) throw new Refused('recipient-malformed', { address });
  return boxId;
}

/** What needs no question to ISDS. */
function refuseByItself(identity: Identity, boxId: string): void {
  if (isSystemBox(boxId)) throw new Refused('recipient-system-box', { box: boxId });
  if (boxId === identity.box.boxId) throw new Refused('recipient-own-box', { box: boxId });
  if ((identity.rights & Right.createMessage) === 0) throw new Refused('sending-not-permitted');
  if (identity.box.boxState !== undefined && identity.box.boxState !== STATE_ACCESSIBLE) {
    throw new Refused('own-box-inaccessible');
  }
}

async function ask(identity: Identity, boxId: string, signal: AbortSignal): Promise<Recipient> {
  const { isds } = identity;
  try {
    const state = await isds.checkBox(boxId, { signal });
    if (state === STATE_ERASED) throw new Refused('recipient-unknown', { box: boxId });
    if (state !== STATE_ACCESSIBLE) throw new Refused('recipient-inaccessible', { box: boxId });
    const found = await findIfAllowed(identity, boxId, signal);
    const paid = wouldBePaid(identity, found);
    if (found?.sendOptions === 'DISABLED') throw new Refused('recipient-inaccessible', { box: boxId });
    if (found?.sendOptions === 'NONE' || (paid && !(await isds.canSendPdz(boxId, { signal })))) {
      throw new Refused('recipient-closed', { box: boxId });
    }
    return { boxId, name: found?.name, paid };
  } catch (error) {
    throw error instanceof IsdsError ? refusalFor(error, { box: boxId, address: boxId }) : error;
  }
}

/** The search tells name and price, but a login may send without the right to search. */
async function findIfAllowed(identity: Identity, boxId: string, signal: AbortSignal): Promise<FoundBox | undefined> {
  if ((identity.rights & Right.searchBoxes) === 0) return undefined;
  return identity.isds.findBox(boxId, { signal });
}

/** Free when either side is a public authority; a box that the search hides from us takes paid messages at most (isds §6.1, §8.2). */
function wouldBePaid(identity: Identity, found: FoundBox | undefined): boolean {
  if (identity.box.boxType.startsWith('OVM')) return false;
  if (found?.sendOptions !== undefined) return found.sendOptions === 'PDZ';
  return found?.boxType?.startsWith('OVM') !== true;
}
