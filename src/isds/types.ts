/** The values that walk between ISDS and the rest of the house; names are the dossier's, nil and missing elements are undefined. */
import type { Secret } from '../core/index.ts';
import type { LegalTitle } from './outgoing.ts';
import type { Seal } from './signed/verdict.ts';

/** A login with name and password (isds §2.1). */
export interface PasswordCredentials {
  readonly kind: 'password';
  readonly login: string;
  readonly password: Secret;
}

/** A system certificate registered to one box (isds §2.1); `login` is our own name for it, ISDS knows none. */
export interface CertificateCredentials {
  readonly kind: 'certificate';
  readonly login: string;
  /** In PEM, as is the key. */
  readonly certificate: string;
  readonly key: Secret;
}

export type Credentials = PasswordCredentials | CertificateCredentials;

/** Bits of `userPrivils` (isds §2.7). */
export const Right = {
  readOrdinary: 1,
  readPersonal: 2,
  createMessage: 4,
  viewInfo: 8,
  searchBoxes: 16,
} as const;

/** The box behind a login: GetOwnerInfoFromLogin2 (isds §2.3). */
export interface OwnerInfo {
  readonly boxId: string;
  /** OVM, PO, PFO, FO or a finer type (isds §8.5). */
  readonly boxType: string;
  /** Name of the organisation, or the person's names. */
  readonly name: string;
  /** 1 accessible; 2, 4, 6 inaccessible; 3 not yet activated; 5 erased (isds §3.6, §8.1). */
  readonly boxState: number | undefined;
}

/** The person behind a login: GetUserInfoFromLogin2 (isds §2.3). */
export interface UserInfo {
  /** Sum of `Right` bits. */
  readonly rights: number;
  readonly userType: string | undefined;
}

/**
 * What is known of a message beside its files: gMessageEnvelope and the record around it (isds §4.1).
 * `arrivedAt` is dodání (dmDeliveryTime), `deliveredAt` is doručení (dmAcceptanceTime): the English element names mislead.
 */
export interface Envelope {
  readonly dmID: string;
  /** dmType; undefined is a public message (isds §4.2). */
  readonly type: string | undefined;
  readonly vodz: boolean;
  readonly suspicious: boolean;
  readonly senderBox: string | undefined;
  readonly sender: string | undefined;
  readonly senderAddress: string | undefined;
  /** 0 is a system message; fine types since June 2026 (isds §8.5). */
  readonly senderType: number | undefined;
  readonly recipientBox: string | undefined;
  readonly recipient: string | undefined;
  readonly recipientAddress: string | undefined;
  readonly toHands: string | undefined;
  readonly annotation: string | undefined;
  readonly senderRefNumber: string | undefined;
  readonly recipientRefNumber: string | undefined;
  readonly senderIdent: string | undefined;
  readonly recipientIdent: string | undefined;
  readonly legalTitle: LegalTitle;
  readonly personalDelivery: boolean;
  readonly allowSubstDelivery: boolean | undefined;
  /** Message state 1–10 (isds §3.4); 0 when ISDS did not say. */
  readonly state: number;
  /** dmAttachmentSize: octets of the serialised dmFiles element in units of 1024, rounded to nearest (isds §4.1). */
  readonly attachmentSize: number | undefined;
  readonly arrivedAt: Date | undefined;
  readonly deliveredAt: Date | undefined;
}

/** Arrival interval of a list; undefined is open. */
export interface ListQuery {
  readonly from?: Date;
  readonly to?: Date;
  /** Sum of 2^state, or -1 for all. */
  readonly statusFilter: number;
  readonly limit: number;
}

/** A message that arrived, told without being delivered: a record of GetListForNotifications (isds §4.4). */
export interface Notification {
  readonly dmID: string;
  readonly arrivedAt: Date | undefined;
  readonly personalDelivery: boolean;
  readonly recipientBox: string | undefined;
  readonly annotation: string | undefined;
  readonly senderBox: string | undefined;
  readonly sender: string | undefined;
}

/** Part of what happened to sent messages. */
export interface NotificationPage {
  /** Oldest first. */
  readonly notifications: readonly Notification[];
  /** More are to be asked for, from the time of the last one. */
  readonly continues: boolean;
}

/** What ISDS says of a file before its content. */
export interface FileHeader {
  /** dmFileDescr as the sender gave it: untrusted. */
  readonly name: string;
  readonly mimeType: string;
  readonly metaType: string;
  /** How the content octets that follow are written; `octets` are the file as it is. */
  readonly encoding: 'base64' | 'xml' | 'octets';
}

/**
 * A message as it streams in. `content` carries the octets as they stand in the answer: base64 with the sender's white
 * space, XML, to which declarations of the namespaces it uses are added where it lacks them, or the file itself. `end`
 * comes once, after everything arrived, was well-formed and the status was a success.
 */
export type DownloadEvent =
  | { readonly kind: 'file'; readonly file: FileHeader }
  | { readonly kind: 'content'; readonly octets: Buffer }
  | { readonly kind: 'end'; readonly envelope: Envelope };

/**
 * A message with its signed original as both stream in, interleaved. `file` and `content` are as in DownloadEvent; `original`
 * are the octets of the CMS file (.zfo) in their order. `end` comes once, after everything arrived, the content had the
 * digest that was sealed and the message was the one asked for; whatever is wrong with the seal beyond that is its verdict.
 */
export type OriginalDownloadEvent =
  | Exclude<DownloadEvent, { readonly kind: 'end' }>
  | { readonly kind: 'original'; readonly octets: Buffer }
  | { readonly kind: 'end'; readonly envelope: Envelope; readonly seal: Seal };

/** A file of a message that was sent, as it is told apart from others. */
export interface SentFile {
  /** As ISDS has it, which rewrites names (isds §6.1). */
  readonly name: string;
  readonly size: number;
  /** Of the octets, in lower-case hexadecimal. */
  readonly sha256: string;
}

/** CheckDataBox (isds §8.1): state of a box, as numbered in OwnerInfo.boxState. */
export type BoxState = number;

/** What the asking box may send to the found one (isds §8.2). */
export type SendOptions = 'DZ' | 'ALL' | 'PDZ' | 'NONE' | 'DISABLED';

/** A box as the search shows it (isds §8.2). */
export interface FoundBox {
  readonly boxId: string;
  readonly boxType: string | undefined;
  readonly name: string | undefined;
  readonly address: string | undefined;
  readonly sendOptions: SendOptions | undefined;
}

/** A way to pay for commercial messages: a record of PDZInfo (isds §8.4). */
export interface PdzOffer {
  /** O a reply that its addressee prepaid, G subsidised, K by contract, E from credit. */
  readonly type: string;
  /** To whom it may be used; undefined is everybody. */
  readonly recipientBox: string | undefined;
  readonly payerBox: string | undefined;
  /** Undefined is never. */
  readonly expiresAt: Date | undefined;
  /** Messages that are left; undefined is any number. */
  readonly count: number | undefined;
  /** Of type O only: senderRefNumber of the message that may be answered. */
  readonly replyIdent: string | undefined;
}

/** What a commercial message costs today, in haléře (1/100 Kč); undefined where ISDS names no price (isds §8.4). */
export interface Prices {
  readonly fromCredit: number | undefined;
  readonly byContract: number | undefined;
  readonly largeFromCredit: number | undefined;
  readonly largeByContract: number | undefined;
}
