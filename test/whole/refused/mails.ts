/** Mails whose form or files are wrong: nothing of them reaches ISDS. */
import { archives } from '../../attachments/refused-archives.ts';
import { contents, names, pages, type Row } from '../../attachments/refused-files.ts';
import * as sample from '../../attachments/samples.ts';
import { zip } from '../../attachments/zip-maker.ts';
import { attachedObject, file as tnefFile, IID_STORAGE, messageClass, stream } from '../../mail-parser/tnef-writer.ts';
import { letter, letterWith, type RefusedMail, type Section } from './cases.ts';

const multipart = (kind: string, ...parts: readonly string[]): string =>
  [
    'Subject: Věc',
    `Content-Type: multipart/${kind}; boundary=hranice`,
    '',
    ...parts.map((part) => `--hranice\r\n${part}`),
    '--hranice--\r\n',
  ].join('\r\n');

const TEXT = 'Content-Type: text/plain\r\n\r\nText.';
const withHeader = (header: string): string => `${header}\r\n${letter('Věc')}`;

function nested(levels: number): string {
  let inner = TEXT;
  for (let level = 0; level < levels; level++) {
    const boundary = `b${level}`;
    inner = `Content-Type: multipart/mixed; boundary=${boundary}\r\n\r\n--${boundary}\r\n${inner}\r\n--${boundary}--`;
  }
  return `Subject: Věc\r\n${inner}\r\n`;
}

const forms: readonly RefusedMail[] = [
  { what: 'no subject', mail: '\r\nDobrý den.\r\n' },
  { what: 'a subject of 256 characters', mail: letter('x'.repeat(256)) },
  { what: 'no subject, no text, no file', mail: 'Subject: \r\n\r\n' },
  { what: 'neither text nor file', mail: letter('Věc').replace('Dobrý den.', '') },
  {
    what: 'encrypted with S/MIME',
    mail: withHeader('Content-Type: application/pkcs7-mime; smime-type=enveloped-data'),
  },
  {
    what: 'S/MIME that does not say which, and is neither',
    mail: withHeader('Content-Type: application/x-pkcs7-mime'),
  },
  {
    what: 'signed around the text, in no signature that can be read',
    mail: withHeader('Content-Type: application/pkcs7-mime; smime-type=signed-data'),
  },
  { what: 'encrypted with PGP/MIME', mail: multipart('encrypted', 'Content-Type: application/pgp-encrypted\r\n\r\nx') },
  { what: 'encrypted with PGP in the text', mail: `Subject: Věc\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n` },
  { what: 'an out-of-office reply', mail: withHeader('Auto-Submitted: auto-replied') },
  { what: 'an automatic reply of old', mail: withHeader('X-Autoreply: yes') },
  { what: 'mail as junk', mail: withHeader('Precedence: junk') },
  { what: 'a delivery report', mail: multipart('report; report-type=delivery-status', TEXT) },
  { what: 'a reply to an invitation', mail: withHeader('Content-Type: text/calendar; method=REPLY') },
  { what: 'an invitation', mail: withHeader('Content-Type: text/calendar; method=REQUEST') },
  { what: 'a reaction', mail: withHeader('Content-Type: text/vnd.google.email-reaction+json') },
  { what: 'a redirected mail', mail: withHeader('Resent-From: urad01@datovka.localhost') },
  { what: 'a multipart without parts', mail: multipart('mixed', TEXT, 'Content-Type: multipart/mixed\r\n\r\nx') },
  { what: 'parts nested 30 deep', mail: nested(30) },
  { what: 'a thousand parts', mail: multipart('mixed', ...Array.from({ length: 1_000 }, () => TEXT)) },
  { what: 'a header of 300 kB', mail: withHeader(`X-Dlouha: ${'x'.repeat(300_000)}`) },
];

const wish = (...headers: readonly string[]): string =>
  withHeader(headers.map((header) => `X-ISDS-${header}`).join('\r\n'));

const envelopeMails: readonly RefusedMail[] = [
  { what: 'a header that there is not', mail: wish('Personal-Delivry: yes') },
  { what: 'a header of a received mail', mail: wish('Arrived: 2026-11-20T08:15:02.117Z') },
  { what: 'a header that comes twice', mail: wish('Sender-Ident: 1', 'Sender-Ident: 2') },
  { what: 'personal delivery in Czech', mail: wish('Personal-Delivery: ano') },
  { what: 'a reference number of 51 characters', mail: wish(`Sender-Ref-Number: ${'x'.repeat(51)}`) },
  { what: 'k rukám of 31 characters', mail: wish(`To-Hands: ${'x'.repeat(31)}`) },
  { what: 'an act with its year', mail: wish('Legal-Title-Law: 500/2004') },
  { what: 'a year of two thousand and more', mail: wish('Legal-Title-Year: 20040') },
  { what: 'a level of publication that there is not', mail: wish('Publish-Own-ID: 128') },
  { what: 'a type of message that there is not', mail: wish('Type: V') },
  { what: 'an initiatory message without a reference number', mail: wish('Type: I') },
  { what: 'a prepaid reply to nothing', mail: wish('Type: O') },
  { what: 'a prepaid reply that is not to be one', mail: wish('Type: O', 'Prepaid-Reply: no') },
  { what: 'everything wrong at once', mail: wish('Type: X', 'Personal-Delivery: 1', 'Legal-Title-Law: I.') },
];

const attached = (name: string, content: Buffer | string) => letterWith('Fwd', [{ name, content }]);

const enclosed: readonly RefusedMail[] = [
  { what: 'a forwarded mail that is none', mail: attached('faktura.eml', 'x') },
  {
    what: 'a forwarded mail that is only an invitation',
    mail: attached('jednání.eml', `From: a@b.cz\r\n${withHeader('Content-Type: text/calendar; method=REQUEST')}`),
  },
  { what: 'winmail.dat that is none', mail: attached('winmail.dat', 'x') },
  {
    what: 'winmail.dat that is cut off',
    mail: attached('winmail.dat', stream(tnefFile('smlouva.pdf', sample.pdf)).subarray(0, -50)),
  },
  {
    what: 'winmail.dat with a picture pasted into Rich Text',
    mail: attached('winmail.dat', stream(attachedObject(6, IID_STORAGE, Buffer.alloc(64)))),
  },
  {
    what: 'a recall of Outlook',
    mail: attached('winmail.dat', stream(messageClass('IPM.Outlook.Recall'))),
  },
  {
    what: 'a forwarded mail that is encrypted',
    mail: attached(
      'tajné.eml',
      `From: a@b.cz\r\n${withHeader('Content-Type: application/pkcs7-mime; smime-type=enveloped-data')}`,
    ),
  },
];

const repeated = (count: number, name: (index: number) => string, content: Buffer | string) =>
  letterWith(
    'Mnoho souborů',
    Array.from({ length: count }, (_, index) => ({ name: name(index), content })),
  );

const archive = zip([{ name: 'a.pdf', data: sample.pdf }]);
const pdfOf = (octets: number): Buffer => sample.padded(sample.pdf, octets);

/** With a limit of one megabyte, so that nothing large has to be transferred. */
const amounts: readonly RefusedMail[] = [
  { what: '50 files beside the text', mail: repeated(50, (index) => `strana ${index}.txt`, 'text') },
  { what: '11 archives', mail: repeated(11, (index) => `spis ${index}.zip`, archive) },
  { what: 'one file too large', mail: letterWith('Výkres', [{ name: 'výkres.pdf', content: pdfOf(1_100_000) }]) },
  { what: 'files too large together', mail: repeated(2, (index) => `výkres ${index}.pdf`, pdfOf(600_000)) },
  { what: 'a mail too large, announced', from: ' SIZE=30000000' },
  {
    what: 'a mail too large, not announced',
    mail: letterWith('Plány', [{ name: 'a.pdf', content: pdfOf(3_000_000) }]),
  },
  {
    what: 'several problems at once',
    mail: letterWith('', [
      { name: 'program.exe', content: 'MZ' },
      { name: 'prázdný.pdf', content: '' },
      { name: 'foto.jpg', content: sample.png },
    ]),
  },
  {
    what: 'thirty problems at once',
    mail: repeated(30, (index) => `makro ${index}.docm`, 'x'),
  },
  {
    what: 'a file name of 300 characters',
    mail: letterWith('Věc', [{ name: `${'ž'.repeat(300)}.pdf`, content: sample.pdf }]),
  },
];

const file = ([what, name, content]: Row): RefusedMail => ({
  what: `${name}: ${what}`,
  mail: letterWith('Věc', [{ name, content }]),
});

export const composing: readonly Section[] = [
  { title: 'What is no letter', mails: forms },
  { title: 'Headers for the envelope', mails: envelopeMails },
  { title: 'Forwarded mails', mails: enclosed },
  { title: 'How much', mails: amounts },
  { title: 'Formats', mails: [...names, ...contents].map(file) },
  { title: 'Pages', mails: pages.map(file) },
  { title: 'Archives', mails: archives.map(file) },
];
