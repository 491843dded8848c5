/** Response codes of POP3 for refusals, by their class (RFC 2449 §8, RFC 3206). */
import { catalogue } from './catalogue.ts';
import type { RefusalClass } from './catalogue-entry.ts';
import type { Refusal, RefusalReason } from './refusal.ts';

type Pop3Code = 'AUTH' | 'LOGIN-DELAY' | 'SYS/TEMP' | 'SYS/PERM';

const OF_CLASS: Readonly<Record<RefusalClass, Pop3Code>> = {
  credentials: 'AUTH',
  throttled: 'LOGIN-DELAY',
  temporary: 'SYS/TEMP',
  permanent: 'SYS/PERM',
};

/** What others have caused is no delay of this login (RFC 2449 §8.1.1). */
const CAUSED_BY_OTHERS: ReadonlySet<RefusalReason> = new Set([
  'network-paused',
  'logins-paused',
  'address-blocked',
  'recipients-paused',
]);

/** The response code of a refusal, without brackets. */
export function pop3ResponseCode({ reason }: Refusal): string {
  return CAUSED_BY_OTHERS.has(reason) ? OF_CLASS.temporary : OF_CLASS[catalogue[reason].class];
}
