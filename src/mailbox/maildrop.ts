/** One reader's snapshot of a data box; there is no lock, every session has its own (mail-clients §12 P5). */
import type { Identity } from '../accounts/index.ts';
import { type Clock, type Log, Refused } from '../core/index.ts';
import type { Store } from '../store/index.ts';
import { composeEntry, type Entry, entryFor } from './entry.ts';
import { openMessage } from './opened-message.ts';
import { pickUp } from './pickup.ts';
import type { ListedMessage, Mailbox, Maildrop, OpenedMail } from './types.ts';

export interface MailboxOptions {
  readonly store: Store;
  readonly domain: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** State 7: somebody has read the message, and ISDS knows (isds §3.4). */
const STATE_READ = 7;

export function createMailbox(options: MailboxOptions): Mailbox {
  return { open: (identity, sessionId) => createMaildrop(identity, sessionId, options) };
}

function createMaildrop(identity: Identity, sessionId: string, options: MailboxOptions): Maildrop {
  const { store, domain, clock, log } = options;
  const { account, view, isds } = identity;
  let snapshot: readonly Entry[] | undefined;

  async function takeSnapshot(signal: AbortSignal): Promise<readonly Entry[]> {
    const envelopes = await pickUp(identity, sessionId, { deliveries: store.deliveries, clock, log }, signal);
    const [hidden, sizes] = await Promise.all([store.hidden.of(account, view), store.sizes.of(account)]);
    return envelopes
      .map((envelope) => entryFor(envelope, domain, sizes.get(envelope.dmID)))
      .filter((entry) => entry !== undefined)
      .filter((entry) => !hidden.has(entry.uid));
  }

  function entryOf(message: ListedMessage): Entry {
    const entry = snapshot?.find(({ uid }) => uid === message.uid);
    if (entry === undefined) throw new Error(`message ${message.uid} is not of this maildrop`);
    return entry;
  }

  return {
    messages: async (signal) => (snapshot ??= await takeSnapshot(signal)),

    open(message: ListedMessage, signal: AbortSignal): OpenedMail {
      const entry = entryOf(message);
      const mail = composeEntry(entry, domain);
      if (entry.notice !== undefined) {
        return readyMail([mail.head, mail.note(entry.notice), mail.end(0)]);
      }
      const missed = (octets: number) => store.sizes.remember(account, entry.uid, octets);
      return openMessage(entry.envelope.dmID, entry.octets, mail, { isds, sessionId, log, missed }, signal);
    },

    async markRead(message: ListedMessage): Promise<void> {
      const { envelope, notice, uid } = entryOf(message);
      if (notice !== undefined || envelope.state === STATE_READ) return;
      try {
        if (await store.readMarks.has(account, uid)) return;
        await isds.markAsDownloaded(envelope.dmID);
        await store.readMarks.add(account, uid, clock.now());
      } catch (error) {
        log.warn({ session: sessionId, account, dmID: envelope.dmID, err: error }, 'message not marked as read');
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

function readyMail(pieces: readonly Buffer[]): OpenedMail {
  return {
    prepare: async () => undefined,
    content: {
      async *[Symbol.asyncIterator]() {
        yield* pieces;
      },
    },
  };
}
