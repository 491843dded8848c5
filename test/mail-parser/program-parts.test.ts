/** What mail programs add for other programs, invitations and visiting cards, and what they send by themselves (mail-clients §10.4, §11). */
import { expect, test } from 'vitest';
import { signedData } from './cms-writer.ts';
import { html, letter, multipart, names, part, pdf, plain, read } from './samples.ts';
import { file, stream } from './tnef-writer.ts';

const calendar = (type: string, ...headers: string[]): string =>
  part([`Content-Type: ${type}`, ...headers], 'BEGIN:VCALENDAR\r\nEND:VCALENDAR');
const INVITATION = calendar('text/calendar; charset=utf-8; method=REQUEST');
const COPY = calendar('application/ics; name="invite.ics"', 'Content-Disposition: attachment; filename="invite.ics"');

test('an invitation stays behind and is named, its text and files travel', async () => {
  const text = multipart('alternative', plain('Jednání v 9:00.'), html('<p>Jednání v 9:00.</p>'), INVITATION);
  const draft = await read(letter(multipart('mixed', text, COPY, pdf('program.pdf'))));
  expect(draft).toMatchObject({ nature: 'letter', text: 'Jednání v 9:00.', leftOut: ['text/calendar', 'invite.ics'] });
  expect(names(draft)).toEqual(['program.pdf']);
});

test('an invitation and nothing else is refused with advice', async () => {
  await expect(read(letter(INVITATION))).rejects.toMatchObject({ reason: 'mail-calendar-only' });
  await expect(read(letter(multipart('mixed', plain(' '), INVITATION, COPY)))).rejects.toMatchObject({
    reason: 'mail-calendar-only',
  });
});

test('a forwarded mail that is only an invitation is refused by its name', async () => {
  const forwarded = part(['Content-Type: message/rfc822'], letter(INVITATION));
  await expect(read(letter(multipart('mixed', plain('viz'), forwarded)))).rejects.toMatchObject({
    reason: 'enclosed-mail-unreadable',
    facts: { file: 'Žaloba a přílohy', problem: { cs: 'je jen pozvánka z kalendáře' } },
  });
});

test('a calendar that somebody attached is a file, which its extension will get refused', async () => {
  expect(names(await read(letter(multipart('mixed', plain('viz'), COPY))))).toEqual(['invite.ics']);
  const named = calendar('text/calendar; name="plán směn.ics"');
  expect(names(await read(letter(multipart('mixed', plain('viz'), named))))).toEqual(['plán směn.ics']);
});

test('a reply to an invitation is none to be sent, also beside a text', async () => {
  const reply = calendar('text/calendar; method=REPLY');
  expect(await read(letter(multipart('alternative', plain('Přijato'), reply)))).toMatchObject({
    nature: 'calendar-reply',
  });
});

test('further forms of the text stay behind, unless they are the only one or have a name', async () => {
  const watch = part(['Content-Type: text/watch-html'], '<p>text</p>');
  const draft = await read(letter(multipart('alternative', plain('text'), watch, html('<p>text</p>'))));
  expect(draft).toMatchObject({ text: 'text', files: [], leftOut: ['text/watch-html'] });
  const enriched = part(['Content-Type: text/enriched'], 'text');
  expect(names(await read(letter(multipart('alternative', enriched))))).toEqual(['priloha-1.txt']);
  const table = part(['Content-Type: text/csv; name="tabulka.csv"'], 'a;b');
  expect(names(await read(letter(multipart('alternative', plain('text'), table))))).toEqual(['tabulka.csv']);
});

const card = (...lines: string[]): string => `BEGIN:VCARD\r\nVERSION:3.0\r\n${lines.join('\r\n')}\r\nEND:VCARD\r\n`;
const attached = (text: string, type = 'text/vcard', name = 'jan.vcf'): string =>
  part([`Content-Type: ${type}; charset=utf-8; name="${name}"`], text);

test.each([
  ['Thunderbird, by the address', attached(card('FN:J. N.', 'EMAIL;PREF=1:AB12345@schranky.example'))],
  ['Outlook, by the name', attached(card('FN;CHARSET=utf-8:Jan Novák', 'EMAIL:jan@firma.example'), 'text/x-vcard')],
  [
    'an old Outlook, quoted-printable in windows-1250 and folded',
    attached(card('FN;CHARSET=windows-1250;ENCODING=QUOTED-PRINTABLE:Jan=20=\r\nNov=E1k')),
  ],
  ['Apple, with a group', attached(card('item1.EMAIL;type=INTERNET:ab12345@schran\r\n ky.example'))],
  ['a program that knows no cards', attached(card('FN:Jan Novák'), 'application/octet-stream')],
])("the sender's own card stays behind: %s", async (_program, content) => {
  const draft = await read(letter(multipart('mixed', plain('text'), content, pdf('a.pdf'))));
  expect(names(draft)).toEqual(['a.pdf']);
  expect(draft.leftOut).toEqual(['jan.vcf']);
});

test("the sender's own card stays behind inside a signature and winmail.dat, another one in a forwarded mail does not", async () => {
  const own = attached(card('FN:Jan Novák'));
  const signed = part(
    ['Content-Type: application/pkcs7-mime; smime-type=signed-data', 'Content-Transfer-Encoding: base64'],
    signedData(multipart('mixed', plain('text'), own)).toString('base64'),
  );
  expect(await read(letter(signed))).toMatchObject({ files: [], leftOut: ['jan.vcf', 'smime.p7s'] });
  const winmail = part(
    ['Content-Type: application/ms-tnef; name=winmail.dat', 'Content-Transfer-Encoding: base64'],
    stream(file('jan.vcf', Buffer.from(card('FN:Jan Novák')))).toString('base64'),
  );
  expect(await read(letter(multipart('mixed', plain('text'), winmail)))).toMatchObject({
    files: [],
    leftOut: ['jan.vcf'],
  });
  const forwarded = part(
    ['Content-Type: message/rfc822'],
    letter(multipart('mixed', plain('text'), own), ['Subject: x']),
  );
  expect(names(await read(letter(forwarded)))).toEqual(['e-mail x.txt', 'jan.vcf']);
});

test.each([
  ['the card of somebody else', card('FN:Eva Malá', 'EMAIL:eva@firma.example')],
  ['a collection of cards', card('FN:Jan Novák') + card('FN:Eva Malá')],
  ['a card without name and address', card('NOTE:Jan Novák')],
  ['an empty file', ''],
])('%s is a file, which its extension will get refused', async (_what, text) => {
  expect(names(await read(letter(multipart('mixed', plain('text'), attached(text)))))).toEqual(['jan.vcf']);
});

test('without a From header no card is the sender’s', async () => {
  const content = multipart('mixed', plain('text'), attached(card('FN:', 'EMAIL:')));
  expect(names(await read(letter(content, ['Subject: x'])))).toEqual(['jan.vcf']);
});

test('a reaction of Gmail is none to be sent', async () => {
  const reaction = part(['Content-Type: text/vnd.google.email-reaction+json'], '{"emoji":"👍","version":1}');
  const content = multipart('alternative', plain('👍 Jan reagoval'), reaction, html('<p>👍</p>'));
  expect(await read(letter(content))).toMatchObject({ nature: 'reaction', files: [] });
});

test('a wish to throw an earlier mail away is none to be sent, a letter about a recall is', async () => {
  const headers = ['Subject: Recall: Smlouva'];
  const recall = plain('Jan Novák would like to recall the message, "Smlouva".');
  expect(await read(letter(recall, headers))).toMatchObject({ nature: 'recall', text: undefined });
  expect(await read(letter(plain('Svoláváme výrobek.'), headers))).toMatchObject({ nature: 'letter' });
});

test.each([
  ['a read receipt', 'message/disposition-notification', 'read-receipt'],
  ['a delivery report', 'message/delivery-status', 'delivery-report'],
])('%s without a report-type is known by its second part', async (_what, type, nature) => {
  const content = multipart('report', plain('text'), part([`Content-Type: ${type}`], 'x'));
  expect(await read(letter(content))).toMatchObject({ nature });
});
