/** The list that all sessions of an account share: picked up when the policy allows, otherwise as it was last known. */
import {
  type Clock,
  LATE,
  type Log,
  TIME_BUDGETS,
  type TimeBudgets,
  pickupAddress,
  SingleFlight,
  Slices,
} from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import { type Envelope, IsdsError } from '../isds/index.ts';
import type { DeliveryLog, IndexedMessage, MessageIndex, PickupState } from '../store/index.ts';
import { indexed } from './entry.ts';
import type { WantsOriginal } from './reader.ts';
import type { Envelopes } from './envelopes.ts';
import { isdsTime } from './isds-time.ts';
import { pickUp, type PickupRequest } from './pickup.ts';
import { isClosed, isRecent, type PickupPolicy, reasonToPickUp } from './policy.ts';
import { Vanished } from './vanished.ts';
import type { WaitingMessages } from './waiting-messages.ts';
import type { ReaderIdentity } from './types.ts';

export interface AccountIndexOptions {
  readonly index: MessageIndex;
  readonly deliveries: DeliveryLog;
  readonly envelopes: Envelopes;
  readonly waiting: WaitingMessages;
  readonly policy: PickupPolicy;
  readonly domain: string;
  readonly withOriginal: WantsOriginal;
  readonly timeBudgets?: Pick<TimeBudgets, 'poll'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** A full list finds what changed without arriving: erased messages, other rights. Once a day is what fair use leaves (isds §1.8). */
const FULL_LIST_MS = 24 * 60 * 60_000;

/** Arrivals become visible with a delay, so lists overlap (isds §4.1). */
const OVERLAP_MS = 5 * 60_000;

/** Who picks up, why, and until when somebody waits for it. */
type Occasion = Omit<PickupRequest, 'since'>;

export class AccountIndex {
  readonly #options: AccountIndexOptions;
  /** What makes lists new, by account: a session that comes meanwhile waits for the same answer. */
  readonly #renewals = new SingleFlight<void>();
  readonly #vanished = new Vanished();

  constructor(options: AccountIndexOptions) {
    this.#options = options;
  }

  /**
   * Makes the list as new as the policy allows. Rejects with Refused when ISDS fails, or when no list is known at all. What
   * takes too long runs on and serves the next poll; this one gets the last known list.
   */
  async refresh(identity: ReaderIdentity, sessionId: string, signal: AbortSignal): Promise<void> {
    const { index, timeBudgets = TIME_BUDGETS, log } = this.#options;
    const { account } = identity;
    const renewal = this.#renewals.join(account, (deserted) => this.#renewLogged(identity, sessionId, deserted));
    if ((await renewal.within(timeBudgets.poll, signal)) !== LATE) return;
    signal.throwIfAborted();
    const { lastFullAt } = await index.state(account);
    if (lastFullAt === undefined) throw new Refused('list-under-way');
    log.warn({ session: sessionId, account }, 'last known list served: ISDS has not answered yet');
  }

  /** Rejects with Refused where no list is known; asks ISDS nothing. */
  async requireKnown(account: string): Promise<void> {
    const { index } = this.#options;
    const { lastFullAt } = await index.state(account);
    if (lastFullAt !== undefined) return;
    // Notices may be all that an account by certificate has; anything else without a full list is one that was not finished.
    const listed = await index.messages(account);
    if (listed.length === 0 || listed.some(({ kind }) => kind !== 'waiting')) throw new Refused('list-first');
  }

  /** A failure that nobody waits for any more stands in the log. */
  async #renewLogged(identity: ReaderIdentity, session: string, deserted: AbortSignal): Promise<void> {
    try {
      await this.#renew(identity, session, deserted);
    } catch (error) {
      const { account } = identity;
      if (deserted.aborted) this.#options.log.warn({ session, account, err: error }, 'list not renewed');
      throw error;
    }
  }

  async #renew(identity: ReaderIdentity, sessionId: string, deserted: AbortSignal): Promise<void> {
    const { index, policy, domain, clock } = this.#options;
    const state = await index.state(identity.account);
    const now = clock.now();
    const time = isdsTime(identity, clock);
    const reason = reasonToPickUp(policy, state, now, time);
    if (reason !== undefined) await this.#pickUpUnlessBusy(identity, { sessionId, reason, deserted }, state);
    else if (identity.loginKind === 'certificate' && isClosed(policy, time))
      await this.#listWaiting(identity, { sessionId, deserted }, state);
    else if (state.lastFullAt === undefined) throw new Refused('pickup-closed', { address: pickupAddress(domain) });
  }

  /** What is known is served although nothing new can be learned now; an account of which nothing is known is not empty. */
  async #listWaiting(
    identity: ReaderIdentity,
    { sessionId, deserted }: Pick<Occasion, 'sessionId' | 'deserted'>,
    state: PickupState,
  ): Promise<void> {
    const { waiting, log } = this.#options;
    try {
      await waiting.refresh(identity, sessionId, deserted);
    } catch (error) {
      if (!(error instanceof Refused) || state.lastFullAt === undefined) throw error;
      log.warn(
        { session: sessionId, account: identity.account, reason: error.reason },
        'not looked for waiting messages',
      );
    }
  }

  /** A large message on its way holds the account's turn at ISDS for minutes (isds §1.8): what is known is served meanwhile. */
  async #pickUpUnlessBusy(identity: ReaderIdentity, request: Occasion, state: PickupState): Promise<void> {
    try {
      await this.#pickUp(identity, request, state);
    } catch (error) {
      if (state.lastFullAt === undefined || !isOurOwnTurn(error)) throw error;
      const { account } = identity;
      this.#options.log.warn({ session: request.sessionId, account }, 'not picked up: the account is busy here');
    }
  }

  async #pickUp(identity: ReaderIdentity, occasion: Occasion, state: PickupState): Promise<void> {
    const { index, envelopes, clock } = this.#options;
    const { account } = identity;
    const calledAt = clock.now();
    const full = !isRecent(state.lastFullAt, FULL_LIST_MS, calledAt);
    const since = full ? undefined : state.since;
    const records = await pickUp(identity, { ...occasion, since }, this.#options);
    await envelopes.remember(account, records);
    const before = full
      ? index.messages(account)
      : index.find(
          account,
          records.map(({ dmID }) => dmID),
        );
    const known = new Map((await before).map((message) => [message.dmID, message]));
    const time = isdsTime(identity, clock);
    const { gone, doubtful } = full
      ? this.#vanished.check(account, known.values(), records, time)
      : { gone: [], doubtful: false };
    if (doubtful)
      this.#options.log.warn({ account, records: records.length }, 'list lacks messages that ISDS cannot have erased');
    await index.apply(account, {
      messages: await this.#changed(identity, records, known, time),
      gone,
      calledAt,
      full: full && !doubtful,
      since: nextSince(records, state.since, time),
      permittedAt: state.permittedAt,
    });
  }

  /** What the index does not have like this yet. Composing thousands of mails for their size takes a second. */
  async #changed(
    { rights }: ReaderIdentity,
    records: readonly Envelope[],
    known: ReadonlyMap<string, IndexedMessage>,
    now: number,
  ): Promise<IndexedMessage[]> {
    const { domain, withOriginal } = this.#options;
    const changed: IndexedMessage[] = [];
    const slices = new Slices();
    for (const envelope of records) {
      await slices.next();
      const before = known.get(envelope.dmID);
      const message = indexed(envelope, rights, before, { domain, now, withOriginal });
      if (message !== undefined && !isSame(message, before)) changed.push(message);
    }
    return changed;
  }
}

function isSame(message: IndexedMessage, before: IndexedMessage | undefined): boolean {
  return (
    before?.kind === message.kind &&
    before.octets === message.octets &&
    before.read === message.read &&
    before.goneAt === message.goneAt
  );
}

/** No request was sent, because an earlier one of the same account has not ended. */
function isOurOwnTurn(error: unknown): boolean {
  return error instanceof Refused && error.cause instanceof IsdsError && error.cause.kind === 'busy';
}

/** States of messages that this or a later list delivers; the next one must reach back to them. */
const UNSETTLED_STATES: ReadonlySet<number> = new Set([4, 5]);

/**
 * From the newest arrival, or from the oldest that still waits, and some minutes back. Never from the future: one odd date would hide
 * whatever arrives until then.
 */
function nextSince(records: readonly Envelope[], before: number | undefined, now: number): number | undefined {
  const latest = arrivals(records).reduce((one, other) => Math.max(one, other), (before ?? 0) + OVERLAP_MS);
  const newest = Math.min(latest, now);
  const unsettled = arrivals(records.filter(({ state }) => UNSETTLED_STATES.has(state)));
  const from = unsettled.reduce((oldest, at) => Math.min(oldest, at), newest) - OVERLAP_MS;
  return from > 0 ? from : undefined;
}

function arrivals(envelopes: readonly Envelope[]): number[] {
  return envelopes.flatMap(({ arrivedAt }) => arrivedAt?.getTime() ?? []);
}
