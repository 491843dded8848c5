/** The header of a received message as mail: From is the sender's box, Subject the annotation, the rest for filters. */
import type { Envelope } from '../isds/index.ts';
import { mannerOfDelivery } from './delivery.ts';
import { addressField, textField } from './header-field.ts';
import { kindLetter } from './message-kind.ts';
import { plainLine } from '../core/index.ts';

export interface MailHeadOptions {
  /** Mail domain of the gateway. */
  readonly domain: string;
  readonly boundary: string;
  /** Distinguishes a notice about a message from the message itself; empty for the message. */
  readonly idSuffix: string;
  /** For a mail that stands beside the message's own: programs that thread put it there (RFC 5322 §3.6.4). */
  readonly besideMessage: boolean;
}

/** Stands in an address where ISDS names no box. */
const NAMELESS_BOX = 'isds';

/** A box ID as far as an address needs it; some of ISDS's own samples fail the checksum (isds §8.6). */
const BOX = /^[a-z0-9]{1,20}$/;

/** Longer than any field of an envelope should be (isds §4.1) and short enough for one line of a mail without a blank to fold at. */
const MAX_VALUE_LENGTH = 900;

/**
 * Header lines with CRLF and the empty line behind them; the same for the same envelope, and ASCII. Values come from
 * strangers: each is made one line first, so that no line end of theirs becomes one of the header.
 */
export function mailHead(envelope: Envelope, { domain, boundary, idSuffix, besideMessage }: MailHeadOptions): string {
  const own = messageId(envelope.dmID, domain);
  const lines = [
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    `Message-ID: ${messageId(`${envelope.dmID}${idSuffix}`, domain)}`,
    ...(besideMessage ? [`In-Reply-To: ${own}`, `References: ${own}`] : []),
    `Date: ${mailDate(envelope.arrivedAt ?? envelope.deliveredAt ?? new Date(0))}`,
    addressField('From', headerText(envelope.sender), address(envelope.senderBox, domain)),
    addressField('To', headerText(envelope.recipient), address(envelope.recipientBox, domain)),
  ];
  const set = (name: string, given: string | undefined) => {
    const value = headerText(given);
    if (value !== '') lines.push(textField(name, value));
  };
  set('Subject', envelope.annotation ?? `Datová zpráva ${envelope.dmID}`);
  // Keeps vacation rules and read receipts from answering an authority (mail-clients §8.7).
  set('Auto-Submitted', 'auto-generated');
  set('X-Auto-Response-Suppress', 'All');
  set('X-ISDS-Message-ID', envelope.dmID);
  set('X-ISDS-Type', kindLetter(envelope));
  set('X-ISDS-Sender-Box', envelope.senderBox);
  set('X-ISDS-Sender-Type', envelope.senderType?.toString());
  set('X-ISDS-Recipient-Box', envelope.recipientBox);
  set('X-ISDS-Sender-Ref-Number', envelope.senderRefNumber);
  set('X-ISDS-Sender-Ident', envelope.senderIdent);
  set('X-ISDS-Recipient-Ref-Number', envelope.recipientRefNumber);
  set('X-ISDS-Recipient-Ident', envelope.recipientIdent);
  set('X-ISDS-To-Hands', envelope.toHands);
  set('X-ISDS-Personal-Delivery', envelope.personalDelivery ? 'yes' : 'no');
  set('X-ISDS-Arrived', envelope.arrivedAt?.toISOString());
  set('X-ISDS-Delivered', envelope.deliveredAt?.toISOString());
  set('X-ISDS-Delivery', mannerOfDelivery(envelope));
  if (envelope.suspicious) {
    set('X-ISDS-Suspicious', 'yes');
    // What the junk filters of mail programs know from SpamAssassin.
    set('X-Spam-Flag', 'YES');
  }
  return `${[...lines, 'MIME-Version: 1.0'].join('\r\n')}\r\n\r\n`;
}

/** The Message-ID under which a data message is known to mail programs, for ever (design §4). */
export function messageId(dmID: string, domain: string): string {
  return `<${dmID}@${domain}>`;
}

/** The dmID in a Message-ID of ours, or undefined when the ID is somebody else's. */
export function dmIDOf(id: string, domain: string): string | undefined {
  const match = /^<?([0-9]{1,20})@([^<>@\s]+)>?$/.exec(id.trim());
  return match?.[2]?.toLowerCase() === domain ? match[1] : undefined;
}

function address(box: string | undefined, domain: string): string {
  return `${box !== undefined && BOX.test(box) ? box : NAMELESS_BOX}@${domain}`;
}

function headerText(value: string | undefined): string {
  return plainLine(value ?? '').slice(0, MAX_VALUE_LENGTH);
}

/** RFC 5322 §3.3, in UTC: the zone of the server must not change the mail. */
function mailDate(moment: Date): string {
  return moment.toUTCString().replace('GMT', '+0000');
}
