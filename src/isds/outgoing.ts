/** What is sent: envelopes, recipients and files (isds §6). */
import { IsdsError } from './error.ts';

/** On what law the message rests (isds §4.1). */
export interface LegalTitle {
  readonly law: string | undefined;
  readonly year: string | undefined;
  readonly section: string | undefined;
  readonly paragraph: string | undefined;
  readonly point: string | undefined;
}

/** A file on its way to ISDS. */
export interface OutgoingFile {
  readonly name: string;
  readonly mimeType: string;
  readonly metaType: 'main' | 'enclosure';
  /** Exact number of octets that `open` yields. */
  readonly size: number;
  /** Lower-case hexadecimal SHA-256 of the octets, from when they were received. */
  readonly sha256: string;
  /** The octets from the beginning; may be opened more than once. */
  open(): AsyncIterable<Buffer>;
}

/** What is said of a message beside its recipients and files (isds §6.1); undefined fields are sent nil. */
export interface OutgoingEnvelope {
  readonly annotation: string;
  readonly senderRefNumber?: string;
  readonly recipientRefNumber?: string;
  readonly senderIdent?: string;
  readonly recipientIdent?: string;
  /** `law` and `year` are whole numbers (XSD). */
  readonly legalTitle?: Partial<LegalTitle>;
  readonly personalDelivery?: boolean;
  readonly allowSubstDelivery?: boolean;
  /** Publishes who sends beside the box: true the name, a number the sum of IdLevel bits (isds §6.1). */
  readonly publishOwnId?: true | number;
  /** I initiatory, O reply, K by contract, E from credit; undefined lets ISDS choose (isds §6.1). */
  readonly type?: 'I' | 'O' | 'K' | 'E';
}

/** Input of CreateMessage. */
export interface OutgoingMessage extends OutgoingEnvelope {
  readonly recipientBox: string;
  readonly toHands?: string;
  readonly files: readonly OutgoingFile[];
}

/** Input of CreateMultipleMessage (isds §6.2). */
export interface OutgoingMultiple extends OutgoingEnvelope {
  readonly recipients: readonly OutgoingRecipient[];
  readonly files: readonly OutgoingFile[];
}

/** One of several boxes that get the same message. */
export interface OutgoingRecipient {
  readonly boxId: string;
  readonly toHands?: string;
}

/** What became of the message to one of several recipients; the error's outcome says whether it may exist nevertheless. */
export type SingleOutcome = { readonly dmID: string } | { readonly error: IsdsError };

/** A file that ISDS keeps for a large message; it may be used in several of the same box while it lives (isds §6.4). */
export interface UploadedFile {
  readonly attachmentId: string;
  /** As ISDS gave them, to be given back; those of known algorithms were found to be right. */
  readonly digests: readonly [AttachmentDigest, AttachmentDigest];
}

/** What ISDS reckoned of an uploaded file. */
export interface AttachmentDigest {
  /** At present SHA-256 and SHA3-256. */
  readonly algorithm: string;
  readonly value: string;
}

/** Input of CreateBigMessage (isds §6.4): one recipient, and files that were uploaded before. */
export interface OutgoingBigMessage extends OutgoingEnvelope {
  readonly recipientBox: string;
  readonly toHands?: string;
  readonly files: readonly { readonly uploaded: UploadedFile; readonly metaType: OutgoingFile['metaType'] }[];
}

/** Its request is cut short, so that ISDS cannot take it. */
export function differsInSize(): IsdsError {
  return new IsdsError({ kind: 'unsendable', problem: 'a file is not as long as it was said to be' });
}
