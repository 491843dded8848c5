/** For whom a mail program may act: only for the account that logs in, in any of its spellings (RFC 4616 §2). */
import { Refused } from '../refusals/index.ts';
import { type LoginName, parseLoginName } from './login-name.ts';
import type { Identity } from './types.ts';

/** Refuses with `login-for-another` what certainly names two accounts, before anybody's password is tried. */
export function refuseAnother(onBehalfOf: string, name: string, domain: string): void {
  if (onBehalfOf === '' || onBehalfOf === name) return;
  const [other, own] = [parsed(onBehalfOf, domain), parsed(name, domain)];
  // Whose box it is shows after the log-in.
  const sameIsPossible = other?.boxId !== undefined || own?.boxId !== undefined || sameLogin(other, own?.login);
  if (!sameIsPossible) throw new Refused('login-for-another');
}

/** The same when it is known who has logged in. */
export function refuseForeign(
  onBehalfOf: string,
  { login, box }: Pick<Identity, 'login' | 'box'>,
  domain: string,
): void {
  if (onBehalfOf === '') return;
  const other = parsed(onBehalfOf, domain);
  const isOwnBox = other?.boxId !== undefined && other.boxId === box.boxId;
  if (!isOwnBox && !sameLogin(other, login)) throw new Refused('login-for-another');
}

function sameLogin(name: LoginName | undefined, login: string | undefined): boolean {
  return name !== undefined && name.login.toLowerCase() === login?.toLowerCase();
}

function parsed(name: string, domain: string): LoginName | undefined {
  try {
    return parseLoginName(name, domain);
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}
