/** Files that enclose a whole mail and are opened, told by their type and name (mail-clients §10.4). */
import { extensionOf } from '../../attachments/index.ts';
import type { ReceivedFile } from '../received-parts.ts';

/** RFC 2046 §5.2.1 and its form with UTF-8 headers, RFC 6532 §3.7. */
const MAIL_TYPES = new Set(['message/rfc822', 'message/global']);

const TNEF_TYPES = new Set(['application/ms-tnef', 'application/vnd.ms-tnef']);

/** What Outlook calls the file, and what servers on the way make of the name. */
const TNEF_NAME = /^win(mail)?\d*\.dat$/i;

/** Programs and servers send both as application/octet-stream, too; then the name tells. */
export function embeddedKind({ type, name = '', isSmime }: ReceivedFile): 'mail' | 'tnef' | 'smime' | undefined {
  if (isSmime === true) return 'smime';
  if (MAIL_TYPES.has(type) || extensionOf(name) === 'eml') return 'mail';
  return TNEF_TYPES.has(type) || TNEF_NAME.test(name) ? 'tnef' : undefined;
}
