import { simpleParser } from 'mailparser';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { composeReceivedMail, dmIDOf, filling, messageId } from '../../src/mail-writer/index.ts';
import { envelopeOf } from './envelope.ts';

const domain = 'datovka.example.cz';
const content = Buffer.from('Obsah přílohy\r\n'.repeat(20));

function mailOf(envelope = envelopeOf(), name = 'příloha č. 1.pdf', fill = 0): Buffer {
  const mail = composeReceivedMail(envelope, { domain, now: 0 });
  const lines = content.toString('base64').replace(/.{76}/g, '$&\r\n');
  return Buffer.concat([mail.head, mail.fileHead({ name }), Buffer.from(`${lines}\r\n`), mail.end, ...filling(fill)]);
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

test('the envelope stands in X-ISDS headers for filters', async () => {
  const { headers } = await simpleParser(mailOf());
  expect(headers.get('x-isds-message-id')).toBe('1490000010');
  expect(headers.get('x-isds-sender-box')).toBe('aydaadk');
  expect(headers.get('x-isds-sender-ref-number')).toBe('=?UTF-8?Q?=C3=9AM=C4=8C/123/2026?=');
  expect(headers.get('x-isds-delivered')).toBe('2026-11-20T09:00:00.000Z');
  expect(headers.get('x-isds-delivery')).toBe('login');
  expect(headers.get('x-isds-type')).toBe('V');
  expect(mailOf().toString('latin1')).toContain('X-ISDS-Message-ID: ');
});

test('a commercial message keeps its letter in X-ISDS-Type, a message that is only known by its number has none', async () => {
  const reply = await simpleParser(mailOf(envelopeOf({ type: 'O' })));
  expect(reply.headers.get('x-isds-type')).toBe('O');
  const bare = await simpleParser(mailOf(envelopeOf({ type: undefined, state: 0 })));
  expect(bare.headers.has('x-isds-type')).toBe(false);
});

test('a suspicious message is marked for junk filters, another one is not', async () => {
  const suspicious = (await simpleParser(mailOf(envelopeOf({ suspicious: true })))).headers;
  expect([suspicious.get('x-isds-suspicious'), suspicious.get('x-spam-flag')]).toEqual(['yes', 'YES']);
  const ordinary = (await simpleParser(mailOf())).headers;
  expect([ordinary.has('x-isds-suspicious'), ordinary.has('x-spam-flag')]).toEqual([false, false]);
});

test('a message that is not delivered yet says nothing of its delivery in the header', async () => {
  const { headers } = await simpleParser(mailOf(envelopeOf({ state: 4, deliveredAt: undefined })));
  expect([headers.has('x-isds-delivered'), headers.has('x-isds-delivery')]).toEqual([false, false]);
});

test('docs/headers.md names every header that a mail can have for filters, and no other', () => {
  const section = readFileSync(new URL('../../docs/headers.md', import.meta.url), 'utf8');
  const documented = section.match(/X-[A-Za-z-]+/g) ?? [];
  const everything = envelopeOf({ suspicious: true });
  const mail = composeReceivedMail(everything, { domain, now: 0 });
  const original = mail.originalHead({ 'X-ISDS-Seal': 'valid' }).toString('latin1');
  const written = `${mail.head.toString('latin1')}${original}`.match(/^X-[A-Za-z-]+(?=:)/gm) ?? [];
  expect(new Set(documented)).toEqual(new Set(written));
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

test.each([0, 2, 3, 77, 78, 79, 155, 156, 157, 10_000, 62_399, 62_400, 62_401, 62_478, 200_001])(
  'the epilogue makes a mail %i octets longer',
  async (fill) => {
    expect(mailOf(envelopeOf(), 'a.pdf', fill).length).toBe(mailOf(envelopeOf(), 'a.pdf').length + fill);
    const mail = await simpleParser(mailOf(envelopeOf(), 'a.pdf', fill));
    expect(mail.attachments[0]?.content).toEqual(content);
  },
);

test('a Message-ID leads back to its data message, a foreign one does not', () => {
  expect(messageId('1490000010', domain)).toBe('<1490000010@datovka.example.cz>');
  expect(dmIDOf('<1490000010@datovka.example.cz>', domain)).toBe('1490000010');
  expect(dmIDOf('<1490000010@DATOVKA.example.cz>', domain)).toBe('1490000010');
  expect(dmIDOf('<1490000010@jinde.cz>', domain)).toBeUndefined();
  expect(dmIDOf('<x1490000010@datovka.example.cz>', domain)).toBeUndefined();
});
