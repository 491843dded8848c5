/** The only place that picks messages up: GetListOfReceivedMessages delivers whatever is waiting (isds §3, design §1.1). */
import { type Clock, elapsed, type Log } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import {
  ANY_STATE,
  type Envelope,
  IsdsError,
  isRefusedRequest,
  RECORDS_PER_CALL,
  refusalFor,
  wholeList,
} from '../isds/index.ts';
import type { DeliveryLog, DeliveryOutcome } from '../store/index.ts';
import { newsOf } from './attribution.ts';
import type { PickupReason } from './policy.ts';
import type { ReaderIdentity } from './types.ts';

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

/**
 * Every message that ISDS lists from `since` on, each once. The list is complete or the call rejects with Refused: mail
 * programs forget or delete what a short list leaves out (mail-clients §1.10). A call that was sent runs to its end although
 * the client may have left, since what it delivers it delivers at once.
 */
export async function pickUp(
  identity: ReaderIdentity,
  request: PickupRequest,
  context: PickupContext,
): Promise<readonly Envelope[]> {
  const records = await wholeList((to) => list(identity, request, context, to));
  if (records === undefined) throw new Refused('list-incomplete');
  return records;
}

async function list(
  identity: ReaderIdentity,
  request: PickupRequest,
  context: PickupContext,
  to: Date | undefined,
): Promise<readonly Envelope[]> {
  const { since, deserted } = request;
  const call = new RecordedCall(identity, request, context);
  try {
    const query = {
      statusFilter: ANY_STATE,
      limit: RECORDS_PER_CALL,
      ...(since === undefined ? {} : { from: new Date(since) }),
      ...(to === undefined ? {} : { to }),
    };
    // The later parts of a list belong to what has begun.
    const untilBegun = to === undefined ? { deserted } : {};
    const records = await identity.isds.listReceived(query, { ...untilBegun, beforeSending: () => call.begin() });
    await call.listed(records);
    return records;
  } catch (error) {
    await call.failed(error);
    throw error instanceof IsdsError ? refusalFor(error) : error;
  }
}

/** Each request that leaves is a line of the record: ISDS may ask for one to be repeated, having delivered a part (isds §1.8). */
class RecordedCall {
  readonly #identity: ReaderIdentity;
  readonly #request: PickupRequest;
  readonly #context: PickupContext;
  #sent: { readonly key: number; readonly at: number } | undefined;

  constructor(identity: ReaderIdentity, request: PickupRequest, context: PickupContext) {
    this.#identity = identity;
    this.#request = request;
    this.#context = context;
  }

  async begin(): Promise<void> {
    await this.#end('failed');
    const { sessionId, reason } = this.#request;
    const { account, box, rights, isds } = this.#identity;
    const { deliveries, clock } = this.#context;
    const start = { account, boxId: box.boxId, rights, sessionId, reason };
    const key = await deliveries.begin({ ...start, at: clock.now(), from: isds.serverTime() });
    this.#sent = { key, at: elapsed(clock) };
  }

  async listed(records: readonly Envelope[]): Promise<void> {
    if (this.#sent === undefined) throw new Error('a list came that was not asked for');
    const { key } = this.#sent;
    const { account, box, rights } = this.#identity;
    const { deliveries, log } = this.#context;
    const time = this.#time();
    const told = await newsOf(records, { key, boxId: box.boxId, rights, ...time }, deliveries);
    this.#sent = undefined;
    await deliveries.finish(key, { ...time, outcome: 'listed', told });
    const delivered = told.filter(({ manner, call }) => manner === 'delivered' && call === key);
    const { sessionId: session, reason } = this.#request;
    log.info(
      { session, account, reason, records: records.length, delivered: delivered.map(({ dmID }) => dmID) },
      'messages picked up',
    );
  }

  failed(error: unknown): Promise<void> {
    return this.#end(error instanceof IsdsError && wasRefused(error) ? 'refused' : 'failed');
  }

  /** Of the call under way, if there is one. */
  async #end(outcome: DeliveryOutcome): Promise<void> {
    if (this.#sent === undefined) return;
    const { key } = this.#sent;
    const time = this.#time();
    this.#sent = undefined;
    await this.#context.deliveries.finish(key, { ...time, outcome, told: [] });
  }

  /** From when to when the call lasted by ISDS's clock, which its answer has just told. */
  #time(): { from: number | undefined; to: number | undefined } {
    const to = this.#identity.isds.serverTime();
    if (to === undefined || this.#sent === undefined) return { from: undefined, to };
    return { from: Math.round(to - (elapsed(this.#context.clock) - this.#sent.at)), to };
  }
}

/** Kinds of failure after which it is certain that nothing was delivered. */
const REFUSALS: ReadonlySet<string> = new Set([
  'wrong-credentials',
  'account-blocked',
  'address-blocked',
  'maintenance',
]);

function wasRefused(error: IsdsError): boolean {
  return REFUSALS.has(error.kind) || isRefusedRequest(error);
}
