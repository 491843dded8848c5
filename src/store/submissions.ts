/** What was sent or may have been sent: the memory that keeps a mail from becoming two data messages (isds §6.6). */
import type { Moment } from '../core/index.ts';

export type SubmissionState = 'begun' | 'sent' | 'refused';

/** A file by what tells it apart from others; its name is a digest, as no file name is kept. */
export interface FileMark {
  readonly name: string;
  readonly octets: number;
  readonly sha256: string;
}

/** A message by what it is known by among those that a box has sent, as it was before it left. */
export interface MessageMark {
  readonly recipient: string;
  /** Digests of texts of the envelope, by field. */
  readonly texts: Readonly<Record<string, string>>;
  readonly files: readonly FileMark[];
}

/** A data message that is about to be sent. */
export interface SubmissionStart extends MessageMark {
  readonly account: string;
  /** The box that sends. */
  readonly box: string;
  readonly digest: string;
  readonly sessionId: string;
  /** Digest of the mail, the same for all its messages. */
  readonly mail: string;
  /** Message-ID of the mail. */
  readonly messageId: string | undefined;
  readonly at: number;
  /** The same moment by ISDS's own clock, if that is known. */
  readonly isdsAt: number | undefined;
  /** Who sends it: one outbox of one process. */
  readonly owner: string;
  /** The same moment, for the lease. */
  readonly seen: Moment;
  /** Key of the last submission with this digest when it was decided to send; undefined when there was none. */
  readonly after: number | undefined;
}

/** Who is at it, as far as others can tell. */
export interface Attempt {
  /** Empty for one that was begun before this was noted. */
  readonly owner: string;
  /** When its owner was last heard of, or when it ended. */
  readonly seen: Moment;
  /** Its owner has said that its request has ended, one way or the other. */
  readonly isEnded: boolean;
}

/** One data message that was or may have been sent. */
export interface Submission {
  readonly key: number;
  readonly state: SubmissionState;
  readonly dmID: string | undefined;
  readonly begunAt: number;
  /** By ISDS's own clock; undefined when it was not known. */
  readonly isdsAt: number | undefined;
  /** When a doubt about it was settled by what the box has sent; undefined when ISDS's answer said it. */
  readonly settledAt: number | undefined;
  /** When a report told its sender what became of it, or that nobody knows. */
  readonly toldAt: number | undefined;
  /** The mail program was told that it was sent; until then it may come again at any time. */
  readonly confirmed: boolean;
}

/** A submission of which its sender has to be told. */
export interface Tellable extends Pick<Submission, 'key' | 'begunAt' | 'isdsAt'> {
  readonly account: string;
  readonly sessionId: string;
  readonly mail: string | undefined;
  readonly messageId: string | undefined;
  /** Undefined for one that was begun before this was noted. */
  readonly recipient: string | undefined;
}

/** A submission of unknown fate; one that was begun before marks were noted has none. */
export interface OpenSubmission extends Tellable {
  readonly mark: MessageMark | undefined;
  readonly attempt: Attempt;
}

/** What became of a submission in doubt. */
export interface SettledSubmission extends Tellable {
  readonly dmID: string | undefined;
  readonly settledAt: number;
}

/** The memory that keeps a repeated mail from becoming a second data message. */
export interface Submissions {
  /** The last submission with this digest. */
  find(account: string, digest: string): Promise<Submission | undefined>;
  /**
   * Begins submissions, all or none; durable before it resolves. Answers the keys for `settle`, in their order, or 'overtaken'
   * when one of the digests has a later submission than `after`: whatever else looks on, of two that claim the same copy one does.
   */
  claim(starts: readonly SubmissionStart[]): Promise<readonly number[] | 'overtaken'>;
  /** They are still under way. */
  renew(keys: readonly number[], seen: Moment): Promise<void>;
  /** Their requests have ended, whatever came of them. */
  end(keys: readonly number[], seen: Moment): Promise<void>;
  /** What ISDS answered. */
  settle(key: number, outcome: { state: 'sent'; dmID: string } | { state: 'refused' }): Promise<void>;
  /** Those of unknown fate that the box began, by whichever login, and nobody was told of; oldest first. */
  open(box: string, account: string): Promise<readonly OpenSubmission[]>;
  /** Those of the messages that are on record as sent, by whichever login of the box. */
  proved(dmIDs: readonly string[]): Promise<ReadonlySet<string>>;
  /** A submission in doubt was sent as this message; false, and nothing is changed, when the message is another one's. */
  prove(key: number, dmID: string, at: number): Promise<boolean>;
  /** A submission in doubt was not sent. */
  disprove(key: number, at: number): Promise<void>;
  /** Settled doubts of the box whose senders were not told, without those whose mail came again and was sent anew. */
  untold(box: string): Promise<readonly SettledSubmission[]>;
  /** Messages of the mail that were sent and of which no success was told. */
  sentOf(account: string, sessionId: string, mail: string): Promise<readonly { recipient: string; dmID: string }[]>;
  /** Their sender was told. */
  tell(keys: readonly number[], at: number): Promise<void>;
  confirm(keys: readonly number[]): Promise<void>;
}

/** What messages of the sent list were found to hold, so that none is fetched twice. */
export interface SentContents {
  find(dmIDs: readonly string[]): Promise<ReadonlyMap<string, readonly FileMark[]>>;
  add(dmID: string, files: readonly FileMark[]): Promise<void>;
}

/** A mail whose sender was told that it is still being sent and that its result comes as a report. */
export interface PromisedMail {
  readonly account: string;
  /** Digest of what the sender wrote. */
  readonly content: string;
  readonly begunAt: number;
  readonly sessionId: string;
  readonly messageId: string | undefined;
  readonly copies: readonly { readonly box: string; readonly digest: string }[];
}

/** Mails whose result was promised to their senders and not told yet. */
export interface Promises {
  /** Durable before it resolves; answers the key for `kept`. */
  add(mail: PromisedMail): Promise<number>;
  kept(key: number): Promise<void>;
  /** Those that were not kept yet, oldest first. */
  open(): Promise<readonly (PromisedMail & { readonly key: number })[]>;
}
