/** A data message on its way from a mail to ISDS, and what became of it. */
import type { Identity } from '../accounts/index.ts';
import type { Clock, Log } from '../core/index.ts';
import type { Refused } from '../refusals/index.ts';
import type { OutgoingMessage } from '../isds/index.ts';
import type { Submissions } from '../store/index.ts';
import type { FailedMessage, Recipient, SentMessage } from './types.ts';
import type { UncertainSubmissions } from './uncertain-submissions.ts';
import type { Sendings } from './sendings.ts';
import type { Uploads } from './uploads.ts';

/** Who sends, and what sending needs. */
export interface DispatchContext {
  readonly identity: Identity;
  readonly sessionId: string;
  /** Message-ID of the mail. */
  readonly messageId: string | undefined;
  readonly submissions: Submissions;
  readonly uploads: Uploads;
  readonly sendings: Sendings;
  readonly doubts: UncertainSubmissions;
  readonly clock: Clock;
  readonly log: Log;
}

/** One data message to be sent. */
export interface Letter {
  readonly recipient: Recipient;
  readonly message: OutgoingMessage;
  /** Of the mail. */
  readonly content: string;
  /** Of this message of the mail. */
  readonly digest: string;
  /** Why it is not to be sent, unless it was before. */
  readonly refusal?: Refused;
}

/** A result that stands in the store, or a failure that ISDS reported for certain. */
export type Result = (SentMessage & { readonly key: number }) | FailedMessage;
