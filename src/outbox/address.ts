/**
 * The grammar of a recipient's address: `<box ID>@domain` or `ico-<8 digits>@domain`, with options behind it as in
 * `aydaadk+vr+kr=Jan_Novak@domain`, and whose address a mail may come from. Letters may be of any case, but a name keeps its own.
 */
import { isIco, parseBoxId } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import type { AskerIdentity } from './types.ts';

/** A recipient's address, taken apart. */
export interface RecipientAddress {
  readonly target: { readonly boxId: string } | { readonly ico: string };
  readonly options: AddressOptions;
}

export interface AddressOptions {
  /** `+kr=`, k rukám. */
  readonly toHands?: string;
  /** `+vr`, do vlastních rukou. */
  readonly personalDelivery?: true;
}

/** dmToHands (isds §6.1). */
export const MAX_TO_HANDS_LENGTH = 30;

/** As a refusal lists them. */
const KNOWN_OPTIONS = '+vr, +kr=Jan_Novak';

const ICO_PREFIX = 'ico-';

/** What stands for a blank, which a local part cannot carry without quotes; several make one, as in `Ing._Novak`. */
const BLANKS = /[_.\s]+/g;

/** SMTPUTF8 is not offered, so nothing but ASCII can arrive as it was meant (RFC 6531). */
const PRINTABLE = /^[\x20-\x7e]+$/;

/** Refuses what is no address of a data box here, without asking anybody. */
export function parseRecipientAddress(address: string, domain: string): RecipientAddress {
  const at = address.lastIndexOf('@');
  if (at === -1 || address.slice(at + 1).toLowerCase() !== domain) {
    throw new Refused('recipient-foreign', { address, domain });
  }
  const [target = '', ...options] = address.slice(0, at).split('+');
  return { target: parseTarget(target, address), options: parseOptions(options, address) };
}

function parseTarget(text: string, address: string): RecipientAddress['target'] {
  const lower = text.toLowerCase();
  if (lower.startsWith(ICO_PREFIX)) {
    const ico = lower.slice(ICO_PREFIX.length);
    if (!isIco(ico)) throw new Refused('recipient-ico-malformed', { address });
    return { ico };
  }
  const boxId = parseBoxId(lower);
  if (boxId === undefined) throw new Refused('recipient-malformed', { address });
  return { boxId };
}

function parseOptions(texts: readonly string[], address: string): AddressOptions {
  const options: { toHands?: string; personalDelivery?: true } = {};
  for (const text of texts) {
    const [name, value] = split(text);
    if (name === 'vr' && value === undefined && options.personalDelivery === undefined) {
      options.personalDelivery = true;
    } else if (name === 'kr' && value !== undefined && options.toHands === undefined) {
      options.toHands = parseName(value, address);
    } else throw new Refused('recipient-option-unknown', { address, option: `+${text}`, known: KNOWN_OPTIONS });
  }
  return options;
}

function split(text: string): [name: string, value: string | undefined] {
  const equals = text.indexOf('=');
  return equals === -1
    ? [text.toLowerCase(), undefined]
    : [text.slice(0, equals).toLowerCase(), text.slice(equals + 1)];
}

function parseName(text: string, address: string): string {
  const name = text.replace(BLANKS, ' ').trim();
  if (!PRINTABLE.test(name) || name.length > MAX_TO_HANDS_LENGTH) {
    throw new Refused('recipient-name-malformed', { address, limit: MAX_TO_HANDS_LENGTH });
  }
  return name;
}

/** The address must be the identity's box or login at the domain, with any +tag; the display name does not matter. */
export function checkSender(identity: AskerIdentity, address: string, domain: string): void {
  const at = address.lastIndexOf('@');
  const [local = ''] = address.slice(0, Math.max(at, 0)).toLowerCase().split('+', 1);
  const own = local === identity.box.boxId || local === identity.login.toLowerCase();
  if (!own || address.slice(at + 1).toLowerCase() !== domain) {
    throw new Refused('sender-foreign', { address, own: `${identity.login}@${domain}` });
  }
}
