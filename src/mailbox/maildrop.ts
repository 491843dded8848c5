/** One reader's snapshot of a data box; there is no lock, every session has its own (mail-clients §12 P5). */
import type { Identity } from '../accounts/index.ts';
import { type Clock, type Log, Refused } from '../core/index.ts';
import type { ReceivedMail } from '../mime/index.ts';
import type { IndexedMessage, Store } from '../store/index.ts';
import { AccountIndex } from './account-index.ts';
import { composeFor, type Entry, entryFor, noticeOf } from './entry.ts';
import { Envelopes } from './envelopes.ts';
import { openMessage } from './opened-message.ts';
import { openNotice } from './opened-notice.ts';
import type { PickupPolicy } from './policy.ts';
import type { ListedMessage, Mailbox, Maildrop, OpenedMail } from './types.ts';

export interface MailboxOptions {
  readonly store: Store;
  readonly policy: PickupPolicy;
  readonly domain: string;
  /** Whether the signed original comes as the last attachment. */
  readonly withOriginal: boolean;
  /** How long a mail stays listed for a view that has it, after ISDS erased the message. */
  readonly keepErasedMs: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** What all maildrops of the gateway share. */
interface Shared extends MailboxOptions {
  readonly envelopes: Envelopes;
  readonly index: AccountIndex;
}

export function createMailbox(options: MailboxOptions): Mailbox {
  const { store, clock } = options;
  const envelopes = new Envelopes(clock);
  const index = new AccountIndex({ ...options, envelopes, index: store.index, deliveries: store.deliveries });
  const shared = { ...options, envelopes, index };
  return { open: (identity, sessionId) => createMaildrop(identity, sessionId, shared) };
}

function createMaildrop(identity: Identity, sessionId: string, shared: Shared): Maildrop {
  const { store, domain, clock, log, envelopes, index } = shared;
  const { account, view, isds } = identity;
  let snapshot: ReadonlyMap<string, Entry> | undefined;
  /** Messages whose content ISDS withheld in this session: nobody has read them. */
  const withheld = new Set<string>();

  async function takeSnapshot(): Promise<ReadonlyMap<string, Entry>> {
    const messages = await index.messages(identity, sessionId);
    const [hidden, received] = await Promise.all([store.hidden.of(account, view), store.received.of(account, view)]);
    const entries = messages
      .map(entryFor)
      .filter(({ uid, message }) => !hidden.has(uid) && (isThere(message) || (received.has(uid) && isKept(message))));
    return new Map(entries.map((entry) => [entry.uid, entry]));
  }

  function isKept({ goneAt = 0 }: IndexedMessage): boolean {
    return clock.now() - goneAt < shared.keepErasedMs;
  }

  function messageOf({ uid }: ListedMessage): IndexedMessage {
    const entry = snapshot?.get(uid);
    if (entry === undefined) throw new Error(`message ${uid} is not of this maildrop`);
    return entry.message;
  }

  async function compose(message: IndexedMessage, signal: AbortSignal): Promise<ReceivedMail> {
    return composeFor(await envelopes.get(identity, message, signal), message.kind, domain);
  }

  async function tellIsds({ dmID, kind, read }: IndexedMessage): Promise<void> {
    if (kind !== 'message' || read || withheld.has(dmID)) return;
    await isds.markAsDownloaded(dmID);
    await store.index.markRead(account, dmID);
  }

  return {
    messages: async () => [...(snapshot ??= await takeSnapshot()).values()],

    open(listed: ListedMessage, signal: AbortSignal): OpenedMail {
      const message = messageOf(listed);
      const notice = noticeOf(message.kind);
      if (notice !== undefined) return openNotice(message.octets, notice, () => compose(message, signal));
      const context = {
        isds,
        sessionId,
        log,
        compose: (wish: AbortSignal) => compose(message, wish),
        withheld: () => void withheld.add(message.dmID),
        missed: (octets: number) => store.index.resize(account, message.dmID, octets),
      };
      return openMessage(message, context, signal);
    },

    async markRead(listed: ListedMessage): Promise<void> {
      const message = messageOf(listed);
      try {
        await store.received.add(account, view, listed.uid, clock.now());
        await tellIsds(message);
      } catch (error) {
        log.warn({ session: sessionId, account, dmID: message.dmID, err: error }, 'message not marked as read');
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

function isThere({ goneAt }: IndexedMessage): boolean {
  return goneAt === undefined;
}
