/** The only place that picks messages up: GetListOfReceivedMessages delivers whatever is waiting (isds §3, design §1.1). */
import type { Identity } from '../accounts/index.ts';
import { type Clock, type Log, Refused } from '../core/index.ts';
import { type Envelope, IsdsError, refusalFor } from '../isds/index.ts';
import type { DeliveryLog } from '../store/index.ts';

export interface PickupContext {
  readonly deliveries: DeliveryLog;
  readonly clock: Clock;
  readonly log: Log;
}

/** ISDS's own default (isds §4.1); reading more at once would hold up everybody else on this gateway for seconds. */
const RECORDS_PER_CALL = 1_000;

/** Calls for one list: a bound against an ISDS that never comes to an end, far above the 90 days that messages live. */
const MOST_CALLS = 100;

/** All states, the data vault's included. */
const ANY_STATE = -1;

/** Why the list was asked for, as the delivery log tells it. */
const REASON = 'onPoll';

/**
 * Every message that ISDS lists, each once, oldest arrival first. The list is complete or the call rejects with Refused:
 * mail programs forget or delete what a short list leaves out (mail-clients §1.10).
 */
export async function pickUp(
  identity: Identity,
  sessionId: string,
  context: PickupContext,
  signal: AbortSignal,
): Promise<Envelope[]> {
  const found = new Map<string, Envelope>();
  let to: Date | undefined;
  for (let call = 0; call < MOST_CALLS; call++) {
    const records = await list(identity, sessionId, context, to, signal);
    const before = found.size;
    for (const record of records) found.set(record.dmID, record);
    if (records.length < RECORDS_PER_CALL) return [...found.values()].toSorted(byArrival);
    // The answer is cut: go on from its oldest record, which comes again (isds §4.1).
    to = records.at(-1)?.arrivedAt;
    if (to === undefined || found.size === before) break;
  }
  throw new Refused('isds-failure', { said: 'seznam zpráv nelze získat celý' });
}

async function list(
  identity: Identity,
  sessionId: string,
  { deliveries, clock, log }: PickupContext,
  to: Date | undefined,
  signal: AbortSignal,
): Promise<Envelope[]> {
  await deliveries.add({ at: clock.now(), account: identity.account, sessionId, reason: REASON });
  try {
    const query = { statusFilter: ANY_STATE, limit: RECORDS_PER_CALL, ...(to === undefined ? {} : { to }) };
    const records = await identity.isds.listReceived(query, { signal });
    log.info({ session: sessionId, account: identity.account, records: records.length }, 'list of messages picked up');
    return records;
  } catch (error) {
    throw error instanceof IsdsError ? refusalFor(error) : error;
  }
}

function byArrival(one: Envelope, other: Envelope): number {
  const difference = (one.arrivedAt?.getTime() ?? 0) - (other.arrivedAt?.getTime() ?? 0);
  return difference === 0 ? one.dmID.localeCompare(other.dmID) : difference;
}
