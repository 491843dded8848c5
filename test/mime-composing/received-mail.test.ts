import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { composeReceivedMail, dmIDOf, messageId } from '../../src/mime/index.ts';
import { envelopeOf } from './envelope.ts';

const domain = 'datovka.example.cz';
const content = Buffer.from('Obsah přílohy\r\n'.repeat(20));

function mailOf(envelope = envelopeOf(), name = 'příloha č. 1.pdf', fill = 0): Buffer {
  const mail = composeReceivedMail(envelope, { domain });
  const lines = content.toString('base64').replace(/.{76}/g, '$&\r\n');
  return Buffer.concat([mail.head, mail.fileHead({ name }), Buffer.from(`${lines}\r\n`), mail.end(fill)]);
}

test('a mail program sees sender, recipient, subject, date and the file with its own name', async () => {
  const mail = await simpleParser(mailOf());
  expect(mail.from?.value).toEqual([
    { name: 'Úřad městské části Praha 99 – odbor dopravy', address: 'aydaadk@datovka.example.cz' },
  ]);
  expect(mail.subject).toBe('Výzva k doplnění žádosti o stavební povolení');
  expect(mail.date).toEqual(new Date('2026-11-20T08:15:02.000Z'));
  expect(mail.messageId).toBe('<1490000010@datovka.example.cz>');
  expect(mail.attachments.map(({ filename, contentType }) => [filename, contentType])).toEqual([
    ['příloha č. 1.pdf', 'application/pdf'],
  ]);
  expect(mail.attachments[0]?.content).toEqual(content);
});

test('the text part tells the envelope in Czech, in Czech time', async () => {
  const { text } = await simpleParser(mailOf());
  for (const line of [
    'Datová zpráva 1490000010',
    'Věc: Výzva k doplnění žádosti o stavební povolení',
    'Schránka odesílatele: aydaadk (orgán veřejné moci)',
    'K rukám: Ing. Žofie Černá',
    'Číslo jednací odesílatele: ÚMČ/123/2026',
    'Vaše spisová značka: SZ-KŠ 9',
    'Zmocnění: zákon č. 283/2021 Sb., § 184, odst. 2, písm. a',
    'Dodáno do schránky: 20. listopadu 2026 v 9:15:02',
    'Doručeno: 20. listopadu 2026 v 10:00:00',
    'Druh: veřejná datová zpráva',
  ]) {
    expect(text).toContain(line);
  }
});

test('the text part has no links: users are told to distrust mails with links', async () => {
  const { text } = await simpleParser(mailOf());
  expect(text).not.toMatch(/https?:|www\./);
});

test('facts that are missing leave no empty line behind', async () => {
  const { text } = await simpleParser(mailOf(envelopeOf({ toHands: undefined, senderIdent: '' })));
  expect(text).not.toContain('K rukám');
  expect(text).not.toContain('Spisová značka odesílatele');
});

test('the name of a file stands in both parameter forms', () => {
  const head = composeReceivedMail(envelopeOf(), { domain }).fileHead({ name: 'žádost.pdf' }).toString();
  expect(head).toContain("filename*0*=utf-8''%C5%BE%C3%A1dost.pdf");
  expect(head).toMatch(/name="=\?UTF-8\?[QB]\?/);
});

test('the type of a file follows its name, never what the sender declared', () => {
  const mail = composeReceivedMail(envelopeOf(), { domain });
  expect(mail.fileHead({ name: 'doklad.PDF' }).toString()).toContain('Content-Type: application/pdf;');
  expect(mail.fileHead({ name: 'program.exe' }).toString()).toContain('Content-Type: application/octet-stream;');
  expect(mail.fileHead({ name: '' }).toString()).toContain('filename=priloha');
});

test('the envelope stands in X-ISDS headers for filters', async () => {
  const { headers } = await simpleParser(mailOf());
  expect(headers.get('x-isds-message-id')).toBe('1490000010');
  expect(headers.get('x-isds-sender-box')).toBe('aydaadk');
  expect(headers.get('x-isds-sender-ref-number')).toBe('=?UTF-8?B?w5pNxIwvMTIzLzIwMjY=?=');
  expect(headers.get('x-isds-delivered')).toBe('2026-11-20T09:00:00.000Z');
  expect(mailOf().toString('latin1')).toContain('X-ISDS-Message-ID: ');
});

test('header injection: line ends in any field of a stranger stay inside that field', async () => {
  const evil = 'a\r\nBcc: obet@example.com\r\n\r\nnové tělo\u2028\u0000';
  const envelope = envelopeOf({
    annotation: evil,
    sender: evil,
    recipient: evil,
    senderRefNumber: evil,
    toHands: evil,
    senderBox: 'a\r\nX-Evil: 1',
  });
  const mail = await simpleParser(mailOf(envelope, `${evil}.pdf`));
  expect(mail.bcc).toBeUndefined();
  expect(mail.headers.has('x-evil')).toBe(false);
  expect(mail.attachments).toHaveLength(1);
  expect(mailOf(envelope, `${evil}.pdf`).toString('latin1')).not.toMatch(/^(Bcc|X-Evil):/m);
});

test('the same envelope gives the same octets', () => {
  expect(mailOf()).toEqual(mailOf());
});

test('every line of a mail ends in CRLF, is ASCII and has at most 998 octets', () => {
  const text = mailOf(
    envelopeOf({ annotation: 'Ř'.repeat(255), toHands: 'x'.repeat(2_000) }),
    `${'ž'.repeat(251)}.pdf`,
    500,
  );
  // eslint-disable-next-line no-control-regex -- the range is what a mail may consist of
  expect(text.toString('latin1')).toMatch(/^[\x00-\x7f]*$/);
  expect(text.toString('latin1').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(
    Math.max(
      ...text
        .toString('latin1')
        .split('\r\n')
        .map((line) => line.length),
    ),
  ).toBeLessThanOrEqual(998);
});

test.each([0, 2, 3, 77, 78, 79, 155, 156, 157, 10_000])('the epilogue makes a mail %i octets longer', async (fill) => {
  expect(mailOf(envelopeOf(), 'a.pdf', fill).length).toBe(mailOf(envelopeOf(), 'a.pdf').length + fill);
  const mail = await simpleParser(mailOf(envelopeOf(), 'a.pdf', fill));
  expect(mail.attachments[0]?.content).toEqual(content);
});

test('a Message-ID leads back to its data message, a foreign one does not', () => {
  expect(messageId('1490000010', domain)).toBe('<1490000010@datovka.example.cz>');
  expect(dmIDOf('<1490000010@datovka.example.cz>', domain)).toBe('1490000010');
  expect(dmIDOf('<1490000010@DATOVKA.example.cz>', domain)).toBe('1490000010');
  expect(dmIDOf('<1490000010@jinde.cz>', domain)).toBeUndefined();
  expect(dmIDOf('<x1490000010@datovka.example.cz>', domain)).toBeUndefined();
});
