/** One reader's snapshot of a data box; there is no lock, every session has its own (mail-clients §12 P5). */
import type { Identity } from '../accounts/index.ts';
import { type Clock, type Log, ExpiringCache, type TimeBudgets } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import { boxStateText, envelopeOnlyNotice, announcedOriginal } from '../mail-writer/index.ts';
import type { IndexedMessage, PendingOriginal, Store } from '../store/index.ts';
import { AccountIndex } from './account-index.ts';
import { composeFor, type Entry, entryFor, type WantsOriginal } from './entry.ts';
import { Envelopes, isRefusedForGood } from './envelopes.ts';
import { isdsTime } from './isds-time.ts';
import { composeLateOriginal, givenUpOriginal, openLateOriginal } from './late-original.ts';
import { LateOriginals } from './late-originals.ts';
import { type Listing, Listings } from './listings.ts';
import { type Composed, openMessage } from './opened-message.ts';
import { type Notice, openNotice } from './opened-notice.ts';
import type { PickupPolicy } from './policy.ts';
import { openReport, type ReportEntry } from './report-entry.ts';
import { isOfTheMessage, Retrievals } from './retrievals.ts';
import { standInOf } from './stand-in.ts';
import type { ListedMessage, Mailbox, Maildrop, OpenedMail } from './types.ts';
import { WaitingMessages } from './waiting-messages.ts';
import { waitingNotice } from './waiting-notice.ts';

export interface MailboxOptions {
  readonly store: Store;
  readonly policy: PickupPolicy;
  readonly domain: string;
  readonly withOriginal: WantsOriginal;
  /** Where an original waits while the files before it leave. */
  readonly spoolDirectory: string;
  /** How long a mail stays listed for a view that has it, after ISDS erased the message. */
  readonly keepErasedMs: number;
  readonly timeBudgets?: Pick<TimeBudgets, 'poll'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** What all maildrops of the gateway share. */
interface Shared extends MailboxOptions {
  readonly envelopes: Envelopes;
  readonly waiting: WaitingMessages;
  readonly index: AccountIndex;
  readonly listings: Listings;
  readonly retrievals: Retrievals;
  readonly lateOriginals: LateOriginals;
  /** Messages whose original did not hold together: asked for without it for a while. */
  readonly brokenOriginals: ExpiringCache<true>;
}

/** State of a box that needs no words (isds §8.1). */
const STATE_ACCESSIBLE = 1;

/** ISDS makes each original anew, so tomorrow's may be whole; without it the message can be had, and the original comes later. */
const WITHOUT_ORIGINAL_MS = 24 * 60 * 60_000;
const MAX_REMEMBERED_BROKEN_ORIGINALS = 10_000;

export function createMailbox(options: MailboxOptions): Mailbox {
  const { store, clock, policy } = options;
  const envelopes = new Envelopes(clock);
  const waiting = new WaitingMessages({ ...options, index: store.index, intervalMs: policy.intervalMs });
  const index = new AccountIndex({ ...options, envelopes, waiting, index: store.index, deliveries: store.deliveries });
  const brokenOriginals = new ExpiringCache<true>(clock, WITHOUT_ORIGINAL_MS, MAX_REMEMBERED_BROKEN_ORIGINALS);
  const lateOriginals = new LateOriginals({ ...options, pending: store.pendingOriginals, received: store.received });
  const retrievals = new Retrievals({ ...options, index: store.index, failures: store.retrievalFailures });
  const shared = {
    ...options,
    retrievals,
    envelopes,
    waiting,
    index,
    listings: new Listings(options),
    lateOriginals,
    brokenOriginals,
  };
  return { open: (identity, sessionId) => createMaildrop(identity, sessionId, shared) };
}

function createMaildrop(identity: Identity, sessionId: string, shared: Shared): Maildrop {
  const { store, domain, clock, log, envelopes, waiting, index, listings } = shared;
  const { retrievals, lateOriginals, brokenOriginals } = shared;
  const { account, view, isds } = identity;
  let snapshot: Listing | undefined;
  const composing = () => ({ domain, now: isdsTime(identity, clock) });
  /** Messages whose content ISDS withheld in this session: nobody has read them. */
  const withheld = new Set<string>();

  async function takeSnapshot(signal: AbortSignal): Promise<Listing> {
    await index.refresh(identity, sessionId, signal);
    return listings.of(identity);
  }

  function entryOf({ uid }: ListedMessage): Entry | ReportEntry {
    const entry = snapshot?.find(uid);
    if (entry === undefined) throw new Error(`message ${uid} is not of this maildrop`);
    return entry;
  }

  async function compose(message: IndexedMessage, signal: AbortSignal): Promise<Composed> {
    const envelope = await envelopes.get(identity, message, signal);
    return { mail: composeFor(envelope, 'message', composing()), large: envelope.vodz };
  }

  async function composeEnvelope(message: IndexedMessage, signal: AbortSignal): Promise<Notice> {
    const envelope = await envelopes.getAny(identity, message, { signal, suffices: isRefusedForGood });
    const how = composing();
    return { mail: composeFor(envelope, 'envelope', how), text: envelopeOnlyNotice(envelope, how.now) };
  }

  async function composeWaiting(message: IndexedMessage, signal: AbortSignal): Promise<Notice> {
    return waitingNotice(message, await waiting.describe(identity, message, signal), identity, composing());
  }

  async function composeStandIn({ message, failure }: Entry, signal: AbortSignal): Promise<Notice> {
    const envelope = await envelopes.getAny(identity, message, { signal, suffices: isOfTheMessage });
    return standInOf(envelope, failure, composing());
  }

  async function composeGivenUp(
    { message }: Entry,
    original: PendingOriginal,
    erased: boolean,
    signal: AbortSignal,
  ): Promise<Notice> {
    const envelope = await envelopes.getAny(identity, message, { signal, suffices: isOfTheMessage });
    return givenUpOriginal(envelope, original, erased, composing());
  }

  function openOriginal({ message, octets }: Entry, original: PendingOriginal, signal: AbortSignal): OpenedMail {
    const context = {
      isds,
      spoolDirectory: shared.spoolDirectory,
      sessionId,
      log,
      compose: async (aborted: AbortSignal) =>
        composeLateOriginal(await envelopes.get(identity, message, aborted), original, composing()),
      failed: (error: unknown) => lateOriginals.failed(account, original, error),
      succeeded: () => lateOriginals.succeeded(account, original),
      missed: (written: number) => store.pendingOriginals.resize(account, original, written),
    };
    return openLateOriginal({ dmID: message.dmID, octets }, context, signal);
  }

  async function tellIsds({ dmID, kind, read }: IndexedMessage): Promise<void> {
    if (kind !== 'message' || read || withheld.has(dmID)) return;
    await isds.markAsDownloaded(dmID);
    await store.index.markRead(account, dmID);
  }

  return {
    messages: async (signal) => (snapshot ??= await takeSnapshot(signal)).entries,

    async lastKnown(): Promise<readonly ListedMessage[]> {
      if (snapshot === undefined) {
        await index.requireKnown(account);
        snapshot = await listings.of(identity);
      }
      return snapshot.entries;
    },

    open(listed: ListedMessage, signal: AbortSignal): OpenedMail {
      const entry = entryOf(listed);
      if ('content' in entry) return openReport(entry);
      const { message } = entry;
      const { kind } = message;
      const { octets } = entry;
      const { original, givenUp } = entry;
      if (original !== undefined && givenUp !== undefined)
        return openNotice(octets, () => composeGivenUp(entry, original, givenUp.erased, signal));
      if (original !== undefined) return openOriginal(entry, original, signal);
      if (entry.failure !== undefined) return openNotice(octets, () => composeStandIn(entry, signal));
      if (kind === 'waiting') return openNotice(octets, () => composeWaiting(message, signal));
      if (kind === 'envelope') return openNotice(octets, () => composeEnvelope(message, signal));
      const context = {
        withOriginal: (large: boolean) =>
          shared.withOriginal({ vodz: large }) && brokenOriginals.get(message.dmID) === undefined,
        wantsOriginal: (large: boolean) => shared.withOriginal({ vodz: large }),
        originalMissed: (written: number) =>
          lateOriginals.missed(account, view, message.dmID, announcedOriginal(written)),
        originalCame: () => lateOriginals.came(account, view, message.dmID),
        originalBroken: () => brokenOriginals.set(message.dmID, true),
        spoolDirectory: shared.spoolDirectory,
        isds,
        sessionId,
        log,
        boxNote: boxStateText(identity.box.boxState ?? STATE_ACCESSIBLE),
        compose: (aborted: AbortSignal) => compose(message, aborted),
        withheld: () => void withheld.add(message.dmID),
        failed: (error: unknown) => retrievals.failed(identity, message.dmID, error),
        succeeded: () => retrievals.succeeded(account, message.dmID),
        missed: (written: number) => store.index.resize(account, message.dmID, written),
      };
      return openMessage(message, context, signal);
    },

    async markRead(listed: ListedMessage): Promise<void> {
      const entry = entryOf(listed);
      try {
        await store.received.add(account, view, listed.uid, clock.now());
        if ('message' in entry && entry.uid === entryFor(entry.message).uid) await tellIsds(entry.message);
      } catch (error) {
        log.warn({ session: sessionId, account, uid: listed.uid, err: error }, 'message not marked as read');
      }
    },

    async hide(messages: readonly ListedMessage[]): Promise<void> {
      try {
        const uids = messages.map(({ uid }) => uid);
        await store.hidden.add(account, view, uids, clock.now());
      } catch (error) {
        throw new Refused('gateway-fault', {}, { cause: error });
      }
    },
  };
}
