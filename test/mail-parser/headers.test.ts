/** Header fields of a mail as the draft carries them. */
import { expect, test } from 'vitest';
import { Refused } from '../../src/refusals/index.ts';
import { readHeaderFields } from '../../src/mail-parser/parts/header-fields.ts';
import { letter, plain, read } from './samples.ts';

const withHeaders = (...headers: string[]) => read(letter(plain('text'), headers));

test('the subject is decoded, one line, without doubled blanks and invisible characters', async () => {
  const draft = await withHeaders(
    'Subject: =?windows-1250?Q?V=FDzva_?=',
    '\t =?UTF-8?B?xI0uIDE=?=   k\u200b \u202eodstranění vad ',
  );
  expect(draft.subject).toBe('Výzva č. 1 k odstranění vad');
});

test('a mail without a subject has an empty one', async () => {
  expect((await withHeaders('From: a@b')).subject).toBe('');
});

test('what the mail answers: In-Reply-To first, then References from the newest, each once', async () => {
  const draft = await withHeaders('In-Reply-To: <treti@x>', 'References: <prvni@x>', ' <druhy@x>', '\t<treti@x>');
  expect(draft.answers).toEqual(['<treti@x>', '<druhy@x>', '<prvni@x>']);
});

test('attack: thousands of References do not become thousands of look-ups', async () => {
  const ids = Array.from({ length: 3000 }, (_, index) => ` <${index}@x>`);
  expect((await withHeaders('References:', ...ids)).answers).toHaveLength(100);
});

test('attack: an address field that comes eight times is read as far as one', async () => {
  const people = 'a@b.cz, '.repeat(2_000);
  const once = (await readHeaderFields(Buffer.from(`To: ${people}\r\n`))).addresses('to');
  const often = (await readHeaderFields(Buffer.from(`To: ${people}\r\n`.repeat(8)))).addresses('to');
  expect(once).toHaveLength(2_000);
  expect(often.length).toBeLessThan(2_100);
});

test('a mail without From has no author', async () => {
  expect(await withHeaders('Subject: x')).toMatchObject({ from: undefined, fromName: '', messageId: undefined });
});

test.each([
  ['Auto-Submitted: auto-replied; owner-email="a@b"', 'automatic-reply'],
  ['Auto-Submitted: auto-forwarded', 'automatic-reply'],
  ['Auto-Submitted: auto-generated', 'letter'],
  ['Precedence: auto_reply', 'automatic-reply'],
  ['Precedence: bulk', 'letter'],
  ['X-Autoreply: yes', 'automatic-reply'],
  ['Auto-Submitted: no', 'letter'],
  ['Precedence: first-class', 'letter'],
  ['Resent-From: ab12345@schranky.example', 'redirected'],
  ['Resent-To: urad453@schranky.example', 'redirected'],
  ['X-Forwarded-Message-Id: <puvodni@x>', 'letter'],
])('a mail with %s is a %s', async (header, nature) => {
  expect((await withHeaders(header)).nature).toBe(nature);
});

const report = (type: string) =>
  read(letter(`Content-Type: multipart/report; report-type=${type}; boundary=r\r\n\r\n--r\r\n\r\ntext\r\n--r--\r\n`));
const calendar = (method: string) =>
  read(letter(`Content-Type: text/calendar; method=${method}\r\n\r\nBEGIN:VCALENDAR\r\n`));

test('read receipts, delivery reports and calendar replies are told from letters', async () => {
  expect((await report('disposition-notification')).nature).toBe('read-receipt');
  expect((await report('delivery-status')).nature).toBe('delivery-report');
  expect((await calendar('REPLY')).nature).toBe('calendar-reply');
});

test.each([
  ['Jan Novák <jan@x.cz>', 'jan@x.cz', 'Jan Novák'],
  ['"Novák, Jan" <jan@x.cz>, Petr <petr@x.cz>', 'jan@x.cz', 'Novák, Jan'],
  ['jan@x.cz', 'jan@x.cz', ''],
  ['=?UTF-8?B?Sm7DoSA8amFuQHguY3o+?=', 'jan@x.cz', 'Jná'],
  ['=?utf-8?Q?petr=40x.cz?=', undefined, 'petr@x.cz'],
  ['Jan <jan@xn--hkyrky-ptac70bc.cz>', 'jan@háčkyčárky.cz', 'Jan'],
])('the author of From: %s', async (field, from, fromName) => {
  expect(await withHeaders(`From: ${field}`)).toMatchObject({ from, fromName });
});

test('a header in windows-1250 without any declaration', async () => {
  const octets = Buffer.from('Subject: \x8eaduj\xed o p\xf8\xedlohu\r\n\r\ntext', 'latin1');
  expect((await read(octets)).subject).toBe('Žadují o přílohu');
});

test('Message-IDs whose brackets were forgotten, and words around them', async () => {
  const draft = await withHeaders(
    'Message-ID: prvni@x',
    'In-Reply-To: "dopis z 1. 1." <druhy@x>',
    'References: treti@x',
  );
  expect(draft.messageId).toBe('<prvni@x>');
  expect(draft.answers).toEqual(['<druhy@x>', '<treti@x>']);
});

test('a field whose name is a member of every object is a field like others', async () => {
  expect((await withHeaders('__proto__: x', 'constructor: y', 'Subject: Věc')).subject).toBe('Věc');
});

test('comments in the fields of a part say nothing', async () => {
  const draft = await read(letter('Content-Type: text/plain (dopis); charset=windows-1250 (cesky)\r\n\r\ntext'));
  expect(draft.text).toBe('text');
});

test.each(['x', '<', 'a@', '=?', '=?a?B?=?', '=?=?a?Q?', ';)', ':;', '"', '((', "name*0*=utf-8''a;", 'a@b,'])(
  'attack: fields of a hundred kilobytes of %j are read or refused in time that grows with their length alone',
  async (token) => {
    const value = token.repeat(100_000 / token.length);
    for (const name of ['From', 'Subject', 'References', 'In-Reply-To', 'Content-Type', 'X-ISDS-To-Hands', 'Date']) {
      // The place that a mail has in the spool is given back, or the next ones would be refused unread.
      const reading = withHeaders(`${name}: ${value}`).then(async (draft) => {
        await draft.dispose();
        return 'read';
      });
      await expect(reading.catch((error: unknown) => error)).resolves.toSatisfy(
        (outcome) => outcome === 'read' || (outcome instanceof Refused && outcome.reason !== 'account-busy'),
      );
    }
  },
);
