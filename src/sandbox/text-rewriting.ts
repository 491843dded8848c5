/** What ISDS does to every text it is given: some characters become spaces, some vanish, some are refused (isds §6.1). */
import { StatusRefusal } from './status.ts';

const TO_SPACE = /[\t\r\n\u2028\u2029\u202f\u00a0]/g;
const DROPPED = /[\u007f-\u009f\u200b\u00ad\u200c-\u200f\u202a-\u202e\u2061-\u206f]/g;
/** Other control characters, surrogates, U+FFFE, U+FFFF and code points that Unicode has not assigned. */
const REFUSED = /[\p{Cc}\p{Cs}\p{Cn}]/u;

export function rewriteText(text: string): string {
  const rewritten = text.replace(TO_SPACE, ' ').replace(DROPPED, '');
  if (REFUSED.test(rewritten)) throw new StatusRefusal('1225');
  return rewritten;
}
