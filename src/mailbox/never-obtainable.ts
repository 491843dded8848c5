/** Which of ISDS's refusals never change, so that something may stand under a message's own name. */
import type { IsdsError } from '../isds/index.ts';

/** Erased, destroyed, undeliverable, for the addressee in person only, or blocked by the administrator (isds §9). */
const LASTING: ReadonlySet<string | undefined> = new Set(['1178', '1210', '1219', '1230', '1244', '3022']);

export function isNeverObtainable({ code }: IsdsError): boolean {
  return LASTING.has(code);
}
