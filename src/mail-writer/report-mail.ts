/** The mail that tells what became of an earlier mail: a delivery status notification (RFC 3464). */
import { type Refusal, smtpReply, Wording } from '../refusals/index.ts';
import { momentText } from '../calendar/index.ts';
import { quotedPrintable } from './quoted-printable.ts';
import { addressField, textField } from './header-field.ts';

/** What a mail of the gateway's own tells of a sending. */
export interface Report {
  /** Names the mail for ever. */
  readonly uid: string;
  /** Boxes that the mail did not reach, the whole result, which nobody has heard, or that there is none to be had. */
  readonly kind: 'failures' | 'outcome' | 'unsettled';
  readonly at: Date;
  readonly sessionId: string;
  /** Message-ID of the mail that was sent. */
  readonly messageId: string | undefined;
  readonly sent: readonly { readonly box: string; readonly dmID: string }[];
  readonly failed: readonly ReportedFailure[];
}

/** A box that the mail did not reach. */
export interface ReportedFailure {
  /** Empty when it is not known any more. */
  readonly box: string;
  readonly refusal: Refusal;
  /** Of one of which nobody knows whether it was sent. */
  readonly attempt?: { readonly at: Date; readonly fileOctets: readonly number[] };
}

/** Who is reported to: the sender of the mail. */
export interface ReportReader {
  readonly box: string;
  readonly name: string;
}

/** From whom it comes; nobody reads answers. */
const GATEWAY = 'postolka';

/** A recipient has to be named (RFC 3464 §2.3.2). */
const UNKNOWN_BOX = 'unknown';

/** As all mails of the gateway into the box. */
const czech = new Wording('cs');

/** One that fits on a line; the sender's program may have written anything. */
const MESSAGE_ID = /^<[!-~]{1,900}>$/;

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
  const lines = [
    `Content-Type: multipart/report; report-type=delivery-status;\r\n boundary="${boundary}"`,
    `Message-ID: <${uid}@${domain}>`,
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    addressField('From', 'Poštolka', `${GATEWAY}@${domain}`),
    addressField('To', reader.name, `${reader.box}@${domain}`),
    textField('Subject', subject(report)),
    ...(messageId === undefined || !MESSAGE_ID.test(messageId)
      ? []
      : [`In-Reply-To: ${messageId}`, `References: ${messageId}`]),
    'Auto-Submitted: auto-replied',
    'X-Auto-Response-Suppress: All',
    'MIME-Version: 1.0',
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function subject({ kind, sent, failed }: Report): string {
  const count = failed.length + sent.length;
  if (kind === 'unsettled') return `Nejisté odeslání: ověřte ${failed.length} z ${count} datových zpráv na portálu`;
  return kind === 'outcome'
    ? `Výsledek odesílání: odesláno ${sent.length} z ${count} datových zpráv`
    : `Neodesláno: ${failed.length} z ${count} datových zpráv`;
}

function text(report: Report): string {
  const { kind, sessionId, sent, failed } = report;
  const failures = failed.map(lineOf);
  const successes = sent.map(({ box, dmID }) => `${box}: datová zpráva ${dmID}`);
  return [
    introduction(report),
    '',
    ...paragraph(kind === 'unsettled' ? 'Nejisté:' : 'Neodesláno:', failures),
    ...paragraph('Odesláno:', successes),
    whatToDo(report),
    '',
    `Číslo relace pro správce brány: ${sessionId}`,
    '',
  ].join('\n');
}

function lineOf({ box, refusal, attempt }: ReportedFailure): string {
  if (attempt === undefined) return `${box}: ${czech.text(refusal)}`;
  const { at, fileOctets } = attempt;
  const sizes = fileOctets.map((octets) => String(octets)).join(', ');
  const files =
    fileOctets.length === 0 ? 'soubory neznámé' : `počet souborů ${fileOctets.length}, velikosti v bajtech: ${sizes}`;
  return `${box === '' ? 'schránka neznámá' : `schránka ${box}`}, pokus ${momentText(at)}, ${files}`;
}

function introduction({ kind, at, sent, failed }: Report): string {
  const count = failed.length + sent.length;
  if (kind === 'unsettled')
    return 'Při odesílání Vašeho e-mailu ISDS řádně neodpověděl a za sedm dní se nepodařilo zjistit, zda datová zpráva vznikla. Brána ji sama znovu nepošle.';
  return kind === 'outcome'
    ? `Váš e-mail se odesílal déle, než poštovní program čeká na odpověď, nebo program odpověď nedostal; mohl proto ohlásit chybu. Odesílání skončilo ${momentText(at)}: odesláno ${sent.length} z ${count} datových zpráv.`
    : `Váš e-mail ze dne ${momentText(at)} se jako datová zpráva neodeslal do všech schránek: ${failed.length} z ${count} se nepodařilo odeslat.`;
}

function paragraph(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [heading, ...lines, ''];
}

function whatToDo({ kind, sent, failed }: Report): string {
  if (kind === 'unsettled')
    return 'Co dělat: podívejte se na portálu do odeslaných zpráv, zda v nich zpráva do této schránky z tohoto času a s těmito soubory je. Není-li tam, pošlete e-mail s jakkoli změněným předmětem nebo textem; týž e-mail beze změny brána odmítne.';
  if (failed.length === 0)
    return 'Co dělat: nic. Zprávu znovu neposílejte, ani když ji program ukazuje jako neodeslanou.';
  const again = sent.length === 0 ? 'znovu' : 'znovu jen do schránek, do kterých se neodeslala';
  return `Co dělat: odstraňte příčinu a pošlete zprávu ${again}. Pošlete-li do 24 hodin týž e-mail beze změny všem, dostanou ho jen ti, kterým se neodeslal.`;
}

/** RFC 3464 §2: a block about the mail, then one a recipient. */
function deliveryStatus({ at, sent, failed }: Report, domain: string): string {
  const blocks = [
    [`Reporting-MTA: dns; ${domain}`, `Arrival-Date: ${at.toUTCString().replace('GMT', '+0000')}`],
    ...failed.map(({ box, refusal, attempt }) => {
      if (attempt !== undefined)
        return [`Final-Recipient: rfc822; ${box || UNKNOWN_BOX}@${domain}`, 'Action: delayed', 'Status: 4.3.0'];
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
