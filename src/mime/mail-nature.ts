/** Mails that programs send by themselves and that must not become data messages (mail-clients §11). */
import type { PartNode } from './part-parser.ts';
import { typeParameter } from './part-parser.ts';
import { headerText } from './header-values.ts';

export type MailNature = 'letter' | 'read-receipt' | 'delivery-report' | 'automatic-reply' | 'calendar-reply';

const AUTOMATIC_PRECEDENCE = /^(auto_reply|bulk|junk)$/i;

export function mailNature(tree: PartNode): MailNature {
  const report = tree.contentType === 'multipart/report' ? typeParameter(tree.headers, 'report-type') : undefined;
  if (report?.toLowerCase() === 'disposition-notification') return 'read-receipt';
  if (report?.toLowerCase() === 'delivery-status') return 'delivery-report';
  if (isAutomatic(tree)) return 'automatic-reply';
  return isCalendarReply(tree) ? 'calendar-reply' : 'letter';
}

/** RFC 3834 §5 and what older responders wrote instead. */
function isAutomatic({ headers }: PartNode): boolean {
  const submitted = headerText(headers, 'auto-submitted').toLowerCase().split(/[;\s]/)[0];
  return (
    (submitted !== '' && submitted !== 'no') ||
    AUTOMATIC_PRECEDENCE.test(headerText(headers, 'precedence')) ||
    headers.has('x-autoreply') ||
    headers.has('x-autorespond')
  );
}

function isCalendarReply(node: PartNode): boolean {
  if (node.contentType === 'text/calendar') return typeParameter(node.headers, 'method')?.toLowerCase() === 'reply';
  return node.children.some(isCalendarReply);
}
