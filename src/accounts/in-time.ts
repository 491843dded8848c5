/** A log-in is answered before programs give up; what ISDS was asked goes on, and its answer serves the next try. */
import { LATE, Refused, within } from '../core/index.ts';
import type { Acceptance } from './acceptance.ts';

/** What was `known` before is believed as during an outage; a login of which nothing is known is refused for now. */
export async function inTime(
  question: Promise<Acceptance>,
  known: Acceptance | undefined,
  patienceMs: number,
): Promise<Acceptance> {
  const acceptance = await within(question, patienceMs);
  if (acceptance !== LATE) return acceptance;
  if (known !== undefined) return known;
  throw new Refused('isds-unreachable');
}
