/** Header fields that every reader understands alike: folded at blanks, encoded where they are not ASCII. */
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { plainLine } from '../../src/core/index.ts';
import { addressField, textField } from '../../src/mail-writer/header-field.ts';

const SENTENCE = 'Rozhodnutí o příspěvku na péči a usnesení o zastavení řízení ve věci Žluťoučkého koně';

test('a short text in ASCII stands as it is', () => {
  expect(textField('Subject', 'Re: [spis] 12/2026')).toBe('Subject: Re: [spis] 12/2026');
});

test('lines are short, and words of the text are not torn between two encoded ones', () => {
  const lines = textField('Subject', SENTENCE).split('\r\n');
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.every((line) => line.length <= 78)).toBe(true);
  expect(lines.slice(1).every((line) => line.startsWith(' =?UTF-8?Q?_'))).toBe(true);
});

test('a word that is too long for an encoded one is cut between letters', async () => {
  const text = 'ž'.repeat(100);
  const field = textField('Subject', text);
  expect(field.split('\r\n').every((line) => line.length <= 78)).toBe(true);
  expect((await simpleParser(`${field}\r\n\r\n`)).subject).toBe(text);
});

test.each(['=?utf-8?Q?=E2=80=AEfdp.exe?=', '=?utf-8?Q?a=0D=0AX-Evil:_1?= b', 'a =?x'])(
  'what looks like an encoded word is text: %s',
  async (text) => {
    const mail = await simpleParser(`${textField('Subject', text)}\r\n${addressField('From', text, 'a@b.cz')}\r\n\r\n`);
    expect(mail.subject).toBe(text);
    expect(mail.from?.value).toEqual([{ name: text, address: 'a@b.cz' }]);
  },
);

test.each([
  ['', 'From: a@b.cz'],
  ['Jan Novak', 'From: Jan Novak <a@b.cz>'],
  ['Novak, s.r.o. "Kovar"', 'From: "Novak, s.r.o. \\"Kovar\\"" <a@b.cz>'],
  ['Novák', 'From: =?UTF-8?Q?Nov=C3=A1k?= <a@b.cz>'],
])('the name %j', (name, field) => {
  expect(addressField('From', name, 'a@b.cz')).toBe(field);
});

test('any text comes back as it was', async () => {
  const letters = fc.constantFrom('a', ' ', 'ř', '=', '?', '_', '"', '\\', '(', ',', '<', '@', '漢', '😀', 'slovo ');
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: letters, maxLength: 200 }), async (given) => {
      const text = plainLine(given);
      const mail = await simpleParser(
        `${textField('Subject', text)}\r\n${addressField('From', text, 'a@b.cz')}\r\n\r\n`,
      );
      expect(mail.subject ?? '').toBe(text);
      expect(mail.from?.value).toEqual([{ name: text, address: 'a@b.cz' }]);
    }),
  );
});
