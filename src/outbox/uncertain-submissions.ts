/** What becomes of uncertain submissions: they are reconciled when the mail comes again or a login of the box comes at all, and told to who was not there. */
import { createHash } from 'node:crypto';
import { type Clock, type Log } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import type {
  FailedSending,
  OpenSubmission,
  Reports,
  NewReport,
  SettledSubmission,
  Submission,
  Submissions,
  Tellable,
} from '../store/index.ts';
import { isOverdue } from './same-mail.ts';
import { Reconciliation, type ReconciliationOptions } from './reconcile.ts';
import type { Purpose, SenderIdentity } from './types.ts';

export interface UncertainSubmissionsOptions extends ReconciliationOptions {
  readonly submissions: Submissions;
  readonly reports: Reports;
  readonly clock: Clock;
  readonly log: Log;
}

/** A mail program that logs in may be about to send the mail again, whose reply tells; a report before that would mislead. */
const REPLY_EXPECTED_MS = 15 * 60_000;

export class UncertainSubmissions {
  readonly #options: UncertainSubmissionsOptions;
  readonly #settlement: Reconciliation;

  constructor(options: UncertainSubmissionsOptions) {
    this.#options = options;
    this.#settlement = new Reconciliation(options);
  }

  /** Before a mail is sent again whose earlier messages are in doubt; its reply tells what became of them. */
  async settleBefore(identity: SenderIdentity, own: readonly Submission[]): Promise<void> {
    await this.#settlement.settle(identity, 'now');
    const { submissions, clock } = this.#options;
    const open = new Set((await this.#open(identity)).map(({ key }) => key));
    const settled = own.map(({ key }) => key).filter((key) => !open.has(key));
    await submissions.tell(settled, clock.now());
    await this.#tell(identity, 'sending');
  }

  /** At a session of the account, behind its back: it neither waits for this nor hears of its failures. */
  async tend(identity: SenderIdentity, sessionId: string, purpose: Purpose): Promise<void> {
    const { log } = this.#options;
    const { account } = identity;
    try {
      try {
        if ((await this.#open(identity)).length > 0) await this.#settlement.settle(identity, 'in time');
      } finally {
        // What is known, or will not be known, is told whatever became of the rest.
        await this.#tell(identity, purpose);
      }
    } catch (error) {
      const why = error instanceof Refused ? { reason: error.reason, isdsCode: error.isdsCode } : { err: error };
      log.warn({ session: sessionId, account, ...why }, 'doubts not settled');
    }
  }

  #open({ box, account }: SenderIdentity): Promise<readonly OpenSubmission[]> {
    return this.#options.submissions.open(box.boxId, account);
  }

  /** Puts reports into the maildrops of those who sent. */
  async #tell(identity: SenderIdentity, purpose: Purpose): Promise<void> {
    const { submissions, clock } = this.#options;
    const ripe = (await submissions.untold(identity.box.boxId)).filter(
      ({ dmID, settledAt }) =>
        clock.now() - settledAt >= REPLY_EXPECTED_MS || (purpose === 'reading' && dmID !== undefined),
    );
    for (const settled of byMail(ripe)) await this.#report('outcome', settled);
    const now = { own: clock.now(), isds: identity.isds.serverTime() };
    const overdue = (await this.#open(identity)).filter(
      (submission) => isOverdue(submission, now) && this.#settlement.isLookedFor(identity, submission),
    );
    for (const unsettled of byMail(overdue)) await this.#report('unsettled', unsettled);
  }

  async #report(kind: 'outcome' | 'unsettled', told: readonly (SettledSubmission | OpenSubmission)[]): Promise<void> {
    const [first] = told;
    if (first === undefined) return;
    const { submissions, reports, clock, log } = this.#options;
    const { account, sessionId, messageId, mail } = first;
    const at = clock.now();
    const keys = told.map(({ key }) => key);
    const sent = mail === undefined ? [] : await submissions.sentOf(account, sessionId, mail);
    const report: NewReport = {
      kind,
      at,
      sessionId,
      messageId,
      sent: sent.map(({ recipient: box, dmID }) => ({ box, dmID })),
      failed: told.filter((one) => !('dmID' in one) || one.dmID === undefined).map(failureOf),
    };
    // The digest keeps the same from being told twice when the gateway is killed between the two notes.
    const digest = createHash('sha256').update(JSON.stringify([kind, keys]));
    await reports.add(account, digest.digest('hex'), 0, report);
    await submissions.tell(keys, at);
    log.info({ session: sessionId, account, kind, submissions: keys }, 'doubts told');
  }
}

function failureOf(submission: SettledSubmission | OpenSubmission): FailedSending {
  const { recipient = '', begunAt, isdsAt } = submission;
  if ('dmID' in submission) return { box: recipient, reason: 'not-sent', isdsCode: undefined };
  const fileOctets = (submission.mark?.files ?? []).map(({ octets }) => octets);
  const attempt = { at: isdsAt ?? begunAt, fileOctets };
  return { box: recipient, reason: 'outcome-unsettled', isdsCode: undefined, attempt };
}

/** Those of one mail are told together. */
function byMail<Told extends Tellable>(told: readonly Told[]): readonly (readonly Told[])[] {
  const groups = new Map<string, Told[]>();
  for (const one of told) {
    const key = JSON.stringify([one.account, one.sessionId, one.mail ?? one.key]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}
