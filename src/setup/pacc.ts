/** PACC, the description for mail programs that the IETF is working on (draft-ietf-mailmaint-pacc), with its hash for the DNS. */
import { createHash } from 'node:crypto';
import type { Announcement } from './announcement.ts';

export const PACC_PATH = '/.well-known/user-agent-configuration.json';

const POP3_TLS_PORT = 995;
const SMTP_TLS_PORT = 465;
/** Longest provider name that the draft allows. */
const NAME_CHARACTERS = 60;

/** Undefined when it is switched off, or when the ports are not the usual ones: the draft has no place for a port. */
export function paccDocument({ domain, pop3, smtp, publicUrl, pacc }: Announcement): string | undefined {
  if (!pacc || pop3.tlsPort !== POP3_TLS_PORT || smtp.tlsPort !== SMTP_TLS_PORT) return undefined;
  return JSON.stringify({
    protocols: { pop3: { host: pop3.host }, smtp: { host: smtp.host } },
    authentication: { password: true },
    info: {
      provider: { name: `Datové schránky – ${domain}`.slice(0, NAME_CHARACTERS), shortName: 'Datovka' },
      help: { documentation: `${publicUrl}/napoveda` },
    },
  });
}

/** The TXT record at `_ua-auto-config`, which vouches for the exact octets. */
export function paccRecord(document: string): string {
  return `v=UAAC1; a=sha256; d=${createHash('sha256').update(document).digest('base64')}`;
}
