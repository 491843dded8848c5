/**
 * What outlives the process: identifiers, times, sizes and digests, never content, subjects or passwords.
 * Asynchronous, so that a shared database can stand behind the same repositories. Times are milliseconds since the epoch.
 */
import type { DeliveryLog } from './delivery-log.ts';
import type { KnownLogins, LoginFailures } from './logins.ts';
import type { HiddenMessages, ReceivedMails, RetrievalFailures, PendingOriginals } from './maildrop.ts';
import type { MessageIndex } from './message-index.ts';
import type { Reports } from './reports.ts';
import type { Submissions, SentContents, Promises } from './submissions.ts';

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
  /** Why what is written now is not kept; undefined as long as all is well. */
  fault(): string | undefined;
  /** What was written is durable when it resolves. */
  close(): Promise<void>;
}
