/** How the octets of a part are written in the mail (RFC 2045 §6). */
import type { Headers } from 'mailparser';
import { headerText } from './header-values.ts';
import { problems, unreadable } from './problems.ts';

/** What the parser decodes. */
const DECODED = new Set(['base64', 'quoted-printable']);

/** Ways of writing octets as letters, whatever stands around their names; with any other word octets are as they are. */
const ENCODED = /base64|quoted-printable|uue|yenc|binhex/;

const COMMENT = /\([^()]*\)/g;

/** Refuses what the parser would hand on undecoded, such as uuencode: the file would be another one. */
export function refuseUnknownEncoding(headers: Headers): void {
  const encoding = headerText(headers, 'content-transfer-encoding').replace(COMMENT, '').trim().toLowerCase();
  if (ENCODED.test(encoding) && !DECODED.has(encoding)) throw unreadable(problems.encoding);
}
