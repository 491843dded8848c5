/** Content that cannot be handed over for good is explained in the mail instead of refused. */
import { catalogue, type Refused } from '../core/index.ts';

/** A message that is listed is never refused to the reader: -ERR to RETR blocks everything behind it (mail-clients §1.11). */
export function isForGood(refusal: Refused): boolean {
  return catalogue[refusal.reason].pop3 === 'SYS/PERM';
}
