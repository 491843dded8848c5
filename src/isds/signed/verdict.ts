/** What is found out about the seal of a signed original (isds §5.3), offline: revocation is not asked for. */

export interface Seal {
  /** `unchecked` without trust anchors. */
  readonly verdict: 'valid' | 'invalid' | 'unchecked';
  /** Why it is invalid. */
  readonly problem?: SealProblem;
  /** Name and organisation in the certificate; only a valid seal makes them more than a claim. */
  readonly signer?: string;
  /** The moment that a time stamp proves, when it was checked and found good. */
  readonly sealedAt?: Date;
  /** False when the seal carries no time stamp (status 0005). */
  readonly timeStamped: boolean;
}

export type SignatureProblem =
  /** It does not belong to what it signs. */
  | 'signature'
  /** Made in a way that is unknown or no longer trusted. */
  | 'algorithm'
  /** The certificate of its key did not come along. */
  | 'certificate-missing';

/** First what is wrong with the seal itself, then with its time stamp. */
export type SealProblem =
  | SignatureProblem
  /** No way from the certificate to a trust anchor. */
  | 'untrusted'
  /** The certificate had ended by then, or not begun. */
  | 'not-in-force'
  | `time-stamp-${SignatureProblem | 'untrusted' | 'not-in-force' | 'unreadable'}`
  /** The time stamp is about another seal. */
  | 'time-stamp-foreign';
