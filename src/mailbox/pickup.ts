/** The only place that picks messages up: GetListOfReceivedMessages delivers whatever is waiting (isds §3, design §1.1). */
import type { Identity } from '../accounts/index.ts';
import { type Clock, type Log, Refused } from '../core/index.ts';
import { ANY_STATE, type Envelope, IsdsError, RECORDS_PER_CALL, refusalFor, wholeList } from '../isds/index.ts';
import type { DeliveryLog } from '../store/index.ts';
import type { PickupReason } from './policy.ts';

export interface PickupContext {
  readonly deliveries: DeliveryLog;
  readonly clock: Clock;
  readonly log: Log;
}

export interface PickupRequest {
  readonly sessionId: string;
  readonly reason: PickupReason;
  /** Arrival to ask from; undefined asks for everything. */
  readonly since: number | undefined;
  /** Aborted when nobody waits for the list any more: what has not begun does not begin (isds §3). */
  readonly deserted: AbortSignal;
}

/** Clocks of ISDS and gateway may differ this much when a delivery is ascribed to a call. */
const CLOCK_TOLERANCE_MS = 60_000;

/**
 * Every message that ISDS lists from `since` on, each once. The list is complete or the call rejects with Refused: mail
 * programs forget or delete what a short list leaves out (mail-clients §1.10). It runs to its end although the client may
 * have left, since what it delivers it delivers at once.
 */
export async function pickUp(
  identity: Identity,
  request: PickupRequest,
  context: PickupContext,
): Promise<readonly Envelope[]> {
  const records = await wholeList((to) => list(identity, request, context, to));
  if (records === undefined) throw new Refused('list-incomplete');
  return records;
}

async function list(
  identity: Identity,
  { sessionId, reason, since, deserted }: PickupRequest,
  { deliveries, clock, log }: PickupContext,
  to: Date | undefined,
): Promise<readonly Envelope[]> {
  const { account } = identity;
  const at = clock.now();
  const key = await deliveries.begin({ at, account, sessionId, reason });
  try {
    const query = {
      statusFilter: ANY_STATE,
      limit: RECORDS_PER_CALL,
      ...(since === undefined ? {} : { from: new Date(since) }),
      ...(to === undefined ? {} : { to }),
    };
    // The later parts of a list belong to what has begun.
    const records = await identity.isds.listReceived(query, to === undefined ? { turn: deserted } : {});
    const delivered = records.filter((record) => deliveredSince(record, at)).map(({ dmID }) => dmID);
    await deliveries.finish(key, 'listed', delivered);
    log.info({ session: sessionId, account, reason, records: records.length, delivered }, 'messages picked up');
    return records;
  } catch (error) {
    await deliveries.finish(key, 'failed', []);
    throw error instanceof IsdsError ? refusalFor(error) : error;
  }
}

function deliveredSince({ deliveredAt }: Envelope, at: number): boolean {
  return deliveredAt !== undefined && deliveredAt.getTime() >= at - CLOCK_TOLERANCE_MS;
}
