/** Mails that programs send by themselves and that must not become data messages (mail-clients §11). */
import type { PartNode } from './part-parser.ts';
import { typeParameter } from './part-parser.ts';
import { headerText } from './header-values.ts';

export type MailNature = 'letter' | 'read-receipt' | 'delivery-report' | 'automatic-reply' | 'calendar-reply';

const AUTOMATIC_PRECEDENCE = /^(auto_reply|bulk|junk)$/i;

export function mailNature(tree: PartNode): MailNature {
  const report = reportType(tree.contentType === 'multipart/signed' ? (tree.children[0] ?? tree) : tree);
  if (report === 'disposition-notification') return 'read-receipt';
  if (report === 'delivery-status') return 'delivery-report';
  if (isAutomatic(tree)) return 'automatic-reply';
  return isCalendarReply(tree) ? 'calendar-reply' : 'letter';
}

/** RFC 6522 §3; some programs leave the parameter out, and then the second part tells. */
function reportType({ contentType, headers, children }: PartNode): string | undefined {
  if (contentType !== 'multipart/report') return undefined;
  const stated = typeParameter(headers, 'report-type')?.toLowerCase();
  return stated ?? (children[1]?.contentType || '').replace(/^message\//, '');
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
