/** Mails that programs write loosely: what is seen of them arrives, what their sender does not know of stays behind and is named. */
import { expect, test } from 'vitest';
import { contents, letter, mail, multipart, names, part, pdf, plain, read } from './samples.ts';

test.each([
  [['Subject: Věc', 'Dobrý den, první odstavec.', '', 'Druhý.'], 'Dobrý den, první odstavec.\n\nDruhý.'],
  [['Subject: Věc', 'Jen jedna řádka'], 'Jen jedna řádka\n'],
  [['Subject: Věc', 'Vážený pane, cena: 5 Kč', '', 'Jan'], 'Vážený pane, cena: 5 Kč\n\nJan'],
  [['Subject: Věc', ' pokračuje', '', 'Text'], 'Text\n'],
  [['From jan@firma.example Mon Nov 30 08:00:00 2026', 'Subject: Věc', '', 'Text'], 'Text\n'],
])('without an empty line behind the head, what is no field begins the text: %j', async (lines, text) => {
  const draft = await read(mail(...lines));
  expect(`${draft.text}\n`.trim()).toBe(text.trim());
  expect(draft.subject).toMatch(/^Věc/);
});

test('a fold that lost its blank is in the middle of the head, belongs to its field, and takes no other with it', async () => {
  const draft = await read(mail('Subject: Dlouhá', 'věc', 'Content-Type: text/plain; charset=utf-8', '', 'Text'));
  expect(draft).toMatchObject({ subject: 'Dlouhá věc', text: 'Text' });
});

test('a part that begins without an empty line is text as a whole', async () => {
  const draft = await read(letter(multipart('mixed', 'Dobrý den,\r\npodávám odvolání.', pdf('a.pdf'))));
  expect(draft.text).toBe('Dobrý den,\npodávám odvolání.');
  expect(names(draft)).toEqual(['a.pdf']);
});

const remnants = [
  part(['Content-Type: application/applefile; name="smlouva.pdf"'], 'x'),
  part(['Content-Type: text/x-moz-deleted; name="Deleted: smlouva.pdf"'], 'Smazáno.'),
  part(['Content-Type: application/octet-stream; name=oledata.mso'], 'x'),
  part(['Content-Type: application/octet-stream; name=editdata.mso'], 'x'),
  part(['Content-Type: application/octet-stream; name="._smlouva.pdf"'], 'x'),
  part(['Content-Type: application/octet-stream; name=.DS_Store'], 'x'),
];

test.each(remnants)('what a program left behind is named and does not travel: %j', async (remnant) => {
  const draft = await read(letter(multipart('mixed', plain('Text'), pdf('a.pdf'), remnant)));
  expect(names(draft)).toEqual(['a.pdf']);
  expect(draft.leftOut).toHaveLength(1);
});

test('a link in place of a file is refused in words of its own', async () => {
  const link = part(['Content-Type: message/external-body; access-type=URL; URL="https://x.example/a.pdf"'], '\r\n');
  await expect(read(letter(multipart('mixed', plain('Text'), link)))).rejects.toMatchObject({
    reason: 'mail-unreadable',
    facts: { problem: { cs: 'místo některého souboru je v ní jen odkaz na něj' } },
  });
});

const head = 'From: a@b.cz\r\nSubject: Výzva\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n';

const copy = (below: string): string =>
  letter(multipart('mixed', plain('Text'), part(['Content-Type: message/rfc822'], head + below)));

test('the copy of a head alone travels as what it is; a multipart that hides something is refused', async () => {
  const draft = await read(copy('\r\n'));
  expect((await contents(draft))[0]?.[1]).toContain('Předmět: Výzva');
  await expect(read(copy('něco bez předělu'))).rejects.toMatchObject({ reason: 'enclosed-mail-unreadable' });
});

test.each([
  ['Content-Type: application/pdf; name="faktura.pdf"', 'filename="faktura"', 'faktura.pdf'],
  ['Content-Type: application/octet-stream', 'filename="faktura"', 'faktura.pdf'],
  ['Content-Type: application/x-pdf', 'filename=""', 'priloha-1.pdf'],
  ['Content-Type: application/octet-stream', 'filename="🧾"', 'priloha-1.pdf'],
  ['Content-Type: application/octet-stream', 'filename="Smlouva ABC s.r.o..pdf"', 'Smlouva ABC s.r.o..pdf'],
  ['Content-Type: application/octet-stream', 'filename="FV 1/2026.pdf"', 'FV 1-2026.pdf'],
])('%s with %s is called %s', async (type, disposition, name) => {
  const file = part([type, `Content-Disposition: attachment; ${disposition}`], '%PDF-1.7\r\nobsah');
  expect(names(await read(letter(multipart('mixed', plain('Text'), file))))).toEqual([name]);
});
