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

/** A picture of the body; nothing says yet that it is one. */
export interface DraftPicture extends DraftFile {
  /** Width at which the HTML shows it, in CSS pixels. */
  readonly shownWidth: number | undefined;
}

/** A mail as it may become a data message. */
export interface Draft {
  /** Address of the From header, if there is one. */
  readonly from: string | undefined;
  readonly messageId: string | undefined;
  /** Subject as one line; empty when there is none. */
  readonly subject: string;
  /** Message-IDs that this mail answers, best first: In-Reply-To, then References from the last to the first. */
  readonly answers: readonly string[];
  /** X-ISDS fields: what the sender asks of the envelope, not checked yet. */
  readonly envelopeFields: readonly MailField[];
  /** When the mail says that it was written, if it does. */
  readonly date: Date | undefined;
  /** The body as plain text with \n line ends and PICTURE_PLACE for its pictures; undefined when it has neither. */
  readonly text: string | undefined;
  /** For each PICTURE_PLACE of the text, in their order, a picture that the HTML of the mail shows. */
  readonly pictures: readonly DraftPicture[];
  /** Attachments in the order of the mail. */
  readonly files: readonly DraftFile[];
}
