/** What a 401 means: wrong password, blocked account and blocked address differ only in the text of the page (isds §2.6). */
import type { IsdsFailure } from '../error.ts';
import { nextTimeOfDay } from '../prague-time.ts';

const GATE = /Authentication required/i;
const WRONG_CREDENTIALS = /supplied the wrong credentials/i;
const BLOCKED = /Login blocked until:?\s*(\d\d:\d\d:\d\d)?/i;

export function readDenial(page: string, now: number): IsdsFailure {
  const blocked = BLOCKED.exec(page);
  if (blocked !== null) return { kind: 'account-blocked', until: nextTimeOfDay(blocked[1] ?? '', now) };
  // Only the gate's own page without either text speaks of our address. An unknown page (an expired password, an account
  // with a second factor) must not stop the logins of everybody else.
  return GATE.test(page) && !WRONG_CREDENTIALS.test(page) ? { kind: 'address-blocked' } : { kind: 'wrong-credentials' };
}
