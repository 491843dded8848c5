/** One reader's snapshot of a data box; there is no lock, every session has its own (mail-clients §12 P5). */
import { type Clock, type Log, ExpiringCache, type TimeBudgets } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import type { Store } from '../store/index.ts';
import { AccountIndex } from './account-index.ts';
import { Envelopes } from './envelopes.ts';
import { LateOriginals } from './late-originals.ts';
import { type Listing, Listings } from './listings.ts';
import type { PickupPolicy } from './policy.ts';
import type { Entry, Reader, Services, WantsOriginal } from './reader.ts';
import { Retrievals } from './retrievals.ts';
import type { ListedMessage, Mailbox, Maildrop, ReaderIdentity } from './types.ts';
import { WaitingMessages } from './waiting-messages.ts';

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

interface Shared extends Services {
  readonly index: AccountIndex;
  readonly listings: Listings;
}

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

function createMaildrop(identity: ReaderIdentity, sessionId: string, shared: Shared): Maildrop {
  const { store, clock, log, index, listings } = shared;
  const { account, view } = identity;
  const reader: Reader = { identity, sessionId, services: shared, withheld: new Set() };
  let snapshot: Listing | undefined;

  async function takeSnapshot(signal: AbortSignal): Promise<Listing> {
    await index.refresh(identity, sessionId, signal);
    return listings.of(identity);
  }

  function entryOf({ uid }: ListedMessage): Entry {
    const entry = snapshot?.find(uid);
    if (entry === undefined) throw new Error(`message ${uid} is not of this maildrop`);
    return entry;
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

    open: (listed, signal) => entryOf(listed).open(reader, signal),

    async markRead(listed: ListedMessage): Promise<void> {
      const entry = entryOf(listed);
      try {
        await store.received.add(account, view, listed.uid, clock.now());
        await entry.markRead?.(reader);
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
