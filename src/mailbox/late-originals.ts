/**
 * Signed originals that come later than their message: when each is tried again, where it stands in a list, and when it is given
 * up. It is tried only when a reader asks for it, listed last and only when it is due, so that it holds nothing up.
 */
import { type Clock, leftOf, type Log, momentOf } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import { IsdsError, type IsdsFailureKind, isWithoutTimeStamp } from '../isds/index.ts';
import type { IndexedMessage, PendingOriginal, PendingOriginals, ReceivedMails } from '../store/index.ts';
import { lateOriginalUid } from './entry.ts';
import { GivenUpEntry, LateOriginalEntry } from './late-original-entry.ts';
import type { Entry } from './reader.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** ISDS answers a third request within twenty minutes only after 50 s, with 3005 (isds §5.3); outages of its seal last hours. */
const FIRST_TRY_MS = 30 * MINUTE_MS;

/** Each wait is twice the one before, for a try that fails is an error in front of the reader; one a day is bearable. */
const MAX_BETWEEN_TRIES_MS = DAY_MS;

/** Both have to be over: no outage lasts a week, and who reads once a week gets his tries as well. */
const MIN_TRIES = 5;
const MAX_AWAITED_MS = 7 * DAY_MS;

/** What says nothing about any original: ISDS was not asked. */
const NOT_ASKED: ReadonlySet<IsdsFailureKind> = new Set(['aborted', 'busy', 'untrusted']);

interface View {
  readonly view: string;
  readonly messages: readonly IndexedMessage[];
  readonly hidden: ReadonlySet<string>;
  readonly received: ReadonlySet<string>;
  /** How long it stays listed after ISDS erased the message. */
  readonly keepErasedMs: number;
}

/** Where mails with late originals stand in a list. */
export interface LateOrder {
  readonly ordinary: readonly Entry[];
  /** Behind everything else. */
  readonly last: readonly Entry[];
  /** When an original is listed, or is given up, though nothing else changes. */
  readonly changesAt: number;
}

/** What a view sees of the originals that did not come with their messages. */
export function listOriginals(pending: readonly PendingOriginal[], view: View, clock: Clock): LateOrder {
  const ordinary: Entry[] = [];
  const last: Entry[] = [];
  const now = clock.now();
  let changesAt = Number.POSITIVE_INFINITY;
  const own = new Map(pending.filter((original) => original.view === view.view).map((one) => [one.dmID, one]));
  if (own.size === 0) return { ordinary, last, changesAt };
  const messages = new Map(view.messages.filter(({ dmID }) => own.has(dmID)).map((message) => [message.dmID, message]));
  for (const [dmID, original] of own) {
    const message = messages.get(dmID);
    if (message?.kind !== 'message') continue;
    const { goneAt = Number.POSITIVE_INFINITY } = message;
    const entry = new LateOriginalEntry(message, original);
    const { uid } = entry;
    const leavesAt = goneAt + view.keepErasedMs;
    if (view.hidden.has(uid) || now >= leavesAt) continue;
    changesAt = Math.min(changesAt, leavesAt);
    if (view.received.has(uid)) {
      // Who has it keeps it listed: programs erase their copy of what vanishes (mail-clients §7).
      (original.tries === 0 ? ordinary : last).push(entry);
      continue;
    }
    const givenUpIn = message.goneAt === undefined ? untilGivenUp(original, clock) : 0;
    if (givenUpIn <= 0) {
      const notice = new GivenUpEntry(message, original);
      if (!view.hidden.has(notice.uid)) ordinary.push(notice);
      continue;
    }
    const dueIn = untilDue(original, clock);
    if (dueIn <= 0) last.push(entry);
    changesAt = Math.min(changesAt, now + givenUpIn, dueIn <= 0 ? changesAt : now + dueIn);
  }
  return { ordinary, last, changesAt };
}

export interface LateOriginalsOptions {
  readonly pending: PendingOriginals;
  readonly received: Pick<ReceivedMails, 'of'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** The originals that one account waits for; what happens to them is noted for its views. */
export class LateOriginals {
  readonly #options: LateOriginalsOptions;

  constructor(options: LateOriginalsOptions) {
    this.#options = options;
  }

  /** The message came without it. False when that could not be noted, so that it will not come. */
  async missed(account: string, view: string, dmID: string, octets: number): Promise<boolean> {
    const { pending, clock, log } = this.#options;
    try {
      await pending.add(account, { view, dmID, octets, since: momentOf(clock) });
      return true;
    } catch (error) {
      log.warn({ account, dmID, err: error }, 'missing original not noted');
      return false;
    }
  }

  /** The message came with it. */
  async came(account: string, view: string, dmID: string): Promise<void> {
    const { pending, received } = this.#options;
    const isPending = (await pending.of(account)).some((one) => one.view === view && one.dmID === dmID);
    if (!isPending || (await received.of(account, view)).has(lateOriginalUid(dmID))) return;
    await pending.forget(account, { view, dmID });
  }

  /** The mail with the original arrived whole. */
  async succeeded(account: string, original: PendingOriginal): Promise<void> {
    const { pending, clock } = this.#options;
    await pending.tried(account, [{ ...original, tries: 0 }], momentOf(clock));
  }

  /** Puts the next try off: of this original, or of all when the failure is of the seal or of ISDS. Never rejects. */
  async failed(account: string, original: PendingOriginal, error: unknown): Promise<void> {
    const cause = error instanceof Refused ? error.cause : error;
    if (cause instanceof IsdsError && NOT_ASKED.has(cause.kind)) return;
    const { pending, received, clock, log } = this.#options;
    const { view, dmID } = original;
    try {
      const at = momentOf(clock);
      const isThis = (one: PendingOriginal) => one.view === view && one.dmID === dmID;
      const concerned = (await pending.of(account)).filter((one) => isThis(one) || !isOfOneMessage(cause));
      const delivered = await received.of(account, view);
      const tried = concerned
        .filter((one) => isThis(one) || !(one.view === view && delivered.has(lateOriginalUid(one.dmID))))
        // A program that goes on after `-ERR` asks for the next ones as well, which have been put off already.
        .map((one) => ({ ...one, tries: one.tries + (untilDue(one, clock) <= 0 ? 1 : 0) }));
      await pending.tried(account, tried, at);
      log.info({ account, dmID, cause: String(cause), putOff: tried.length }, 'signed original not to be had yet');
    } catch (failure) {
      log.warn({ account, dmID, err: failure }, 'failure of an original not noted');
    }
  }
}

/** It has no time stamp yet, or its original is not whole; another one may be had. */
function isOfOneMessage(cause: unknown): boolean {
  return cause instanceof IsdsError && (isWithoutTimeStamp(cause) || cause.kind === 'not-intact');
}

/** Milliseconds; zero or less when it may be tried. */
function untilDue({ since, tries, triedAt }: PendingOriginal, clock: Clock): number {
  const wait = Math.min(FIRST_TRY_MS * 2 ** tries, MAX_BETWEEN_TRIES_MS);
  return leftOf(triedAt ?? since, wait, clock);
}

function untilGivenUp({ since, tries }: PendingOriginal, clock: Clock): number {
  return tries < MIN_TRIES ? Number.POSITIVE_INFINITY : leftOf(since, MAX_AWAITED_MS, clock);
}
