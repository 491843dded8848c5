/** User names as mail programs send them: LOGIN, LOGIN@domain, BOXID@domain, each with +tag (mail-clients §3.7). */
import { composed, parseBoxId } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';

/** ISDS user names have 6 to 12 characters (isds §2.1); a colon would end the name in HTTP Basic, so nothing else is let through. */
const LOGIN = /^[A-Za-z0-9._-]{6,12}$/;

/** A tag names a device; the bound keeps the stored key small. */
const TAG = /^[A-Za-z0-9._-]{1,32}$/;

/** A login name as it was typed, taken apart. */
export interface LoginName {
  readonly login: string;
  /** Empty without a +tag. */
  readonly view: string;
  /** What looks like a box in an address is one. Whose login looks so leaves the domain out. */
  readonly boxId: string | undefined;
}

/** Refuses with `login-name-invalid` what cannot be a login of this domain, so that it never counts as a failure at ISDS. */
export function parseLoginName(name: string, domain: string): LoginName {
  const text = composed(name.trim());
  const at = text.lastIndexOf('@');
  const local = at === -1 ? text : text.slice(0, at);
  const foreign = at !== -1 && text.slice(at + 1).toLowerCase() !== domain;
  const plus = local.indexOf('+');
  const login = plus === -1 ? local : local.slice(0, plus);
  const view = plus === -1 ? '' : local.slice(plus + 1).toLowerCase();
  if (foreign || !LOGIN.test(login) || (plus !== -1 && !TAG.test(view))) {
    throw new Refused('login-name-invalid', { domain });
  }
  return { login, view, boxId: at === -1 ? undefined : parseBoxId(login) };
}
