/** Takes drafts of mail programs and answers for their data messages; at most one of the same content at a time. */
import { type Clock, type Log, pickupAddress } from '../core/index.ts';
import type { MessageIndex, Reports, Submissions } from '../store/index.ts';
import { addressTo, composeContent, type ComposeLimits, findOriginal } from './compose.ts';
import { contentDigest, messageDigest } from './digest.ts';
import { dispatch, DOUBT_MS } from './dispatch.ts';
import { createRecipientCheck } from './recipient.ts';
import { failuresDigest, reportOf } from './report.ts';
import { checkSender } from './sender.ts';
import { Turns } from './turns.ts';
import type { Outbox } from './types.ts';

export interface OutboxOptions extends ComposeLimits {
  readonly submissions: Submissions;
  readonly reports: Reports;
  readonly index: Pick<MessageIndex, 'permit'>;
  readonly domain: string;
  readonly clock: Clock;
  readonly log: Log;
}

export function createOutbox(options: OutboxOptions): Outbox {
  const { submissions, reports, domain, clock } = options;
  /** A mail that comes again while it is being sent waits, and then gets the first results. */
  const turns = new Turns();

  return {
    isPickupAddress: (address) => address.toLowerCase() === pickupAddress(domain),
    permitPickup: (identity) => options.index.permit(identity.account, clock.now()),
    checkSender: (identity, address) => checkSender(identity, address, domain),
    checkRecipient: createRecipientCheck(domain, clock),

    async send(identity, recipients, draft, sessionId) {
      const original = await findOriginal(identity, draft, domain);
      const content = await composeContent(draft, options);
      const digest = contentDigest(identity, draft, domain);
      const letters = recipients.map((recipient) => ({
        recipient,
        message: addressTo(recipient, content, original),
        digest: messageDigest(digest, recipient),
      }));
      return turns.take(digest, async () => {
        const sent = await dispatch(identity, letters, sessionId, options);
        if (sent.failures.length > 0) {
          const report = reportOf(sent, draft.messageId, sessionId, clock.now());
          await reports.add(identity.account, failuresDigest(digest, sent), clock.now() - DOUBT_MS, report);
        }
        return sent;
      });
    },

    // After a partial success the same mail is sent once more for the sake of those that it did not reach.
    confirm: async ({ submissions: keys, failures }) => (failures.length > 0 ? undefined : submissions.confirm(keys)),
  };
}
