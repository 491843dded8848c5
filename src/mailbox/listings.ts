/** What each view sees of a box, kept in memory as long as nothing changes: a box may list thousands, and most polls find nothing new. */
import { type Clock, elapsed } from '../core/index.ts';
import type { IndexedMessage, Store } from '../store/index.ts';
import { MessageEntry } from './message-entry.ts';
import type { Entry } from './reader.ts';
import { listOriginals } from './late-originals.ts';
import { standLast } from './stand-in.ts';
import { composeSendingReport, ReportEntry, REPORTS_KEPT_MS } from './report-entry.ts';
import type { ReaderIdentity } from './types.ts';

export interface ListingsOptions {
  readonly store: Pick<Store, 'index' | 'hidden' | 'received' | 'reports' | 'retrievalFailures' | 'pendingOriginals'>;
  readonly domain: string;
  /** How long a mail stays listed for a view that has it, after ISDS erased the message. */
  readonly keepErasedMs: number;
  readonly clock: Clock;
}

/** An entry takes some 200 octets: 20 MB in all. What is not kept is read from the store again. */
const MAX_KEPT_ENTRIES = 100_000;

/** Oldest arrival first, behind them what could not be had lately; shared by sessions, never changed. */
export class Listing {
  readonly entries: readonly Entry[];
  /** Until when it is true if nothing changes, as `elapsed` counts: no setting of the clock makes it older or newer. */
  readonly until: number;
  #byUid: ReadonlyMap<string, Entry> | undefined;

  constructor(entries: readonly Entry[], until: number) {
    this.entries = entries;
    this.until = until;
  }

  find(uid: string): Entry | undefined {
    this.#byUid ??= new Map(this.entries.map((entry) => [entry.uid, entry]));
    return this.#byUid.get(uid);
  }
}

interface Kept {
  readonly revision: number;
  readonly listing: Listing;
}

/** Answers what each view sees; never asks ISDS. */
export class Listings {
  readonly #options: ListingsOptions;
  /** By account and view, the one used last at the end. */
  readonly #kept = new Map<string, Kept>();
  #keptEntries = 0;

  constructor(options: ListingsOptions) {
    this.#options = options;
  }

  /** As the store has it now. */
  async of(identity: ReaderIdentity): Promise<Listing> {
    const { account, view } = identity;
    const { store, clock } = this.#options;
    const key = JSON.stringify([account, view]);
    // Read before the messages, so that a change in between makes the listing look older than it is and not newer.
    const revision = await store.index.revision(account);
    const kept = this.#forget(key);
    const isTrue = kept !== undefined && kept.revision === revision && elapsed(clock) < kept.listing.until;
    const listing = isTrue ? kept.listing : await this.#read(identity);
    this.#keep(key, { revision, listing });
    return listing;
  }

  async #read(identity: ReaderIdentity): Promise<Listing> {
    const { account, view } = identity;
    const { store, clock, keepErasedMs } = this.#options;
    const messages = await store.index.messages(account);
    const [hidden, received] = await Promise.all([store.hidden.of(account, view), store.received.of(account, view)]);
    const now = clock.now();
    let until = Number.POSITIVE_INFINITY;
    const entries = messages
      .map((message) => new MessageEntry(message))
      .filter(({ uid, message }) => {
        if (hidden.has(uid)) return false;
        if (message.goneAt === undefined) return true;
        const leavesAt = message.goneAt + keepErasedMs;
        if (!isWorthKeeping(message) || !received.has(uid) || now >= leavesAt) return false;
        until = Math.min(until, leavesAt);
        return true;
      });
    const failures = await store.retrievalFailures.of(account);
    const { ordinary, last, changesAt } = standLast(entries, failures, { hidden, received, clock });
    const pending = await store.pendingOriginals.of(account);
    const originals = listOriginals(pending, { view, messages, hidden, received, keepErasedMs }, clock);
    until = Math.min(until, changesAt, originals.changesAt);
    const reports = (await this.#reports(identity)).filter(({ uid }) => !hidden.has(uid));
    for (const { arrivedAt } of reports) until = Math.min(until, arrivedAt + REPORTS_KEPT_MS);
    const trueUntil = elapsed(clock) + (until - now);
    if (reports.length + failures.size + pending.length === 0) return new Listing(entries, trueUntil);
    const byArrival = [...ordinary, ...originals.ordinary, ...reports].toSorted(
      (one, other) => one.arrivedAt - other.arrivedAt,
    );
    return new Listing([...byArrival, ...last, ...originals.last], trueUntil);
  }

  async #reports(identity: ReaderIdentity): Promise<Entry[]> {
    const { store, clock, domain } = this.#options;
    const since = clock.now() - REPORTS_KEPT_MS;
    const { account } = identity;
    const entries: Entry[] = [];
    for (const report of await store.reports.of(account)) {
      if (report.at <= since) continue;
      const octets = report.octets ?? composeSendingReport(report, identity, domain).length;
      if (report.octets === undefined) await store.reports.resize(account, report.id, octets);
      entries.push(new ReportEntry(report, octets));
    }
    return entries;
  }

  #keep(key: string, kept: Kept): void {
    // Another session may have read the same listing meanwhile.
    this.#forget(key);
    this.#kept.set(key, kept);
    this.#keptEntries += kept.listing.entries.length;
    for (const oldest of this.#kept.keys()) {
      if (this.#keptEntries <= MAX_KEPT_ENTRIES) return;
      this.#forget(oldest);
    }
  }

  #forget(key: string): Kept | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined) return undefined;
    this.#kept.delete(key);
    this.#keptEntries -= kept.listing.entries.length;
    return kept;
  }
}

/** A notice of a message that was erased unseen helps nobody. */
function isWorthKeeping({ kind }: IndexedMessage): boolean {
  return kind !== 'waiting';
}
