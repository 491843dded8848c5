/**
 * What outlives the process: identifiers, times, sizes and digests, never content, subjects or passwords.
 * Asynchronous, so that a shared database can stand behind the same repositories. Times are milliseconds since the epoch.
 */
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

/** What stands in the maildrop for a message: itself, its envelope alone, or a notice that it waits. */
export type IndexedKind = 'message' | 'envelope' | 'waiting';

/** A message as it was last listed. */
export interface IndexedMessage {
  readonly dmID: string;
  readonly kind: IndexedKind;
  readonly arrivedAt: number;
  /** Octets that are announced for its mail. */
  readonly octets: number;
  /** ISDS has it as read. */
  readonly read: boolean;
  /** When it was first missing from a complete list. */
  readonly goneAt: number | undefined;
}

/** When an account's messages were picked up, and what for. */
export interface PickupState {
  readonly lastCallAt: number | undefined;
  /** The last list of everything; undefined means that no list is known at all. */
  readonly lastFullAt: number | undefined;
  /** From which arrival on the next list has to ask. */
  readonly since: number | undefined;
  /** When the user allowed one call by command. */
  readonly permittedAt: number | undefined;
}

/** What one successful list of messages changes, all or nothing. */
export interface IndexChange {
  readonly messages: readonly IndexedMessage[];
  /** Messages that a complete list no longer had. */
  readonly gone: readonly string[];
  readonly calledAt: number;
  readonly full: boolean;
  readonly since: number | undefined;
  /** The permission that the call has used up; one that was given meanwhile stays. */
  readonly permittedAt?: number | undefined;
}

/** The last known complete list of an account. */
export interface MessageIndex {
  /** Oldest arrival first. */
  messages(account: string): Promise<readonly IndexedMessage[]>;
  /** Those of the messages that the list has. */
  find(account: string, dmIDs: readonly string[]): Promise<readonly IndexedMessage[]>;
  /** Another number after every change of what makes up the account's maildrops: the list, and what its views have hidden and received. */
  revision(account: string): Promise<number>;
  state(account: string): Promise<PickupState>;
  /** Takes a list over, a long one in parts; a permission, if there was one, is used up. */
  apply(account: string, change: IndexChange): Promise<void>;
  /** Adds messages that wait and were not listed yet; what is known already stays as it is. */
  announce(account: string, messages: readonly IndexedMessage[]): Promise<void>;
  permit(account: string, at: number): Promise<void>;
  resize(account: string, dmID: string, octets: number): Promise<void>;
  markRead(account: string, dmID: string): Promise<void>;
}

/** A call of GetListOfReceivedMessages that is about to be sent: a legal act (isds §3.1). */
export interface DeliveryStart {
  /** By the gateway's clock. */
  readonly at: number;
  /** By ISDS's clock; undefined when that is not known. */
  readonly from: number | undefined;
  readonly account: string;
  readonly boxId: string;
  /** Sum of the rights that the login had. */
  readonly rights: number;
  readonly sessionId: string;
  /** Why the call was allowed. */
  readonly reason: string;
}

/** `refused` is certain not to have been carried out, `failed` may have been. */
export type DeliveryOutcome = 'listed' | 'failed' | 'refused';

/** One call as later answers are held against it; times by ISDS's clock. */
export interface DeliveryCall {
  readonly key: number;
  readonly rights: number;
  readonly from: number;
  /** Undefined, like the outcome, while the call is under way, and for ever when the gateway was stopped during it. */
  readonly to: number | undefined;
  readonly outcome: DeliveryOutcome | undefined;
}

/** How a message was delivered: by a call of this gateway, by fiction, in another way, or in one that cannot be told. */
export type DeliveryManner = 'delivered' | 'fiction' | 'elsewhere' | 'unknown';

/** What an answer told of a message's delivery. */
export interface ToldDelivery {
  readonly dmID: string;
  readonly manner: DeliveryManner | 'waiting';
  /** The call that delivered it, otherwise the one whose answer told it. */
  readonly call: number;
  /** By ISDS's clock. */
  readonly deliveredAt: number | undefined;
}

/** What is on record of a message; of one that was listed before the record began no call is known. */
export interface KnownDelivery extends Pick<ToldDelivery, 'manner' | 'deliveredAt'> {
  readonly call: number | undefined;
}

/** How a call ended. */
export interface DeliveryEnd {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly outcome: DeliveryOutcome;
  readonly told: readonly ToldDelivery[];
}

/** A call as people read it, with what is said of the messages that it delivered or of which it told first. */
export interface Delivery extends Readonly<Record<DeliveryManner, readonly string[]>> {
  /** By ISDS's clock, or by the gateway's where that is not known. */
  readonly at: number;
  readonly account: string;
  readonly sessionId: string;
  readonly reason: string;
  readonly outcome: DeliveryOutcome | undefined;
}

export interface DeliveryLog {
  /** Written before the call, so that no delivery goes unrecorded; answers the key for `finish`. */
  begin(start: DeliveryStart): Promise<number>;
  /** A message that waits may be told of again; how it was delivered is said once, unless ISDS tells another time of it. All or nothing. */
  finish(key: number, end: DeliveryEnd): Promise<void>;
  /** What is on record of these messages, whichever login of their box was told. */
  told(dmIDs: readonly string[]): Promise<ReadonlyMap<string, KnownDelivery>>;
  /** Calls for a box that were sent between two moments of ISDS's clock, in their order. */
  sent(boxId: string, from: number, to: number): Promise<readonly DeliveryCall[]>;
  /** Newest first. */
  newest(account: string | undefined, limit: number): Promise<readonly Delivery[]>;
}

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
  /** All or none; durable before it resolves. Answers the keys for `settle`, in their order. */
  begin(starts: readonly SubmissionStart[]): Promise<readonly number[]>;
  /** What ISDS answered. */
  settle(key: number, outcome: { state: 'sent'; dmID: string } | { state: 'refused' }): Promise<void>;
  /** Those of unknown fate that the box began, by whichever login, and nobody was told of; oldest first. */
  open(box: string, account: string): Promise<readonly OpenSubmission[]>;
  /** Those of the messages that are on record as sent, by whichever login of the box. */
  claimed(dmIDs: readonly string[]): Promise<ReadonlySet<string>>;
  /** A submission in doubt was sent as this message; false, and nothing is changed, when the message is another one's. */
  claim(key: number, dmID: string, at: number): Promise<boolean>;
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

/**
 * What a report is about: boxes that a mail did not reach, the result of a sending that its sender was not told, or one of
 * which nobody knows whether it was sent.
 */
export type ReportKind = 'failures' | 'outcome' | 'unsettled';

/** What became of a mail, for a sender who was not told all of it. */
export interface SendingReport {
  readonly id: string;
  readonly kind: ReportKind;
  readonly at: number;
  /** Of the session in which the mail was sent. */
  readonly sessionId: string;
  /** Message-ID of the mail, so that programs show the report beside it. */
  readonly messageId: string | undefined;
  readonly sent: readonly { readonly box: string; readonly dmID: string }[];
  readonly failed: readonly FailedSending[];
}

export interface FailedSending {
  readonly box: string;
  /** A name from the catalogue of refusals. */
  readonly reason: string;
  /** The status code of ISDS, if it was ISDS that refused. */
  readonly isdsCode: string | undefined;
  /** Of one that nobody can settle: when it was tried by ISDS's clock, and the sizes of its files. */
  readonly attempt?: { readonly at: number; readonly fileOctets: readonly number[] };
}

/** Reports that wait in the maildrop of their account. */
export interface Reports {
  /** Durable before it resolves. A report with the same digest at or after `since` takes its place: the mail came again. */
  add(account: string, digest: string, since: number, report: Omit<SendingReport, 'id'>): Promise<void>;
  /** Oldest first. */
  of(account: string): Promise<readonly SendingReport[]>;
}

/** A message whose content could not be had when it was asked for last. */
export interface RetrievalFailure {
  readonly failedAt: Moment;
  /** Failures that count: ISDS answered something else well around them. */
  readonly tries: number;
  readonly firstTryAt: Moment | undefined;
  readonly lastTryAt: Moment | undefined;
}

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

/** Who has logged in here, for how long the accounts room wants to know it. */
export interface KnownLogins {
  /** An account has one box, the last one noted. What is older than `forgetBefore` is forgotten, of all accounts. */
  note(entry: KnownLogin, at: number, forgetBefore: number): Promise<void>;
  /** Logins of the box that were noted at or after `since`. */
  ofBox(boxId: string, since: number): Promise<readonly Pick<KnownLogin, 'account' | 'login'>[]>;
  /** Networks from which anybody was noted at or after `since`. */
  networks(since: number): Promise<readonly string[]>;
  /** Of a login that has no box of its own here: only where it came from. */
  noteNetwork(entry: Pick<KnownLogin, 'account' | 'network'>, at: number): Promise<void>;
  cameFrom(account: string, network: string, since: number): Promise<boolean>;
}

export interface KnownLogin {
  readonly account: string;
  /** As it was typed when ISDS accepted it. */
  readonly login: string;
  readonly boxId: string;
  readonly network: string;
}

/** A log-in that ISDS refused; or that was under way when the process ended, so that nobody knows. */
export interface LoginFailure {
  /** Empty after it was forgiven: it counts for all, but against nobody. */
  readonly account: string;
  readonly network: string;
  readonly kind: 'stranger' | 'known' | 'renewal' | 'repeat';
}

/** What the throttle before ISDS must not forget when the process ends; each is durable before it resolves. */
export interface LoginFailures {
  /** Answers the key. */
  add(failure: LoginFailure, moment: Moment): Promise<number>;
  happened(key: number, moment: Moment): Promise<void>;
  remove(key: number): Promise<void>;
  all(): Promise<readonly (LoginFailure & { readonly key: number; readonly moment: Moment })[]>;
  /** ISDS has blocked the account, or with the empty name our address, for so many milliseconds from the moment on. */
  block(account: string, lasts: number, moment: Moment): Promise<void>;
  blocks(): Promise<readonly { readonly account: string; readonly lasts: number; readonly moment: Moment }[]>;
  /** Of one account, or everything. */
  forgive(account: string | undefined): Promise<void>;
}

/** A mail whose sender was told that it is still being sent and that its result comes as a report. */
export interface PromisedMail {
  readonly account: string;
  /** Digest of what the sender wrote. */
  readonly content: string;
  readonly begunAt: number;
  readonly sessionId: string;
  readonly messageId: string | undefined;
  readonly letters: readonly { readonly box: string; readonly digest: string }[];
}

export interface Promises {
  /** Durable before it resolves; answers the key for `kept`. */
  add(mail: PromisedMail): Promise<number>;
  kept(key: number): Promise<void>;
  /** Those that were not kept yet, oldest first. */
  open(): Promise<readonly (PromisedMail & { readonly key: number })[]>;
}

export interface Store {
  readonly hidden: HiddenMessages;
  readonly received: ReceivedMails;
  readonly index: MessageIndex;
  readonly deliveries: DeliveryLog;
  readonly submissions: Submissions;
  readonly sentContents: SentContents;
  readonly logins: KnownLogins;
  readonly loginFailures: LoginFailures;
  readonly reports: Reports;
  readonly retrievalFailures: RetrievalFailures;
  readonly pendingOriginals: PendingOriginals;
  readonly promises: Promises;
  close(): void;
}
