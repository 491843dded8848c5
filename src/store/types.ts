/**
 * What outlives the process: identifiers, times, sizes and digests, never content, subjects or passwords.
 * Asynchronous, so that a shared database can stand behind the same repositories.
 */

/** Messages that a view has deleted; ISDS cannot delete, so they are left out of its lists for ever. */
export interface HiddenMessages {
  /** All or none. */
  add(account: string, view: string, uids: readonly string[], at: number): Promise<void>;
  of(account: string, view: string): Promise<ReadonlySet<string>>;
}

/** Messages that ISDS was told about as read, so that it is told once (isds §5.5). */
export interface ReadMarks {
  has(account: string, uid: string): Promise<boolean>;
  add(account: string, uid: string, at: number): Promise<void>;
}

/** True sizes of mails whose announced bound turned out too small. */
export interface MailSizes {
  of(account: string): Promise<ReadonlyMap<string, number>>;
  remember(account: string, uid: string, octets: number): Promise<void>;
}

/** One call of GetListOfReceivedMessages: a legal act (isds §3.1). */
export interface Delivery {
  readonly at: number;
  readonly account: string;
  readonly sessionId: string;
  /** What the mail program asked for that needed the list. */
  readonly reason: string;
}

export interface DeliveryLog {
  /** Written before the call, so that no delivery goes unrecorded. */
  add(delivery: Delivery): Promise<void>;
}

export type SubmissionState = 'begun' | 'sent' | 'refused';

/** One data message that was or may have been sent. */
export interface Submission {
  readonly state: SubmissionState;
  readonly dmID: string | undefined;
  readonly begunAt: number;
}

/** The memory that keeps a repeated mail from becoming a second data message. */
export interface Submissions {
  /** The newest submission with this digest begun at or after `since`. */
  find(account: string, digest: string, since: number): Promise<Submission | undefined>;
  /** Durable before it resolves; answers the key for `settle`. */
  begin(account: string, digest: string, sessionId: string, at: number): Promise<number>;
  settle(key: number, outcome: { state: 'sent'; dmID: string } | { state: 'refused' }): Promise<void>;
}

export interface Store {
  readonly hidden: HiddenMessages;
  readonly readMarks: ReadMarks;
  readonly sizes: MailSizes;
  readonly deliveries: DeliveryLog;
  readonly submissions: Submissions;
  close(): void;
}
