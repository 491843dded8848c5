/** What may be asked of ISDS in the name of one login, in parts by who asks, and how each call is watched. */
import type { IsdsError } from './error.ts';
import type {
  OutgoingBigMessage,
  OutgoingFile,
  OutgoingMessage,
  OutgoingMultiple,
  SingleOutcome,
  UploadedFile,
} from './outgoing.ts';
import type {
  BoxState,
  Credentials,
  DownloadEvent,
  Envelope,
  FoundBox,
  ListQuery,
  NotificationPage,
  OriginalDownloadEvent,
  OwnerInfo,
  PdzOffer,
  Prices,
  SentFile,
  UserInfo,
} from './types.ts';

export interface CallOptions {
  /** Ends the call; the client has its own deadline besides. */
  readonly signal?: AbortSignal;
  /** Ends the wait for the call's turn; a call that has begun goes on. */
  readonly deserted?: AbortSignal;
  /** Nobody sits in front of it: the call may wait for its turn as long as the longest one before it takes. */
  readonly waitsLong?: boolean;
  /** Runs when the call has its turn, before its request leaves, and again when ISDS asks for it to be repeated; throws to prevent it. */
  readonly beforeSending?: () => void | Promise<void>;
}

/** Whose the box is, and ISDS's clock, which any answer tells. */
export interface ClockCalls {
  /**
   * What ISDS's own clock shows now, in milliseconds since the epoch, true to some two seconds; undefined before ISDS has
   * answered anything. Asks nothing.
   */
  serverTime(): number | undefined;
  getOwnerInfo(options?: CallOptions): Promise<OwnerInfo>;
}

/** What a log-in asks. */
export interface LoginCalls extends ClockCalls {
  getUserInfo(options?: CallOptions): Promise<UserInfo>;
  /** When the password ends; undefined is never. */
  getPasswordExpiry(options?: CallOptions): Promise<Date | undefined>;
}

/** What reading a box asks. */
export interface ReadingCalls extends ClockCalls {
  /**
   * GetListOfReceivedMessages, newest first. **A legal act**: it delivers every waiting message that the login may read,
   * whatever the query says (isds §3).
   */
  listReceived(query: ListQuery, options?: CallOptions): Promise<Envelope[]>;
  /** So that ISDS notes arrivals from now on; done already is success. Certificate logins only, as the next one. */
  registerForNotifications(options?: CallOptions): Promise<void>;
  /** GetListForNotifications of the own box, from an arrival at most three days ago; it delivers nothing (isds §4.4). */
  listNotifications(from: Date, options?: CallOptions): Promise<NotificationPage>;
  downloadEnvelope(dmID: string, options?: CallOptions): Promise<Envelope>;
  downloadMessage(dmID: string, options?: CallOptions): AsyncIterable<DownloadEvent>;
  /** The message with its signed original, from one SignedMessageDownload. See `isWithoutOriginal` for when there is none. */
  downloadOriginal(dmID: string, options?: CallOptions): AsyncIterable<OriginalDownloadEvent>;
  markAsDownloaded(dmID: string, options?: CallOptions): Promise<void>;
  /**
   * A large message (VoDZ): its envelope is asked for, then one attachment after the other, each with a turn of its own.
   * Rejects with 1281 for an ordinary message.
   */
  downloadBigMessage(dmID: string, options?: CallOptions): AsyncIterable<DownloadEvent>;
  /** As downloadOriginal, from one SignedBigMessageDownload. */
  downloadBigOriginal(dmID: string, options?: CallOptions): AsyncIterable<OriginalDownloadEvent>;
}

/** What is asked about the box that a message is for, and about paying. */
export interface RecipientCalls {
  checkBox(boxId: string, options?: CallOptions): Promise<BoxState>;
  /** ISDSSearch3 by box ID; undefined when the search finds nothing. */
  findBox(boxId: string, options?: CallOptions): Promise<FoundBox | undefined>;
  /** ISDSSearch3 by IČO: the first hundred boxes of that organisation which this login may see. */
  findBoxesByIco(ico: string, options?: CallOptions): Promise<readonly FoundBox[]>;
  /** PDZSendInfo: may this login pay for a commercial message to that box? */
  canSendPdz(boxId: string, options?: CallOptions): Promise<boolean>;
  /** PDZInfo of the own box, which is asked for first. */
  pdzOffers(options?: CallOptions): Promise<readonly PdzOffer[]>;
  /** GetConstants. */
  prices(options?: CallOptions): Promise<Prices>;
}

/** What sending asks; the envelope is that of a message that is answered. */
export interface SendingCalls extends ClockCalls, Pick<ReadingCalls, 'downloadEnvelope'> {
  /** GetListOfSentMessages, newest first; it delivers nothing. */
  listSent(query: ListQuery, options?: CallOptions): Promise<Envelope[]>;
  /**
   * The files of a message that this box sent, in their order, from one SignedSentMessageDownload, or SignedSentBigMessageDownload
   * for a large one; 1281 says that it is of the other kind. Delivers nothing (isds §3.1).
   */
  sentFiles(dmID: string, kind: Pick<Envelope, 'vodz'>, options?: CallOptions): Promise<readonly SentFile[]>;
  /**
   * UploadAttachment: a file of a large message, checked by ISDS for its format and for viruses. Doing it again does no harm:
   * what is not used in a message within two hours vanishes (isds §6.4).
   */
  uploadAttachment(file: OutgoingFile, options?: CallOptions): Promise<UploadedFile>;
  /** CreateBigMessage, once as createMessage; answers the dmID. */
  createBigMessage(message: OutgoingBigMessage, options?: CallOptions): Promise<string>;
  /** CreateMessage; answers the dmID of the new message. Never repeated by the client (isds §6.6). */
  createMessage(message: OutgoingMessage, options?: CallOptions): Promise<string>;
  /**
   * CreateMultipleMessage, once as createMessage. The outcomes stand in the order in which ISDS answered; that it is the order
   * of the recipients is UNVERIFIED (isds §6.2). Rejects when nothing was sent to anybody, or when nobody knows (`unknown`).
   */
  createMultipleMessage(message: OutgoingMultiple, options?: CallOptions): Promise<readonly SingleOutcome[]>;
}

/**
 * ISDS as one login sees it. Calls of one login run one after the other (fair use, isds §1.8).
 * Every method rejects with an IsdsError, or with what the guard threw.
 */
export interface IsdsAccount extends LoginCalls, ReadingCalls, RecipientCalls, SendingCalls {}

/** Watches the calls of one login, so that a password that went wrong is not tried again. */
export interface CallGuard {
  /** Runs when the call has its turn, before anything is sent; rejects to prevent it. The signal aborts when nobody wants the call any more. */
  before(signal: AbortSignal | undefined): Promise<CallWatch>;
}

/** Is told how a call turns out. */
export interface CallWatch {
  /** The answer has begun, and the log-in was accepted. */
  answered(): void;
  /** Runs at the end of every call, once; with the error of one that failed. */
  ended(error?: IsdsError): void;
}

/** ISDS for any login. */
export interface Isds {
  account(credentials: Credentials, guard?: CallGuard): IsdsAccount;
  /** Lets go of the connections. */
  close(): Promise<void>;
}
