/** Messages that wait, seen without being delivered: what certificate logins learn from notifications (isds §4.4). */
import { type Clock, type Log, ExpiringCache } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import {
  type CallOptions,
  IsdsError,
  isNotRegistered,
  type Notification,
  type NotificationPage,
  refusalFor,
} from '../isds/index.ts';
import type { IndexedMessage, MessageIndex } from '../store/index.ts';
import { isdsTime } from './isds-time.ts';
import { isRecent } from './policy.ts';
import { waitingNoticeOctets } from './waiting-notice.ts';
import type { ReaderIdentity } from './types.ts';

export interface WaitingMessagesOptions {
  readonly index: MessageIndex;
  readonly domain: string;
  /** Least time between two looks of an account. */
  readonly intervalMs: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** ISDS keeps notifications for three days, and a minute too far is refused (1272). */
const REACH_MS = 3 * 24 * 60 * 60_000 - 10 * 60_000;

/** Arrivals become visible with a delay, and the list begins at a moment (isds §4.4). */
const OVERLAP_MS = 5 * 60_000;

/** Longer than a message waits before it is delivered by fiction. */
const REMEMBER_MS = 15 * 24 * 60 * 60_000;

/** Half a kilobyte each. */
const MAX_REMEMBERED_NOTIFICATIONS = 20_000;

/** Pages of up to ten thousand for three days: a bound against a list that never ends. */
const MAX_PAGES = 10;

export class WaitingMessages {
  readonly #options: WaitingMessagesOptions;
  readonly #remembered: ExpiringCache<Notification>;
  /** When each account was last looked at, by our clock and by that of ISDS, which dates the arrivals. */
  readonly #lookedAt = new Map<string, { readonly ours: number; readonly isds: number }>();
  readonly #registered = new Set<string>();

  constructor(options: WaitingMessagesOptions) {
    this.#options = options;
    this.#remembered = new ExpiringCache(options.clock, REMEMBER_MS, MAX_REMEMBERED_NOTIFICATIONS);
  }

  /** Takes what is new over into the index, unless it is deserted before its turn. Delivers nothing; rejects with Refused when ISDS fails. */
  async refresh(identity: ReaderIdentity, sessionId: string, deserted: AbortSignal): Promise<void> {
    const { index, clock, intervalMs, domain, log } = this.#options;
    const { account } = identity;
    const now = clock.now();
    const lookedAt = this.#lookedAt.get(account);
    if (isRecent(lookedAt?.ours, intervalMs, now)) return;
    const isds = isdsTime(identity, this.#options.clock);
    const notifications = await this.#list(identity, Math.min(lookedAt?.isds ?? 0, isds) - OVERLAP_MS, {
      deserted,
    });
    const listed = await index.find(
      account,
      notifications.map(({ dmID }) => dmID),
    );
    const known = new Set(listed.map(({ dmID }) => dmID));
    const waiting = notifications
      .filter(({ dmID }) => !known.has(dmID))
      .map((notification) => waitingMessage(notification, isds, identity, domain));
    await index.announce(account, waiting);
    this.#lookedAt.set(account, { ours: now, isds });
    log.info({ session: sessionId, account, waiting: waiting.map(({ dmID }) => dmID) }, 'looked without delivering');
  }

  /** What a notification told of this message; undefined when ISDS does not tell it any more. */
  async describe(
    identity: ReaderIdentity,
    message: IndexedMessage,
    signal: AbortSignal,
  ): Promise<Notification | undefined> {
    const known = this.#remembered.get(keyOf(identity, message));
    if (known !== undefined || isdsTime(identity, this.#options.clock) - message.arrivedAt > REACH_MS) return known;
    await this.#list(identity, message.arrivedAt - OVERLAP_MS, { signal });
    return this.#remembered.get(keyOf(identity, message));
  }

  /** All notifications from an arrival on, as far back as ISDS keeps them, each once. */
  async #list(identity: ReaderIdentity, since: number, options: CallOptions): Promise<readonly Notification[]> {
    const found = new Map<string, Notification>();
    let from = new Date(Math.max(since, isdsTime(identity, this.#options.clock) - REACH_MS));
    for (let page = 0; page < MAX_PAGES; page++) {
      const { notifications, continues } = await this.#page(identity, from, options);
      const before = found.size;
      for (const notification of notifications) {
        found.set(notification.dmID, notification);
        this.#remembered.set(keyOf(identity, notification), notification);
      }
      if (!continues) return [...found.values()];
      // The page is full: go on from its last record, which comes again.
      const last = notifications.at(-1)?.arrivedAt;
      if (last === undefined || found.size === before) break;
      from = last;
    }
    throw new Refused('list-incomplete');
  }

  async #page(identity: ReaderIdentity, from: Date, options: CallOptions): Promise<NotificationPage> {
    const ask = () => this.#ask(identity, from, options);
    try {
      return await ask().catch((error: unknown) => {
        if (!(error instanceof IsdsError) || !isNotRegistered(error)) throw error;
        // ISDS has forgotten the registration: it is renewed, once.
        this.#registered.delete(identity.account);
        return ask();
      });
    } catch (error) {
      throw error instanceof IsdsError ? refusalFor(error) : error;
    }
  }

  /** ISDS notes arrivals only for who has registered. */
  async #ask({ account, isds }: ReaderIdentity, from: Date, options: CallOptions): Promise<NotificationPage> {
    if (!this.#registered.has(account)) {
      await isds.registerForNotifications(options);
      this.#registered.add(account);
    }
    return isds.listNotifications(from, options);
  }
}

function waitingMessage(
  notification: Notification,
  now: number,
  identity: ReaderIdentity,
  domain: string,
): IndexedMessage {
  const message = { dmID: notification.dmID, arrivedAt: notification.arrivedAt?.getTime() ?? now };
  const octets = waitingNoticeOctets(message, notification, identity, domain);
  return { ...message, kind: 'waiting', octets, read: false, goneAt: undefined };
}

function keyOf({ account }: ReaderIdentity, { dmID }: { readonly dmID: string }): string {
  return `${account} ${dmID}`;
}
