/** Reply codes of SMTP for refusals: by their class, and where one says more, by what it is about (RFC 5321 §4.2, RFC 3463). */
import { catalogue } from './catalogue.ts';
import type { RefusalClass } from './catalogue-entry.ts';
import type { Refusal, RefusalReason } from './refusal.ts';

/** Reply code and enhanced status code. */
type SmtpCode = `${4 | 5}${string} ${4 | 5}.${string}`;

const OF_CLASS: Readonly<Record<RefusalClass, SmtpCode>> = {
  credentials: '535 5.7.8',
  throttled: '454 4.7.0',
  temporary: '451 4.3.0',
  permanent: '554 5.6.0',
};

/** Where a mail program, or whoever reads its log, is told more than the class. */
const SAYING_MORE: Readonly<Record<string, readonly RefusalReason[]>> = {
  '555 5.5.4': ['parameters-unknown'],
  '450 4.7.1': ['recipients-paused'],
  '451 4.3.2': ['gateway-busy', 'account-busy', 'isds-maintenance', 'isds-busy', 'account-under-way'],
  '451 4.4.0': ['sending-under-way'],
  '451 4.4.1': ['isds-unreachable', 'isds-untrusted', 'list-under-way'],
  '452 4.3.1': ['storage-full', 'upload-quota-full'],
  '452 4.5.3': ['recipients-too-many'],
  '454 4.7.0': ['password-doubted', 'login-page', 'login-unanswered'],
  '530 5.7.0': ['login-required', 'encryption-required'],
  '550 5.1.1': ['recipient-ico-unknown', 'recipient-unknown', 'recipient-system-box'],
  '550 5.1.3': [
    'recipient-option-unknown',
    'recipient-name-malformed',
    'recipient-ico-malformed',
    'recipient-repeated',
    'recipient-malformed',
  ],
  '550 5.1.4': ['recipient-ico-ambiguous'],
  '550 5.2.1': ['recipient-inaccessible'],
  '550 5.5.3': ['recipients-mixed', 'isds-recipients-too-many'],
  '550 5.7.1': [
    'paid-message-off',
    'prepaid-reply-gone',
    'prepaid-reply-impossible',
    'initiatory-impossible',
    'not-permitted',
    'isds-refused',
    'content-gone',
    'sender-foreign',
    'recipient-foreign',
    'recipient-own-box',
    'recipient-closed',
    'own-box-inaccessible',
    'sending-not-permitted',
    'own-box-not-activated',
    'payment-missing',
    'recipient-of-another-kind',
  ],
  '552 5.3.4': ['files-too-large', 'file-too-large', 'mail-too-large', 'isds-size-exceeded'],
  '554 5.3.0': ['isds-protocol', 'outcome-unsettled'],
  '554 5.6.1': [
    'file-type-refused',
    'file-without-extension',
    'file-name-too-long',
    'file-empty',
    'file-refused',
    'files-too-many',
    'file-misnamed',
    'file-to-save-anew',
    'file-disguised',
    'file-unrecognised',
    'file-drawing-too-old',
    'file-html-active',
    'containers-too-many',
    'archive-damaged',
    'archive-signature-missing',
    'archive-encrypted',
    'archive-split',
    'archive-nested',
    'archive-too-many-entries',
    'archive-too-deep',
    'archive-too-large-unpacked',
    'archive-size-missing',
    'archive-compression',
    'archive-path-unsafe',
    'archive-system-file',
    'archive-more-problems',
    'isds-files-too-many',
  ],
  '554 5.7.1': [
    'mail-automatic',
    'mail-calendar-reply',
    'mail-calendar-only',
    'mail-reaction',
    'mail-recall',
    'mail-redirected',
    'mail-delivery-report',
    'file-infected',
  ],
};

const codeOf = new Map(
  Object.entries(SAYING_MORE).flatMap(([code, reasons]) => reasons.map((reason) => [reason, code])),
);

/** SMTP reply code and enhanced status code of a refusal. */
export function smtpReply({ reason }: Refusal): { code: number; enhanced: string } {
  const [code = '', enhanced = ''] = (codeOf.get(reason) ?? OF_CLASS[catalogue[reason].class]).split(' ');
  return { code: Number(code), enhanced };
}
