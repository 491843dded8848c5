/** Mails inside mails on their way from the mail program to the data box: what was wrapped arrives unwrapped. */
import { expect, onTestFinished, test } from 'vitest';
import { demoBoxes, octetsOf } from '../../src/sandbox/index.ts';
import { pdf as pdfOctets } from '../attachments/samples.ts';
import { signedData } from '../mail-parser/cms-writer.ts';
import { letter, multipart, part, plain } from '../mail-parser/samples.ts';
import {
  attachedObject,
  codePage,
  file,
  IID_MESSAGE,
  messageProperties,
  stream,
  unicode,
} from '../mail-parser/tnef-writer.ts';
import { sendMail } from './smtp-session.ts';
import { domain, startWhole } from './whole.ts';

const from = `pekar1@${domain}`;
const to = `${demoBoxes.office}@${domain}`;
const HEADERS = [`From: Zdeněk Pekař <${from}>`, `To: ${to}`, 'Subject: Podani', 'MIME-Version: 1.0'];

async function house() {
  const whole = await startWhole();
  onTestFinished(() => whole.stop());
  const send = (content: string) =>
    sendMail(whole.gateway.ports.smtp, 'pekar1', 'Chleba-2026', { from, to, mail: letter(content, HEADERS) });
  /** Files of the message that arrived, without the one of its own text. */
  const arrived = () => {
    const [message] = whole.sandbox.world.messagesOf(demoBoxes.office, 'recipient');
    const files = (message?.files ?? []).filter(({ name }) => !name.startsWith('textová zpráva'));
    return files.map(({ name, content }) => ({ name, octets: octetsOf(content) }));
  };
  return { whole, send, arrived };
}

const base64 = (type: string, octets: Buffer | string): string =>
  part(
    [`Content-Type: ${type}`, 'Content-Transfer-Encoding: base64'],
    Buffer.from(octets).toString('base64').replace(/.{76}/g, '$&\r\n'),
  );
const attachedPdf = (name: string): string => base64(`application/pdf; name="${name}"`, pdfOctets);

test('a forwarded mail, winmail.dat and a mail inside its signature arrive as their files and texts', async () => {
  const { send, arrived } = await house();
  const forwarded = letter(multipart('mixed', plain('Prosím o vyjádření.'), attachedPdf('výzva.pdf')));
  const inner = stream(messageProperties(unicode(0x0037, 'Nabídka'), unicode(0x1000, 'Cena je 100 Kč.')));
  const winmail = stream(
    codePage(1250),
    file('PLAN~1.PDF', pdfOctets, unicode(0x3707, 'plán stavby.pdf')),
    attachedObject(5, IID_MESSAGE, inner),
  );
  const content = multipart(
    'mixed',
    plain('Podávám s přílohami.'),
    part(['Content-Type: message/rfc822'], forwarded),
    base64('application/ms-tnef; name="winmail.dat"', winmail),
  );
  const signed = base64('application/pkcs7-mime; smime-type=signed-data; name=smime.p7m', signedData(content));
  expect(await send(signed)).toMatch(/^250 2\.0\.0 Datová zpráva \d+ odeslána \(.*\); nepředáno: smime\.p7s\r\n$/);
  const files = arrived();
  expect(files.map(({ name }) => name)).toEqual([
    'e-mail Žaloba a přílohy.txt',
    'výzva.pdf',
    'plán stavby.pdf',
    'e-mail Nabídka.txt',
  ]);
  expect(files[0]?.octets.toString()).toContain('Prosím o vyjádření.');
  expect(files[1]?.octets.equals(pdfOctets)).toBe(true);
  expect(files[2]?.octets.equals(pdfOctets)).toBe(true);
  expect(files[3]?.octets.toString()).toContain('Cena je 100 Kč.');
});

test('files inside are judged like any other: a program in winmail.dat is refused by its own name', async () => {
  const { whole, send } = await house();
  const winmail = stream(file('HRA.EXE', Buffer.from('MZ'), unicode(0x3707, 'hra.exe')));
  const reply = await send(multipart('mixed', plain('Viz.'), base64('application/ms-tnef; name=winmail.dat', winmail)));
  expect(reply).toMatch(/^554 5\.6\.1 Soubor „hra\.exe“: ISDS formát \.exe nepřijímá/);
  expect(whole.sandbox.calls.count('CreateMessage')).toBe(0);
});

test('a damaged winmail.dat never reaches ISDS, and the reply says what to do in Outlook', async () => {
  const { whole, send } = await house();
  const cut = stream(file('a.pdf', pdfOctets)).subarray(0, -100);
  const reply = await send(multipart('mixed', plain('Viz.'), base64('application/ms-tnef; name=winmail.dat', cut)));
  expect(reply).toMatch(
    /^554 5\.6\.0 Přílohu „winmail\.dat“, do které Outlook zabalil vaše soubory, nelze otevřít: není úplná\. Nastavte v Outlooku formát zprávy HTML/,
  );
  expect(whole.sandbox.calls.count('CreateMessage')).toBe(0);
});
