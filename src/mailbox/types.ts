/** What a reading conversation sees of a data box. */
import type { Identity } from '../accounts/index.ts';
import type { ReadingCalls } from '../isds/index.ts';

/** Whose box is read, with what reading asks of ISDS. */
export type ReaderIdentity = Identity<ReadingCalls>;

/** A mail of the maildrop, as much as a list shows of it. */
export interface ListedMessage {
  /** The dmID: never reused, never changed. */
  readonly uid: string;
  /** Octets of the mail with CRLF line ends and without dot-stuffing, as STAT, LIST, RETR and TOP announce them. */
  readonly octets: number;
}

/** A mail that is about to be read. */
export interface OpenedMail {
  /**
   * Resolves as soon as it is known that the content will come, rejects with Refused while a refusal is still possible.
   * Not needed for TOP, whose lines come from the list record alone.
   */
  prepare(): Promise<void>;
  /**
   * The mail: CRLF line ends, the last line's too, no dot-stuffing, as many octets as announced unless its files turned out larger than ISDS had
   * said; the true size is announced from then on. Iteration asks ISDS for the files only when it gets to them, and throws
   * when the content did not arrive complete: what was sent so far is then no mail.
   */
  readonly content: AsyncIterable<Buffer>;
}

/** One session's snapshot of a data box. */
export interface Maildrop {
  /**
   * Oldest first, what could not be had lately behind all others, the same for the whole session. The first call asks ISDS for the list, which delivers what is waiting;
   * it rejects with Refused. Later calls answer from the snapshot. Answers within 35 s, with the last known list if need be. A
   * list that has begun is finished although the signal aborts, for what it delivers is delivered; one that still waits for
   * its turn is not asked for.
   */
  messages(signal: AbortSignal): Promise<readonly ListedMessage[]>;
  /** The last known list as the session's snapshot, without asking ISDS; rejects with Refused when none is known. */
  lastKnown(): Promise<readonly ListedMessage[]>;
  open(message: ListedMessage, signal: AbortSignal): OpenedMail;
  /** The client has the whole message and went on: tell ISDS that it was read. Never rejects; a failure is logged. */
  markRead(message: ListedMessage): Promise<void>;
  /** Hides messages from this view for good, all or none; rejects with Refused when that could not be made durable. */
  hide(messages: readonly ListedMessage[]): Promise<void>;
}

/** Where every reading conversation gets its maildrop. */
export interface Mailbox {
  /** Opening asks ISDS nothing. */
  open(identity: ReaderIdentity, sessionId: string): Maildrop;
}
