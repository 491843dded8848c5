/** Mails that must not become data messages: what is answered instead of sending them (mail-clients §11). */
import { type Phrase, Refused } from '../refusals/index.ts';
import type { DraftMail } from '../mail-parser/index.ts';

/** Display name of Outlook's account test in every language version. */
const OUTLOOK_TEST_SENDER = 'Microsoft Outlook';

const REASONS = {
  'automatic-reply': 'mail-automatic',
  'calendar-reply': 'mail-calendar-reply',
  'delivery-report': 'mail-delivery-report',
  reaction: 'mail-reaction',
  recall: 'mail-recall',
  redirected: 'mail-redirected',
} as const;

/**
 * What the 250 says for a mail that is taken and thrown away, undefined for a letter to be sent. Programs send receipts and
 * tests by themselves, so a refusal would show an error for something that their user did not do. Throws Refused for the rest.
 */
export function answerWithoutSending(mail: DraftMail, toSelf: boolean): Phrase | undefined {
  if (mail.nature === 'read-receipt') return 'receipt-discarded';
  if (mail.nature !== 'letter') throw new Refused(REASONS[mail.nature]);
  return toSelf && mail.fromName === OUTLOOK_TEST_SENDER ? 'test-discarded' : undefined;
}
