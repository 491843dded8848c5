/** Takes drafts of mail programs and answers for their data messages; at most one of the same content at a time. */
import type { Clock, Log, ThreadPool } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import { type Draft } from '../mail-parser/index.ts';
import { Spool } from '../spool/index.ts';
import type { Promises, Reports, SentContents, Submissions } from '../store/index.ts';
import { composeContent, composeEnvelope, type ComposeLimits, contradictions, findOriginal } from './compose.ts';
import { contentDigest, messageDigest } from './same-mail.ts';
import { dispatch } from './dispatch.ts';
import { UncertainSubmissions } from './uncertain-submissions.ts';
import type { MessageCopy } from './submit.ts';
import { answeredTo, type PaidMessages } from './payment.ts';
import { createRecipientCheck } from './recipient.ts';
import { Reporter } from './report.ts';
import { checkSender } from './address.ts';
import { Attempts } from './attempts.ts';
import { textFile, type TextSettings } from './text-file.ts';
import { SendingsUnderWay } from './sendings-under-way.ts';
import type { Outbox, Recipient, SenderIdentity, Sent } from './types.ts';
import { Uploads } from './large.ts';
import { readEnvelopeOptions } from './envelope-options.ts';

export interface OutboxOptions extends ComposeLimits {
  readonly submissions: Submissions;
  readonly sentContents: SentContents;
  readonly reports: Reports;
  readonly promises: Promises;
  readonly domain: string;
  readonly paidMessages: PaidMessages;
  readonly text: TextSettings;
  /** Where texts become documents. */
  readonly pdfThreads: ThreadPool;
  /** Where the text waits, in a file without a name; must exist. */
  readonly spoolDirectory: string;
  readonly clock: Clock;
  readonly log: Log;
}

export function createOutbox(options: OutboxOptions): Outbox {
  const { submissions, promises, domain, clock, pdfThreads } = options;
  const underWay = new SendingsUnderWay();
  const reporter = new Reporter(options);
  const uploads = new Uploads(clock);
  const attempts = new Attempts(options);
  const doubts = new UncertainSubmissions({ ...options, attempts });

  async function sendMail(
    identity: SenderIdentity,
    recipients: readonly Recipient[],
    draft: Draft,
    digest: string,
    sessionId: string,
  ): Promise<Sent> {
    const original = await findOriginal(identity, draft, domain);
    const { options: asked, problems } = readEnvelopeOptions(draft.envelopeFields);
    const others = recipients.flatMap((recipient) => contradictions(asked, recipient));
    const spool = new Spool(options.spoolDirectory);
    try {
      const text = await textFile(draft, options.text, { spool, account: identity.account, pdfThreads });
      const content = await composeContent(draft, text, options, [...problems, ...others]);
      const copies: MessageCopy[] = [];
      for (const recipient of recipients) {
        const answered = await answeredTo(identity, recipient, original, clock);
        const { fields, ...refusal } = composeEnvelope(asked, recipient, answered, options.paidMessages);
        const message = { ...content, ...fields };
        copies.push({ recipient, message, content: digest, digest: messageDigest(digest, recipient), ...refusal });
      }
      const { messageId } = draft;
      const context = { ...options, identity, sessionId, messageId, uploads, attempts, doubts };
      const sent = await dispatch(copies, context);
      return { ...sent, unsent: text.unsent };
    } finally {
      await spool.dispose();
    }
  }

  return {
    checkSender: (identity, address) => checkSender(identity, address, domain),
    checkRecipient: createRecipientCheck(options),

    async send(identity, recipients, draft, sessionId, sendOptions = {}) {
      const content = contentDigest(identity, draft, domain);
      const copies = recipients.map((recipient) => ({
        box: recipient.boxId,
        digest: messageDigest(content, recipient),
      }));
      const about = {
        account: identity.account,
        content,
        begunAt: clock.now(),
        sessionId,
        messageId: draft.messageId,
        copies,
      };
      return underWay.take(
        {
          content,
          messages: copies.map(({ digest }) => digest),
          send: () => sendMail(identity, recipients, draft, content, sessionId),
          promise: async () => {
            const key = await promises.add(about);
            return () => promises.kept(key);
          },
          ended: (result, unheard) => reporter.report(about, result, unheard),
        },
        sendOptions,
      );
    },

    tend: (identity, sessionId, purpose) => doubts.tend(identity, sessionId, purpose),

    settled: () => underWay.settled(),

    async tellInterrupted() {
      const reason = new Refused('sending-interrupted');
      for (const { key, ...mail } of await promises.open()) {
        await reporter.report(mail, { status: 'rejected', reason }, true);
        await promises.kept(key);
      }
    },

    // After a partial success the same mail is sent once more for the sake of those that it did not reach.
    confirm: async ({ submissions: keys, failures }) => (failures.length > 0 ? undefined : submissions.confirm(keys)),
  };
}
