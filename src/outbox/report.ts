/** The report of a mail that did not reach all of its boxes, as it is kept for the sender's maildrop. */
import { createHash } from 'node:crypto';
import type { SendingReport } from '../store/index.ts';
import type { Dispatched } from './types.ts';

export function reportOf(
  { messages, failures }: Dispatched,
  messageId: string | undefined,
  sessionId: string,
  at: number,
): Omit<SendingReport, 'id'> {
  return {
    kind: 'failures',
    at,
    sessionId,
    messageId,
    sent: messages.map(({ recipient, dmID }) => ({ box: recipient.boxId, dmID })),
    failed: failures.map(({ recipient, refusal: { reason, isdsCode } }) => ({
      box: recipient.boxId,
      reason,
      isdsCode,
    })),
  };
}

/** The same failures of the same mail, which a mail program sends again, are reported once. */
export function failuresDigest(content: string, { failures }: Dispatched): string {
  const failed = failures.map(({ recipient, refusal }) => [recipient.boxId, refusal.reason, refusal.isdsCode ?? '']);
  return createHash('sha256')
    .update(JSON.stringify([content, failed]))
    .digest('hex');
}
