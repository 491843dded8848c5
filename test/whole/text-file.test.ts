/** The text of a mail on its way from the mail program to the data box, by each of the settings. */
import MailComposer from 'nodemailer/lib/mail-composer';
import { expect, onTestFinished, test } from 'vitest';
import { demoBoxes, octetsOf } from '../../src/sandbox/index.ts';
import { jpeg, png } from '../pdf/pictures.ts';
import { expectImages, expectWords } from '../pdf/poppler.ts';
import { sendMail } from './smtp-session.ts';
import { domain, startWhole } from './whole.ts';

const from = `pekar1@${domain}`;
const to = `${demoBoxes.office}@${domain}`;

async function house(settings: Readonly<Record<string, string>> = {}) {
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead };
  const whole = await startWhole({ settings, clock });
  onTestFinished(() => whole.stop());
  const send = async (mail: MailComposer) => {
    const octets = await mail.compile().build();
    return sendMail(whole.gateway.ports.smtp, 'pekar1', 'Chleba-2026', { from, to, mail: octets.toString('latin1') });
  };
  /** Files of the message that was sent last, main or enclosure, and its content. */
  const arrived = () => {
    const [message] = whole.sandbox.world.messagesOf(demoBoxes.office, 'recipient');
    return (message?.files ?? []).map((file) => ({ ...file, content: octetsOf(file.content) }));
  };
  const names = () => arrived().map(({ name, metaType, mimeType }) => [metaType, name, mimeType]);
  return { whole, clock, send, arrived, names };
}

const attachment = { filename: 'smlouva.txt', content: 'Smlouva o dílo' };

/** As Thunderbird writes it: the plain text does not tell where the pictures are. */
const withPictures = () =>
  new MailComposer({
    from,
    to,
    subject: 'Fotografie',
    date: new Date('2026-11-28T10:00:00Z'),
    text: 'Dobrý den,\nposílám fotografii škody a její výřez.\n\nŽaneta Čížková',
    html: `<p>Dobrý den,<br>posílám fotografii <img src="cid:foto@x" width="240"> škody a její výřez
      <img src="cid:vyrez@x">.</p><p>Žaneta Čížková</p>`,
    attachments: [
      { filename: 'foto.jpg', content: jpeg, cid: 'foto@x', contentDisposition: 'inline' },
      { filename: 'výřez.png', content: png(300, 200), cid: 'vyrez@x', contentDisposition: 'inline' },
      attachment,
    ],
  });

test('the text becomes a PDF that shows its pictures at their places', async () => {
  const { send, arrived, names } = await house();
  expect(await send(withPictures())).toMatch(/^250 2\.0\.0 Datová zpráva \d+ odeslána \([^;]*\)\r\n$/);
  expect(names()).toEqual([
    ['main', 'smlouva.txt', 'text/plain'],
    ['enclosure', 'textová zpráva.pdf', 'application/pdf'],
  ]);
  const pdf = arrived()[1]!.content;
  expect(pdf.toString('latin1', 0, 8)).toBe('%PDF-1.7');
  expectWords(pdf, /^Dobrý den, posílám fotografii škody a její výřez \.? ?Žaneta Čížková 1\/1$/);
  expectImages(pdf, [
    { width: 24, resolution: 10 },
    { width: 300, resolution: 96 },
  ]);
});

test('the answer of ISDS is lost: the same text and pictures are known again', async () => {
  const { whole, clock, send } = await house();
  whole.sandbox.faults.add({ operation: 'CreateMessage', kind: 'lostAnswer' });
  expect(await send(withPictures())).toMatch(/^451 4\.3\.0 /);
  clock.ahead += 180_000;
  expect(await send(withPictures())).toContain('už byla odeslána');
  expect(whole.sandbox.calls.count('CreateMessage')).toBe(1);
});

test('as a text file, it is sent without pictures, which are named', async () => {
  const { send, arrived, names } = await house({ POSTOLKA_SENDING_BODY: 'txt' });
  expect(await send(withPictures())).toMatch(/odeslána \(.*\); nepředáno: foto\.jpg, výřez\.png\r\n$/);
  expect(names()).toEqual([
    ['main', 'smlouva.txt', 'text/plain'],
    ['enclosure', 'textová zpráva.txt', 'text/plain'],
  ]);
  expect(arrived()[1]!.content.toString()).toContain('Žaneta Čížková');
});

test('a text that is not passed on is named; without a file the mail is refused', async () => {
  const { whole, send, names } = await house({ POSTOLKA_SENDING_BODY: 'omit' });
  const text = { from, to, subject: 'Smlouva', text: 'Dobrý den' };
  expect(await send(new MailComposer({ ...text, attachments: [attachment] }))).toMatch(
    /odeslána \(.*\); nepředáno: text zprávy\r\n$/,
  );
  expect(names()).toEqual([['main', 'smlouva.txt', 'text/plain']]);
  expect(await send(new MailComposer(text))).toMatch(/^554 5\.6\.0 Brána je nastavena tak, že text zprávy nepředává/);
  expect(whole.sandbox.calls.count('CreateMessage')).toBe(1);
});

test('a reply goes without the quoted original and the signature where they are to be removed, and that is said', async () => {
  const settings = { POSTOLKA_SENDING_QUOTED_TEXT: 'remove', POSTOLKA_SENDING_SIGNATURE: 'remove' };
  const { send, arrived } = await house({ ...settings, POSTOLKA_SENDING_BODY: 'txt' });
  const text = 'Souhlasím.\n\n-- \nŽaneta Čížková\n\nDne 5. 11. 2026 v 10:15 úřad napsal(a):\n> Dobrý den\n';
  const reply = new MailComposer({ from, to, subject: 'Re: Výzva', text });
  expect(await send(reply)).toMatch(/odeslána \(.*\); nepředáno: citace původní zprávy, patička\r\n$/);
  expect(arrived().map(({ content }) => content.toString())).toEqual(['Souhlasím.']);
});

test('attack: a mail of a million line ends is refused, and nothing is sent', async () => {
  const { whole, send } = await house();
  const mail = new MailComposer({ from, to, subject: 'Prázdno', text: `a${'\n'.repeat(1_000_000)}b` });
  expect(await send(mail)).toMatch(/^554 5\.6\.0 Text zprávy je příliš dlouhý/);
  expect(whole.sandbox.calls.count('CreateMessage')).toBe(0);
});
