/** A log-in is answered before programs give up; what ISDS was asked goes on, and its answer serves the next try. */
import { LATE, type SharedWork } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import type { Acceptance } from './acceptance.ts';

/** What was `known` before is believed as during an outage; a login of which nothing is known is refused for now. */
export async function inTime(
  question: SharedWork<Acceptance>,
  known: Acceptance | undefined,
  { timeBudgetMs, left }: { readonly timeBudgetMs: number; readonly left: AbortSignal },
): Promise<Acceptance> {
  const acceptance = await question.within(timeBudgetMs, left);
  if (acceptance !== LATE) return acceptance;
  // Nobody is logged in who has left.
  if (known !== undefined && !left.aborted) return known;
  throw new Refused('isds-unreachable');
}
