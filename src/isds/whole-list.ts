/** A whole list of messages from as many answers as it takes. */
import type { Envelope } from './types.ts';

/** ISDS's own default (isds §4.1); reading more at once would hold up everybody else on this gateway for seconds. */
export const RECORDS_PER_CALL = 1_000;

/** All states, the data vault's included. */
export const ANY_STATE = -1;

/** Calls for one list: a bound against an ISDS that never comes to an end, far above the 90 days that messages live. */
const MAX_CALLS = 100;

/** Arrivals may be finer than the milliseconds in which they are asked for: what shares one with the last record comes again. */
const FINEST_STEP_MS = 1;

/**
 * Every record once. `ask` gives up to RECORDS_PER_CALL of those that arrived until then, the newest first, or of all.
 * Undefined when the list cannot be had to its end.
 */
export async function wholeList(
  ask: (to: Date | undefined) => Promise<readonly Envelope[]>,
): Promise<readonly Envelope[] | undefined> {
  const found = new Map<string, Envelope>();
  let to: Date | undefined;
  for (let call = 0; call < MAX_CALLS; call++) {
    const records = await ask(to);
    const before = found.size;
    for (const record of records) found.set(record.dmID, record);
    if (records.length < RECORDS_PER_CALL) return [...found.values()];
    // The answer is cut: go on from its oldest record, which comes again (isds §4.1).
    const oldest = records.at(-1)?.arrivedAt;
    if (oldest === undefined || found.size === before) return undefined;
    to = new Date(oldest.getTime() + FINEST_STEP_MS);
  }
  return undefined;
}
