/** Mails that programs send by themselves and that must not become data messages (mail-clients §11). */
import { typeParameter } from './parts/content-fields.ts';
import type { PartNode } from './parts/mail-parts.ts';

export type MailNature =
  | 'letter'
  | 'read-receipt'
  | 'delivery-report'
  | 'automatic-reply'
  | 'calendar-reply'
  | 'reaction'
  | 'recall'
  | 'redirected';

/** What a program sent for somebody, and what nobody's program sent (RFC 3834 §5); other words are those of answers and rules. */
const NO_ANSWERS = new Set(['', 'no', 'auto-generated']);

const ANSWERING_PRECEDENCE = /^(auto_reply|junk)$/i;

/** What kind of mail it is by its structure and headers; `letter` when nothing says otherwise. */
export function mailNature(tree: PartNode): MailNature {
  const report = reportType(tree.contentType === 'multipart/signed' ? (tree.children[0] ?? tree) : tree);
  if (report === 'disposition-notification') return 'read-receipt';
  if (report === 'delivery-status') return 'delivery-report';
  if (isAutomatic(tree)) return 'automatic-reply';
  if (isRedirected(tree)) return 'redirected';
  if (hasReaction(tree)) return 'reaction';
  return isCalendarReply(tree) ? 'calendar-reply' : 'letter';
}

/** RFC 6522 §3; some programs leave the parameter out, and then the second part tells. */
function reportType({ contentType, headers, children }: PartNode): string | undefined {
  if (contentType !== 'multipart/report') return undefined;
  const stated = typeParameter(headers, 'report-type')?.toLowerCase();
  return stated ?? (children[1]?.contentType ?? '').replace(/^message\//, '');
}

/**
 * Answers of responders: RFC 3834 §5, and what older ones wrote instead. `auto-generated` is no answer: accounting programs and
 * scanners say so of what somebody had them send, and so does `bulk`.
 */
function isAutomatic({ headers }: PartNode): boolean {
  const [submitted = ''] = headers.text('auto-submitted').toLowerCase().split(/[;\s]/);
  return (
    !NO_ANSWERS.has(submitted) ||
    ANSWERING_PRECEDENCE.test(headers.text('precedence')) ||
    headers.has('x-autoreply') ||
    headers.has('x-autorespond')
  );
}

/** Sent on unchanged, by a rule or by hand (RFC 5322 §3.6.6): its author is not the one who is logged in. */
function isRedirected({ headers }: PartNode): boolean {
  return headers.fields.some(({ name }) => name.startsWith('resent-'));
}

/** A thumb in place of an answer; the text beside it only says so. */
function hasReaction(node: PartNode): boolean {
  return node.contentType === 'text/vnd.google.email-reaction+json' || node.children.some(hasReaction);
}

/** Outlook asks the addressee's Outlook to throw an earlier mail away; a data message cannot be taken back. */
export function isRecall({ headers }: PartNode, text = ''): boolean {
  return /^recall: /i.test(headers.text('subject')) && /would like to recall the message/.test(text);
}

function isCalendarReply(node: PartNode): boolean {
  if (node.contentType === 'text/calendar') return typeParameter(node.headers, 'method')?.toLowerCase() === 'reply';
  return node.children.some(isCalendarReply);
}
