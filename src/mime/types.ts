/** An e-mail taken apart, ready to become a data message. */

/** A file of the mail, in an unlinked temporary file. */
export interface DraftFile {
  /** File name in NFC, without path, control and bidirectional characters. */
  readonly name: string;
  /** Content type as the mail program declared it: untrusted. */
  readonly declaredType: string;
  readonly size: number;
  /** Lower-case hexadecimal SHA-256 of the octets. */
  readonly sha256: string;
  open(): AsyncIterable<Buffer>;
  /** The octets from a position on, fewer than `length` only where the file ends: a ZIP keeps its directory at the end. */
  read(position: number, length: number): Promise<Buffer>;
}

/** A field of the mail's head; its name is in lower case. */
export interface MailField {
  readonly name: string;
  readonly value: string;
}

export interface Draft {
  /** Address of the From header, if there is one. */
  readonly from: string | undefined;
  readonly messageId: string | undefined;
  /** Subject as one line; empty when there is none. */
  readonly subject: string;
  /** Message-IDs that this mail answers, best first: In-Reply-To, then References from the last to the first. */
  readonly answers: readonly string[];
  /** X-ISDS fields: what the sender wishes of the envelope, not judged yet. */
  readonly wishes: readonly MailField[];
  /** The body as plain text with \n line ends; undefined when the mail has no text. */
  readonly text: string | undefined;
  /** Attachments in the order of the mail, layout pictures left out. */
  readonly files: readonly DraftFile[];
}
