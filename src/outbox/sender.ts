/** Whose mail it may say it is: the box and the login that are logged in, and nobody else's. */
import type { Identity } from '../accounts/index.ts';
import { Refused } from '../refusals/index.ts';

/** The address must be the identity's box or login at the domain, with any +tag; the display name does not matter. */
export function checkSender(identity: Identity, address: string, domain: string): void {
  const at = address.lastIndexOf('@');
  const [local = ''] = address.slice(0, Math.max(at, 0)).toLowerCase().split('+', 1);
  const own = local === identity.box.boxId || local === identity.login.toLowerCase();
  if (!own || address.slice(at + 1).toLowerCase() !== domain) {
    throw new Refused('sender-foreign', { address, own: `${identity.login}@${domain}` });
  }
}
