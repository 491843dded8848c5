/** May this box be written to from that one? Everything that can be known before the mail is taken (isds §8.4). */
import { isPermanent, Refused } from '../refusals/index.ts';
import { isSystemBox, ExpiringCache } from '../core/index.ts';
import { type CallOptions, type FoundBox, IsdsError, refusalFor, Right } from '../isds/index.ts';
import { parseRecipientAddress, type RecipientAddress } from './address.ts';
import { createPaymentCheck, type PaymentCheck, type PaymentOptions } from './payment.ts';
import type { AskerIdentity, Payment, Recipient } from './types.ts';

/** A box is opened or closed in days, and its owner writes several mails in a row. */
const REMEMBER_RECIPIENT_MS = 5 * 60_000;

/** A mistyped address is tried again at once; an owner who has just paid in or asked for a right waits no longer than this. */
const REMEMBER_REFUSAL_MS = 60_000;

/** Recipients kept in mind at once; a bound for memory. */
const MAX_REMEMBERED_RECIPIENTS = 10_000;

/** Boxes that one refusal names; an organisation with more is written to by box ID. */
const MAX_CANDIDATES = 20;

/** The state of a box that receives messages (isds §8.1). */
const STATE_ACCESSIBLE = 1;
const STATE_ERASED = 5;

export interface RecipientOptions extends PaymentOptions {
  readonly domain: string;
}

export type RecipientCheck = (identity: AskerIdentity, address: string, signal: AbortSignal) => Promise<Recipient>;

/** Refuses with Refused; answers of ISDS are remembered for some minutes. */
export function createRecipientCheck(options: RecipientOptions): RecipientCheck {
  const { clock, domain } = options;
  const accepted = new ExpiringCache<Recipient>(clock, REMEMBER_RECIPIENT_MS, MAX_REMEMBERED_RECIPIENTS);
  const refused = new ExpiringCache<Refused>(clock, REMEMBER_REFUSAL_MS, MAX_REMEMBERED_RECIPIENTS);
  const checkPayment = createPaymentCheck(options);
  return async (identity, address, signal) => {
    const parsed = parseRecipientAddress(address, domain);
    refuseByItself(identity, parsed.target);
    const key = `${identity.account} ${JSON.stringify(parsed.target)}`;
    const earlier = refused.get(key);
    if (earlier) throw earlier;
    const known = accepted.get(key);
    if (known) return { ...known, ...parsed.options };
    try {
      const recipient = await ask(identity, parsed.target, checkPayment, { signal });
      accepted.set(key, recipient);
      return { ...recipient, ...parsed.options };
    } catch (error) {
      if (error instanceof Refused && isPermanent(error)) refused.set(key, error);
      throw error;
    }
  };
}

/** What needs no question to ISDS. */
function refuseByItself(identity: AskerIdentity, target: RecipientAddress['target']): void {
  if ('boxId' in target) refuseBox(identity, target.boxId);
  if ((identity.rights & Right.createMessage) === 0) throw new Refused('sending-not-permitted');
  if ('ico' in target && !maySearch(identity)) throw new Refused('not-permitted');
  if (identity.box.boxState !== undefined && identity.box.boxState !== STATE_ACCESSIBLE) {
    throw new Refused('own-box-inaccessible');
  }
}

function refuseBox(identity: AskerIdentity, boxId: string): void {
  if (isSystemBox(boxId)) throw new Refused('recipient-system-box', { box: boxId });
  if (boxId === identity.box.boxId) throw new Refused('recipient-own-box', { box: boxId });
}

async function ask(
  identity: AskerIdentity,
  target: RecipientAddress['target'],
  checkPayment: PaymentCheck,
  options: CallOptions,
): Promise<Recipient> {
  const box = 'boxId' in target ? target.boxId : target.ico;
  try {
    if (!maySearch(identity) && 'boxId' in target) return await unseen(identity, box, checkPayment, options);
    const found = 'ico' in target ? await findByIco(identity, target.ico, options) : undefined;
    const boxId = found?.boxId ?? box;
    const state = await identity.isds.checkBox(boxId, options);
    if (state === STATE_ERASED) throw new Refused('recipient-unknown', { box: boxId });
    if (state !== STATE_ACCESSIBLE) throw new Refused('recipient-inaccessible', { box: boxId });
    const known = found ?? (await identity.isds.findBox(boxId, options));
    if (known?.sendOptions === 'DISABLED') throw new Refused('recipient-inaccessible', { box: boxId });
    return { boxId, name: known?.name, ...(await checkPayment(identity, boxId, known, options)) };
  } catch (error) {
    throw error instanceof IsdsError ? refusalFor(error, { box, address: box }) : error;
  }
}

/** The one box of an organisation that takes messages. */
async function findByIco(identity: AskerIdentity, ico: string, options: CallOptions): Promise<FoundBox> {
  const found = await identity.isds.findBoxesByIco(ico, options);
  const others = found.filter(({ boxId }) => boxId !== identity.box.boxId);
  const active = others.filter(({ sendOptions }) => sendOptions !== 'DISABLED');
  const [only, ...more] = active;
  if (only !== undefined && more.length === 0) {
    refuseBox(identity, only.boxId);
    return only;
  }
  if (only !== undefined) throw new Refused('recipient-ico-ambiguous', { ico, candidates: candidatesText(active) });
  const [first] = [...others, ...found];
  if (first === undefined) throw new Refused('recipient-ico-unknown', { ico });
  refuseBox(identity, first.boxId);
  throw new Refused('recipient-inaccessible', { box: first.boxId });
}

function candidatesText(boxes: readonly FoundBox[]): string {
  const shown = boxes.slice(0, MAX_CANDIDATES).map(({ boxId, name }) => (name ? `${boxId} (${name})` : boxId));
  return [...shown, ...(boxes.length > shown.length ? ['…'] : [])].join(', ');
}

/** A login may send without the right to search; then neither state nor type of a box can be known (isds §2.7, §8). */
async function unseen(
  identity: AskerIdentity,
  boxId: string,
  checkPayment: PaymentCheck,
  options: CallOptions,
): Promise<Recipient> {
  const isCommercial = await identity.isds.canSendPdz(boxId, options);
  // Where no commercial message is possible either side is an authority, or ISDS refuses the message: nothing is paid.
  const payment: Payment = isCommercial ? await checkPayment(identity, boxId, undefined, options) : { paid: false };
  return { boxId, name: undefined, ...payment };
}

function maySearch({ rights }: AskerIdentity): boolean {
  return (rights & Right.searchBoxes) !== 0;
}
