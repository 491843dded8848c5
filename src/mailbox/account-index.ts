/** The list that all sessions of an account share: picked up when the policy allows, otherwise as it was last known. */
import type { Identity } from '../accounts/index.ts';
import { type Clock, type Log, pickupAddress, Refused, Slices } from '../core/index.ts';
import { type Envelope, IsdsError } from '../isds/index.ts';
import type { DeliveryLog, IndexedMessage, MessageIndex, PickupState } from '../store/index.ts';
import { composeFor, indexed, type ListedKind, type WantsOriginal } from './entry.ts';
import type { Envelopes } from './envelopes.ts';
import { pickUp } from './pickup.ts';
import { isClosed, isRecent, type PickupPolicy, type PickupReason, reasonToPickUp } from './policy.ts';
import type { WaitingMessages } from './waiting-messages.ts';

export interface AccountIndexOptions {
  readonly index: MessageIndex;
  readonly deliveries: DeliveryLog;
  readonly envelopes: Envelopes;
  readonly waiting: WaitingMessages;
  readonly policy: PickupPolicy;
  readonly domain: string;
  readonly withOriginal: WantsOriginal;
  readonly clock: Clock;
  readonly log: Log;
}

/** A full list finds what changed without arriving: erased messages, other rights. Once a day is what fair use leaves (isds §1.8). */
const FULL_LIST_MS = 24 * 60 * 60_000;

/** Arrivals become visible with a delay, so lists overlap (isds §4.1). */
const OVERLAP_MS = 5 * 60_000;

export class AccountIndex {
  readonly #options: AccountIndexOptions;
  /** Pick-ups and looks under way: a session that comes meanwhile waits for the same answer. */
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(options: AccountIndexOptions) {
    this.#options = options;
  }

  /** Makes the list as new as the policy allows. Rejects with Refused when ISDS fails, or when no list is known at all. */
  async refresh(identity: Identity, sessionId: string): Promise<void> {
    const { index, policy, domain, clock } = this.#options;
    const { account } = identity;
    await this.#underWay.get(account);
    const state = await index.state(account);
    const now = clock.now();
    const reason = reasonToPickUp(policy, state, now);
    if (reason !== undefined)
      await this.#once(account, () => this.#pickUpUnlessBusy(identity, sessionId, reason, state));
    else if (identity.loginKind === 'certificate' && isClosed(policy, now)) {
      await this.#once(account, () => this.#look(identity, sessionId, state));
    } else if (state.lastFullAt === undefined) {
      throw new Refused('pickup-closed', { address: pickupAddress(domain) });
    }
  }

  #once(account: string, work: () => Promise<void>): Promise<void> {
    const earlier = this.#underWay.get(account);
    if (earlier) return earlier;
    const working = work().finally(() => this.#underWay.delete(account));
    this.#underWay.set(account, working);
    return working;
  }

  /** What is known is served although nothing new can be learned now; an account of which nothing is known is not empty. */
  async #look(identity: Identity, sessionId: string, state: PickupState): Promise<void> {
    const { waiting, log } = this.#options;
    try {
      await waiting.look(identity, sessionId);
    } catch (error) {
      if (!(error instanceof Refused) || state.lastFullAt === undefined) throw error;
      log.warn(
        { session: sessionId, account: identity.account, reason: error.reason },
        'not looked for waiting messages',
      );
    }
  }

  /** A large message on its way holds the account's turn at ISDS for minutes (isds §1.8): what is known is served meanwhile. */
  async #pickUpUnlessBusy(
    identity: Identity,
    session: string,
    reason: PickupReason,
    state: PickupState,
  ): Promise<void> {
    try {
      await this.#pickUp(identity, session, reason, state);
    } catch (error) {
      if (state.lastFullAt === undefined || !isOurOwnTurn(error)) throw error;
      this.#options.log.warn({ session, account: identity.account }, 'not picked up: the account is busy here');
    }
  }

  async #pickUp(identity: Identity, sessionId: string, reason: PickupReason, state: PickupState): Promise<void> {
    const { index, envelopes, clock } = this.#options;
    const { account } = identity;
    const calledAt = clock.now();
    const full = !isRecent(state.lastFullAt, FULL_LIST_MS, calledAt);
    const since = full ? undefined : state.since;
    const records = await pickUp(identity, { sessionId, reason, since }, this.#options);
    envelopes.remember(account, records);
    const before = full
      ? index.messages(account)
      : index.find(
          account,
          records.map(({ dmID }) => dmID),
        );
    const known = new Map((await before).map((message) => [message.dmID, message]));
    await index.apply(account, {
      messages: await this.#changed(identity, records, known),
      gone: full ? missing(known, records) : [],
      calledAt,
      full,
      since: nextSince(records, state.since),
    });
  }

  /** What the index does not have like this yet. Composing thousands of mails for their size takes a second. */
  async #changed(
    { rights }: Identity,
    records: readonly Envelope[],
    known: ReadonlyMap<string, IndexedMessage>,
  ): Promise<IndexedMessage[]> {
    const { domain, withOriginal } = this.#options;
    const compose = (envelope: Envelope, kind: ListedKind) => composeFor(envelope, kind, domain);
    const changed: IndexedMessage[] = [];
    const slices = new Slices();
    for (const envelope of records) {
      await slices.next();
      const before = known.get(envelope.dmID);
      const message = indexed(envelope, rights, before, compose, withOriginal);
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

function missing(known: ReadonlyMap<string, IndexedMessage>, records: readonly Envelope[]): string[] {
  const listed = new Set(records.map(({ dmID }) => dmID));
  return [...known.keys()].filter((dmID) => !listed.has(dmID));
}

/** States of messages that this or a later list delivers; the next one must reach back to them. */
const UNSETTLED_STATES: ReadonlySet<number> = new Set([4, 5]);

/** From the newest arrival, or from the oldest that still waits, and some minutes back. */
function nextSince(records: readonly Envelope[], before: number | undefined): number | undefined {
  const newest = arrivals(records).reduce((latest, at) => Math.max(latest, at), (before ?? 0) + OVERLAP_MS);
  const unsettled = arrivals(records.filter(({ state }) => UNSETTLED_STATES.has(state)));
  const from = unsettled.reduce((oldest, at) => Math.min(oldest, at), newest) - OVERLAP_MS;
  return from > 0 ? from : undefined;
}

function arrivals(envelopes: readonly Envelope[]): number[] {
  return envelopes.flatMap(({ arrivedAt }) => arrivedAt?.getTime() ?? []);
}
