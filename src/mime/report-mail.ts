/** The mail that tells what became of an earlier mail: a delivery status notification (RFC 3464). */
import { encode, wrap } from 'nodemailer/lib/qp';
import { type Refusal, smtpReply, Wording } from '../core/index.ts';
import { momentText } from './czech-moment.ts';
import { MimeNode } from './mime-node.ts';

export interface Report {
  /** Names the mail for ever. */
  readonly uid: string;
  /** Boxes that the mail did not reach, or the whole result, which nobody has heard. */
  readonly kind: 'failures' | 'outcome';
  readonly at: Date;
  readonly sessionId: string;
  /** Message-ID of the mail that was sent. */
  readonly messageId: string | undefined;
  readonly sent: readonly { readonly box: string; readonly dmID: string }[];
  readonly failed: readonly { readonly box: string; readonly refusal: Refusal }[];
}

/** Who is reported to: the sender of the mail. */
export interface ReportReader {
  readonly box: string;
  readonly name: string;
}

/** From whom it comes; nobody reads answers. */
const GATEWAY = 'postolka';

/** As all mails of the gateway into the box. */
const czech = new Wording('cs');

const QUOTED_PRINTABLE_LINE = 76;

/** The same octets whenever the same report is composed. */
export function composeReport(report: Report, reader: ReportReader, domain: string): Buffer {
  const boundary = `=_postolka_${report.uid}`;
  const parts = [
    `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(text(report))}\r\n`,
    `Content-Type: message/delivery-status\r\n\r\n${deliveryStatus(report, domain)}`,
  ];
  const body = parts.map((part) => `--${boundary}\r\n${part}`).join('');
  return Buffer.from(`${head(report, reader, boundary, domain)}${body}--${boundary}--\r\n`, 'latin1');
}

function head(report: Report, reader: ReportReader, boundary: string, domain: string): string {
  const { uid, at, messageId } = report;
  const node = new MimeNode('multipart/report');
  node.setHeader('Content-Type', `multipart/report; report-type=delivery-status; boundary="${boundary}"`);
  node.setHeader('Message-ID', `<${uid}@${domain}>`);
  node.setHeader('Date', at.toUTCString().replace('GMT', '+0000'));
  node.setHeader('From', { name: 'Poštolka', address: `${GATEWAY}@${domain}` });
  node.setHeader('To', { name: reader.name, address: `${reader.box}@${domain}` });
  node.setHeader('Subject', subject(report));
  if (messageId !== undefined) {
    node.setHeader('In-Reply-To', messageId);
    node.setHeader('References', messageId);
  }
  node.setHeader('Auto-Submitted', 'auto-replied');
  node.setHeader('X-Auto-Response-Suppress', 'All');
  return `${node.buildHeaders()}\r\n\r\n`;
}

function subject({ kind, sent, failed }: Report): string {
  const count = failed.length + sent.length;
  return kind === 'outcome'
    ? `Výsledek odesílání: odesláno ${sent.length} z ${count} datových zpráv`
    : `Neodesláno: ${failed.length} z ${count} datových zpráv`;
}

function text(report: Report): string {
  const { sessionId, sent, failed } = report;
  const failures = failed.map(({ box, refusal }) => `${box}: ${czech.text(refusal)}`);
  const successes = sent.map(({ box, dmID }) => `${box}: datová zpráva ${dmID}`);
  return [
    introduction(report),
    '',
    ...paragraph('Neodesláno:', failures),
    ...paragraph('Odesláno:', successes),
    whatToDo(report),
    '',
    `Číslo relace pro správce brány: ${sessionId}`,
    '',
  ].join('\n');
}

function introduction({ kind, at, sent, failed }: Report): string {
  const count = failed.length + sent.length;
  return kind === 'outcome'
    ? `Váš e-mail se odesílal déle, než poštovní program čeká na odpověď, nebo program odpověď nedostal; mohl proto ohlásit chybu. Odesílání skončilo ${momentText(at)}: odesláno ${sent.length} z ${count} datových zpráv.`
    : `Váš e-mail ze dne ${momentText(at)} se jako datová zpráva neodeslal do všech schránek: ${failed.length} z ${count} se nepodařilo odeslat.`;
}

function paragraph(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [heading, ...lines, ''];
}

function whatToDo({ sent, failed }: Report): string {
  if (failed.length === 0)
    return 'Co dělat: nic. Zprávu znovu neposílejte, ani když ji program ukazuje jako neodeslanou.';
  const again = sent.length === 0 ? 'znovu' : 'znovu jen do schránek, do kterých se neodeslala';
  return `Co dělat: odstraňte příčinu a pošlete zprávu ${again}. Pošlete-li do 24 hodin týž e-mail beze změny všem, dostanou ho jen ti, kterým se neodeslal.`;
}

/** RFC 3464 §2: a block about the mail, then one a recipient. */
function deliveryStatus({ at, sent, failed }: Report, domain: string): string {
  const blocks = [
    [`Reporting-MTA: dns; ${domain}`, `Arrival-Date: ${at.toUTCString().replace('GMT', '+0000')}`],
    ...failed.map(({ box, refusal }) => {
      const { code, enhanced } = smtpReply(refusal);
      return [
        `Final-Recipient: rfc822; ${box}@${domain}`,
        'Action: failed',
        // Failed for good: the gateway does not try again by itself.
        `Status: ${enhanced.replace(/^4/, '5')}`,
        `Diagnostic-Code: smtp; ${code} ${enhanced} ${refusal.reason}`,
      ];
    }),
    ...sent.map(({ box }) => [`Final-Recipient: rfc822; ${box}@${domain}`, 'Action: relayed', 'Status: 2.0.0']),
  ];
  return blocks.map((lines) => `${lines.join('\r\n')}\r\n\r\n`).join('');
}

function quotedPrintable(words: string): string {
  return wrap(encode(words.replaceAll('\n', '\r\n')), QUOTED_PRINTABLE_LINE);
}
