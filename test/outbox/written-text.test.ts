/** What is quoted and what is a signature, in the ways of mail programs; and what is left when it is not sent. */
import { PICTURE_PLACE } from '../../src/core/index.ts';
import { expect, test } from 'vitest';
import { writtenText, type WrittenTextSettings } from '../../src/outbox/written-text.ts';
import { draftOf, fileOf } from './fakes.ts';

const both: WrittenTextSettings = { quotedText: 'remove', signature: 'remove' };
const quotedOnly: WrittenTextSettings = { quotedText: 'remove', signature: 'keep' };

function left(text: string, settings = quotedOnly, subject = 'Re: Výzva'): string {
  return writtenText(draftOf({ text, subject }), settings).text;
}

test.each([
  ['Thunderbird, Czech', 'Dne 05. 11. 26 v 10:15 Jan Novák napsal(a):\n> Dobrý den,\n>> hlouběji\n>\n> konec'],
  ['Thunderbird, English', 'On 5/11/26 10:15, Jan Novák wrote:\n> Dobrý den'],
  [
    'Gmail, Czech, its line broken',
    'Dne čt 5. 11. 2026 v 10:15 odesílatel Jan Novák <ab12345@schranky.example>\nnapsal:\n\n> Dobrý den',
  ],
  [
    'Gmail, English, its line broken',
    'On Thu, Nov 5, 2026 at 10:15 AM Jan Novák <\nab12345@schranky.example> wrote:\n\n> Dobrý den',
  ],
  ['K-9', 'Dne 5. listopadu 2026 10:15:00 SEČ, Jana Nováková <a@b.example> napsala:\n>Dobrý den'],
  ['FairEmail', 'Jan Novák napsal(a) dne 5. 11. 2026 10:15:\n> Dobrý den'],
  ['marks alone', '> Dobrý den\n> konec'],
  [
    'Outlook, older',
    '-----Původní zpráva-----\nOd: Jan Novák\nOdesláno: 5. listopadu 2026 10:15\nKomu: a@b.example\nPředmět: Výzva\n\nDobrý den',
  ],
  ['Outlook, older, English', '-----Original Message-----\nFrom: Jan Novák\n\nDobrý den'],
  [
    'Outlook',
    'Od: Jan Novák <a@b.example>\nOdesláno: čtvrtek 5. listopadu 2026 10:15\nKomu: b@b.example\nKopie: c@b.example\nPředmět: Výzva\n\nDobrý den',
  ],
  [
    'Outlook, with a rule',
    '________________________________\nOd: Jan Novák <a@b.example>\nOdesláno: čtvrtek 5. listopadu 2026 10:15\nKomu: b@b.example\nPředmět: Výzva\n\nDobrý den',
  ],
  [
    'Outlook, English',
    'From: Jan Novák <a@b.example>\nSent: Thursday, November 5, 2026 10:15 AM\nTo: b@b.example\nSubject: Výzva\n\nDobrý den',
  ],
  [
    'Outlook, bold',
    '*From:* Jan Novák\n*Sent:* Thursday, November 5, 2026 10:15 AM\n*To:* b@b.example\n*Subject:* Výzva\n\nDobrý den',
  ],
  [
    'Seznam',
    '---------- Původní e-mail ----------\nOd: Jan Novák <a@b.example>\nKomu: b@b.example\nDatum: 5. 11. 2026 10:15:00\nPředmět: Výzva\n"Dobrý den"',
  ],
])('the quoted original is removed: %s', (_, original) => {
  expect(left(`Souhlasím.\n\nJan\n\n${original}`)).toBe('Souhlasím.\n\nJan');
});

test('an answer between quoted lines stays whole', () => {
  expect(left('Dne 5. 11. 2026 Jan napsal:\n> První otázka?\nAno.\n> Druhá otázka?\nNe.')).toBe('Ano.\nNe.');
});

test.each([
  'Od: začátku to bylo jasné.\nPřijďte.',
  'Od: pondělí\nOdesláno: bylo vše',
  'Dne 5. 11. 2026 se jednání nekonalo:\nnikdo nepřišel',
  'Ministr napsal:\nodstupuji',
  '-----\nPůvodní zpráva\n-----',
  'rozsah 3 > 2\n- položka',
  '---------- Forwarded message ---------\nFrom: Jan\nDate: včera\nSubject: x\n\ntext',
  '-------- Přeposlaná zpráva --------\nPředmět: x\nDatum: včera\nOd: Jan\n\ntext',
])('what only looks like a quotation stays: %j', (text) => {
  expect(left(text)).toBe(text);
});

test('a forwarded mail keeps what it forwards', () => {
  const text = 'K vyřízení.\n\n-----Původní zpráva-----\nOd: Jan\n\nDobrý den';
  for (const subject of ['FW: Výzva', 'Fwd: Výzva']) expect(left(text, quotedOnly, subject)).toBe(text);
});

test('a mail that is nothing but a quotation is sent as it is', () => {
  expect(writtenText(draftOf({ text: '> vše citováno' }), both)).toMatchObject({ text: '> vše citováno', unsent: [] });
});

const signed = 'Souhlasím.\n\n-- \nJan Novák\nředitel';

test('the signature goes from its delimiter to the end, or to what is quoted below', () => {
  const signatureOnly: WrittenTextSettings = { quotedText: 'keep', signature: 'remove' };
  expect(left(signed, signatureOnly)).toBe('Souhlasím.');
  expect(left(`${signed}\n\nDne 5. 11. Jan napsal:\n> Dobrý den\n> -- \n> Petr`, signatureOnly)).toBe(
    'Souhlasím.\n\nDne 5. 11. Jan napsal:\n> Dobrý den\n> -- \n> Petr',
  );
  expect(left('a\n--\nb\n---\nc', signatureOnly)).toBe('a\n--\nb\n---\nc');
});

test('both can be removed, neither is by default', () => {
  const text = `${signed}\n\n> Dobrý den`;
  expect(writtenText(draftOf({ text }), both)).toMatchObject({
    text: 'Souhlasím.',
    unsent: ['quoted-text', 'signature'],
  });
  expect(writtenText(draftOf({ text }), { quotedText: 'keep', signature: 'keep' })).toMatchObject({ text, unsent: [] });
});

test('pictures go with the lines that show them', () => {
  const pictures = ['a.png', 'b.png', 'c.png'].map((name) => ({ ...fileOf(name), shownWidth: undefined }));
  const text = `viz ${PICTURE_PLACE}\n> ${PICTURE_PLACE}\na ${PICTURE_PLACE}`;
  const written = writtenText(draftOf({ text, pictures }), quotedOnly);
  expect(written.text).toBe(`viz ${PICTURE_PLACE}\na ${PICTURE_PLACE}`);
  expect(written.pictures.map(({ name }) => name)).toEqual(['a.png', 'c.png']);
});

test('a scan that follows the text, as the plain form does not tell where it stood, stays behind neither with signature nor quotation', () => {
  const pictures = [
    { ...fileOf('logo.png'), size: 9_000, shownWidth: undefined },
    { ...fileOf('sken.png'), size: 900_000, shownWidth: undefined },
  ];
  const original = '-----Původní zpráva-----\nOd: Petr\n\nDobrý den';
  for (const below of ['-- \nJan Novák', original]) {
    const text = `Viz sken.\n\n${below}\n\n${PICTURE_PLACE}\n\n${PICTURE_PLACE}`;
    const written = writtenText(draftOf({ text, pictures }), both);
    expect(written.text).toBe(`Viz sken.\n\n${PICTURE_PLACE}`);
    expect(written.pictures.map(({ name }) => name)).toEqual(['sken.png']);
  }
});

test('attack: thousands of lines that nearly are quotations are read at once', () => {
  const text = 'Dne 5. 11. 2026 v 10:15 Jan Novák\n> x\n\n'.repeat(10_000);
  expect(left(text)).toHaveLength('Dne 5. 11. 2026 v 10:15 Jan Novák\n\n'.length * 10_000 - 2);
});

test('attack: megabytes of quotations are sent as they are', () => {
  const text = `a\n${'> x\n'.repeat(1_000_000)}b`;
  expect(left(text)).toBe(text);
});
