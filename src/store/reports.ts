/** Mails of the gateway itself that wait in a maildrop. */

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
  /** Announced for its mail; undefined until it was listed. */
  readonly octets: number | undefined;
}

/** A box that a mail did not reach, and why. */
export interface FailedSending {
  readonly box: string;
  /** A name from the catalogue of refusals. */
  readonly reason: string;
  /** The status code of ISDS, if it was ISDS that refused. */
  readonly isdsCode: string | undefined;
  /** Of one that nobody can settle: when it was tried by ISDS's clock, and the sizes of its files. */
  readonly attempt?: { readonly at: number; readonly fileOctets: readonly number[] };
}

/** A report that nobody has listed yet. */
export type NewReport = Omit<SendingReport, 'id' | 'octets'>;

/** Reports that wait in the maildrop of their account. */
export interface Reports {
  /** Durable before it resolves. A report with the same digest at or after `since` takes its place: the mail came again. */
  add(account: string, digest: string, since: number, report: NewReport): Promise<void>;
  /** Oldest first. */
  of(account: string): Promise<readonly SendingReport[]>;
  resize(account: string, id: string, octets: number): Promise<void>;
}
