/** Reports into the maildrop of the sender: what a mail did not reach, and what became of one whose sender did not hear it. */
import { createHash } from 'node:crypto';
import { type Clock, type Log } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import type { FailedSending, PromisedMail, Reports, SendingReport, Submissions } from '../store/index.ts';
import { isOpen, isRepetition, UNHEARD_MS } from './same-mail.ts';
import type { Sent } from './types.ts';

export interface ReporterOptions {
  readonly reports: Reports;
  readonly submissions: Pick<Submissions, 'find'>;
  readonly clock: Clock;
  readonly log: Log;
}

type Outcome = Pick<SendingReport, 'sent' | 'failed'>;

export class Reporter {
  readonly #options: ReporterOptions;

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  /** Nothing where the reply told everything. The same failures of the same mail, which a mail program sends again, are reported once. */
  async report(mail: PromisedMail, result: PromiseSettledResult<Sent>, unheard: boolean): Promise<void> {
    const sent = result.status === 'fulfilled' ? result.value : undefined;
    if (unheard) await this.#add('outcome', mail, sent ? outcomeOf(sent) : await this.#outcomeOfFailure(mail, result));
    else if (sent !== undefined && sent.failures.length > 0) await this.#add('failures', mail, outcomeOf(sent));
  }

  async #add(kind: SendingReport['kind'], mail: PromisedMail, { sent, failed }: Outcome): Promise<void> {
    if (sent.length + failed.length === 0) return;
    const { reports, clock, log } = this.#options;
    const { account, sessionId, messageId } = mail;
    const at = clock.now();
    // The outcome was promised to this very sending; another one's report may have been deleted.
    const told = kind === 'outcome' ? [kind, sent, sessionId, mail.begunAt] : [];
    const failures = failed.map(({ box, reason, isdsCode }) => [box, reason, isdsCode ?? '']);
    const digest = createHash('sha256').update(JSON.stringify([mail.content, failures, ...told]));
    const report = { kind, at, sessionId, messageId, sent, failed };
    await reports.add(account, digest.digest('hex'), at - UNHEARD_MS, report);
    log.info({ session: sessionId, account, kind, sent: sent.length, failed: failed.length }, 'sending reported');
  }

  /** Of a mail that was refused, some messages may have been sent before; those in doubt are told when they are settled. */
  async #outcomeOfFailure(
    { account, copies, begunAt }: PromisedMail,
    result: PromiseSettledResult<Sent>,
  ): Promise<Outcome> {
    const { submissions } = this.#options;
    const error: unknown = result.status === 'rejected' ? result.reason : undefined;
    const refusal = error instanceof Refused ? error : new Refused('gateway-fault');
    const sent: { box: string; dmID: string }[] = [];
    const failed: FailedSending[] = [];
    for (const { box, digest } of copies) {
      const known = await submissions.find(account, digest);
      const isOfThisMail =
        known !== undefined && (known.begunAt >= begunAt || isRepetition(known, { own: begunAt, isds: undefined }));
      if (isOfThisMail && known.dmID !== undefined) sent.push({ box, dmID: known.dmID });
      else if (known === undefined || !isOpen(known)) failed.push(failedSending(box, refusal));
    }
    return { sent, failed };
  }
}

function outcomeOf({ messages, failures }: Sent): Outcome {
  return {
    sent: messages.map(({ recipient, dmID }) => ({ box: recipient.boxId, dmID })),
    failed: failures.map(({ recipient, refusal }) => failedSending(recipient.boxId, refusal)),
  };
}

function failedSending(box: string, { reason, isdsCode }: Refused): FailedSending {
  return { box, reason, isdsCode };
}
