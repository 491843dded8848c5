/** What views of a box have received and hidden, and what of its messages could not be had yet. */
import type { Moment } from '../core/index.ts';

/** Messages that a view has deleted; ISDS cannot delete, so they are left out of its lists for ever. */
export interface HiddenMessages {
  /** All or none. */
  add(account: string, view: string, uids: readonly string[], at: number): Promise<void>;
  of(account: string, view: string): Promise<ReadonlySet<string>>;
}

/** Mails that a view has received completely. */
export interface ReceivedMails {
  add(account: string, view: string, uid: string, at: number): Promise<void>;
  of(account: string, view: string): Promise<ReadonlySet<string>>;
}

/** A message whose content could not be had when it was asked for last. */
export interface RetrievalFailure {
  readonly failedAt: Moment;
  /** Failures that count: ISDS answered something else well around them. */
  readonly tries: number;
  readonly firstTryAt: Moment | undefined;
  readonly lastTryAt: Moment | undefined;
}

/** Messages whose content could not be had, with the tries. */
export interface RetrievalFailures {
  /** By dmID, the one that failed first at the beginning. */
  of(account: string): Promise<ReadonlyMap<string, RetrievalFailure>>;
  note(account: string, dmID: string, failure: RetrievalFailure): Promise<void>;
  forget(account: string, dmID: string): Promise<void>;
}

/** Which signed original a view is still to get. */
export interface OriginalKey {
  readonly view: string;
  readonly dmID: string;
}

/** A signed original that did not come with its message. */
export interface PendingOriginal extends OriginalKey {
  /** Announced for the mail that brings it. */
  readonly octets: number;
  /** When the message came without it. */
  readonly since: Moment;
  /** How often it was asked for in vain since it came last, or since then. */
  readonly tries: number;
  readonly triedAt: Moment | undefined;
}

/** Messages whose signed original is to come later. */
export interface PendingOriginals {
  /** Of all views, the one with the fewest tries in vain first, among those the oldest. */
  of(account: string): Promise<readonly PendingOriginal[]>;
  /** One that is there already begins anew. */
  add(account: string, original: Pick<PendingOriginal, 'view' | 'dmID' | 'octets' | 'since'>): Promise<void>;
  /** All or none. */
  tried(account: string, originals: readonly (OriginalKey & { readonly tries: number })[], at: Moment): Promise<void>;
  resize(account: string, original: OriginalKey, octets: number): Promise<void>;
  forget(account: string, original: OriginalKey): Promise<void>;
}
