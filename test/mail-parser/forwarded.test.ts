/** Mails that are forwarded as files are opened: their text and their files travel instead of the .eml, which ISDS does not take. */
import { expect, test } from 'vitest';
import { contents, html, letter, multipart, names, part, pdf, plain, read } from './samples.ts';

const forwarded = (mail: string, ...headers: string[]): string =>
  part(['Content-Type: message/rfc822', ...headers], mail);
const around = (...parts: string[]): string => letter(multipart('mixed', plain('Předávám.'), ...parts));

const CONTRACT = letter(
  multipart('mixed', plain('Dobrý den,\r\nposílám smlouvu.'), pdf('smlouva.pdf'), pdf('plán.pdf')),
  [
    'From: =?UTF-8?Q?Ji=C5=99=C3=AD_Dlouh=C3=BD?= <jiri@firma.example>',
    'To: "Novák, Jan" <jan@kancelar.example>, ucetni@kancelar.example',
    'Cc: vedouci: sef@firma.example, zastupce@firma.example;',
    'Date: Tue, 24 Nov 2026 23:15:02 -0500 (EST)',
    'Subject: =?windows-1250?Q?Smlouva_=E8=2E_12/2026?=',
  ],
);

test('a forwarded mail is a text file that tells whose it is, and its own files', async () => {
  const draft = await read(around(forwarded(CONTRACT), pdf('plná moc.pdf')));
  expect(draft.text).toBe('Předávám.');
  expect(await contents(draft)).toEqual([
    [
      'e-mail Smlouva č. 12-2026.txt',
      [
        'Od: Jiří Dlouhý <jiri@firma.example>',
        'Komu: Novák, Jan <jan@kancelar.example>, ucetni@kancelar.example',
        'Kopie: vedouci: sef@firma.example, zastupce@firma.example',
        'Datum: 25. 11. 2026 5:15:02',
        'Předmět: Smlouva č. 12/2026',
        'Přílohy: smlouva.pdf, plán.pdf',
        '',
        'Dobrý den,',
        'posílám smlouvu.',
        '',
      ].join('\r\n'),
    ],
    ['smlouva.pdf', '%PDF smlouva.pdf'],
    ['plán.pdf', '%PDF plán.pdf'],
    ['plná moc.pdf', '%PDF plná moc.pdf'],
  ]);
});

test.each([
  ['Thunderbird', forwarded(CONTRACT, 'Content-Disposition: attachment; filename="Smlouva.eml"')],
  ['a file dragged into a mail', part(['Content-Type: application/octet-stream; name="SMLOUVA.EML"'], CONTRACT)],
  [
    'a part in base64',
    forwarded(
      Buffer.from(CONTRACT).toString('base64').replace(/.{76}/g, '$&\r\n'),
      'Content-Transfer-Encoding: base64',
    ),
  ],
  ['an inline part', forwarded(CONTRACT, 'Content-Disposition: inline')],
  ['a mail with UTF-8 headers', part(['Content-Type: message/global'], CONTRACT)],
  ['a mailbox file of one mail', forwarded(`From jiri@firma.example Tue Nov 24 23:15:02 2026\r\n${CONTRACT}`)],
  ['line ends of Unix', forwarded(CONTRACT.replaceAll('\r\n', '\n'))],
])('forwarded by %s', async (_program, content) => {
  expect(names(await read(around(content)))).toEqual(['e-mail Smlouva č. 12-2026.txt', 'smlouva.pdf', 'plán.pdf']);
});

test('a mail that is nothing but a forwarded mail', async () => {
  const draft = await read(letter(forwarded(CONTRACT)));
  expect(names(draft)).toEqual(['e-mail Smlouva č. 12-2026.txt', 'smlouva.pdf', 'plán.pdf']);
  expect(draft).toMatchObject({ subject: 'Žaloba a přílohy', text: undefined });
});

test('a mail inside a forwarded mail is opened, too, in its place', async () => {
  const outer = letter(multipart('mixed', html('<p>Viz níže.</p>'), forwarded(CONTRACT), pdf('b.pdf')), [
    'From: a@firma.example',
    'Subject: Fwd: spis',
  ]);
  const draft = await read(around(pdf('a.pdf'), forwarded(outer), pdf('c.pdf')));
  const files = await contents(draft);
  expect(files.map(([name]) => name)).toEqual([
    'a.pdf',
    'e-mail Fwd spis.txt',
    'e-mail Smlouva č. 12-2026.txt',
    'smlouva.pdf',
    'plán.pdf',
    'b.pdf',
    'c.pdf',
  ]);
  expect(files[1]?.[1]).toContain('Viz níže.');
});

test('a forwarded mail without text and subject still says whose it is', async () => {
  const mail = letter(pdf('scan.pdf'), ['From: a@firma.example', 'Date: včera odpoledne']);
  expect((await contents(await read(around(forwarded(mail)))))[0]).toEqual([
    'e-mail bez předmětu.txt',
    'Od: a@firma.example\r\nDatum: včera odpoledne\r\nPřílohy: scan.pdf\r\n\r\n(E-mail nemá text.)\r\n',
  ]);
});

test.each([
  ['a/b\\c: "d" <e>?', 'e-mail a-b-c d e.txt'],
  ['x'.repeat(300), `e-mail ${'x'.repeat(100)}.txt`],
  ['"???"', 'e-mail bez předmětu.txt'],
])('the subject %j makes the name %j', async (subject, name) => {
  const mail = letter(plain('text'), ['From: a@firma.example', `Subject: ${subject}`]);
  expect(names(await read(around(forwarded(mail))))).toEqual([name]);
});

test('logos and signatures of a forwarded mail stay behind, and are named', async () => {
  const logo = part(['Content-Type: image/png; name="logo.png"', 'Content-ID: <logo@x>'], 'obrázek');
  const signature = part(['Content-Type: application/pkcs7-signature; name="smime.p7s"'], 'podpis');
  const content = multipart('signed', multipart('related', html('<p>a<img src="cid:logo@x">'), logo), signature);
  const draft = await read(around(forwarded(letter(content))));
  expect(names(draft)).toEqual(['e-mail Žaloba a přílohy.txt']);
  expect(draft.leftOut).toEqual(['smime.p7s', 'logo.png']);
});

test('a large picture in the text of a forwarded mail travels beside it', async () => {
  const scan = part(['Content-Type: image/png; name="sken.png"', 'Content-ID: <sken@x>'], 'x'.repeat(60_000));
  const content = multipart('related', html('<p><img src="cid:sken@x"></p><p>Viz výše.</p>'), scan);
  const draft = await read(around(forwarded(letter(content))));
  expect(names(draft)).toEqual(['e-mail Žaloba a přílohy.txt', 'sken.png']);
  expect((await contents(draft))[0]?.[1]).toMatch(/\r\n\r\nViz výše\.\r\n$/);
});

test('a delivery report that is forwarded as evidence is read with what the machine says', async () => {
  const report = part(
    ['Content-Type: message/delivery-status'],
    'Final-Recipient: rfc822; x@y.example\r\nStatus: 5.1.1',
  );
  const draft = await read(around(forwarded(letter(multipart('report', plain('Nedoručeno.'), report)))));
  expect(names(draft)).toEqual(['e-mail Žaloba a přílohy.txt']);
  expect((await contents(draft))[0]?.[1]).toMatch(
    /Nedoručeno\.\r\n\r\nFinal-Recipient: rfc822; x@y\.example\r\nStatus: 5\.1\.1/,
  );
});

test('what a receipt encloses is not looked into, for a receipt is not sent', async () => {
  const encrypted = part(['Content-Type: multipart/encrypted; boundary=e'], '--e\r\n\r\nx\r\n--e--');
  const content = multipart('report', plain('Přečteno.'), forwarded(letter(encrypted)));
  const receipt = content.replace('multipart/report;', 'multipart/report; report-type=disposition-notification;');
  expect(await read(letter(receipt))).toMatchObject({ nature: 'read-receipt', files: [] });
});

test.each([
  ['by its file name', ['Content-Disposition: attachment; filename="tajné.eml"'], 'tajné.eml'],
  ['by its subject', [], 'Žaloba a přílohy'],
])('an encrypted mail inside is refused %s', async (_how, headers, file) => {
  const inner = letter(part(['Content-Type: application/pkcs7-mime; smime-type=enveloped-data'], 'x'));
  const refusal = { reason: 'enclosed-mail-encrypted', facts: { file } };
  await expect(read(around(forwarded(inner, ...headers)))).rejects.toMatchObject(refusal);
});

const unreadable = (file: string, problem: string) => ({
  reason: 'enclosed-mail-unreadable',
  facts: { file, problem: { cs: expect.stringContaining(problem) } },
});

test('something else under the name of a mail is refused by its name', async () => {
  const disguised = part(['Content-Type: application/octet-stream; name="faktura.eml"'], '%PDF-1.7\r\nobsah');
  await expect(read(around(disguised))).rejects.toMatchObject(unreadable('faktura.eml', 'není platným e-mailem'));
});

test('an empty .eml is refused by its name', async () => {
  await expect(read(around(forwarded('', 'Content-Disposition: attachment; filename=a.eml')))).rejects.toMatchObject(
    unreadable('a.eml', 'je prázdná'),
  );
});

test('a forwarded mail whose parts cannot be told is refused, because a file may be inside', async () => {
  const broken = letter(
    part(['Content-Type: multipart/mixed'], '--b\r\nContent-Type: application/pdf\r\n\r\nx\r\n--b--'),
  );
  await expect(read(around(forwarded(broken)))).rejects.toMatchObject(unreadable('Žaloba a přílohy', 'rozdělit'));
});

function nested(depth: number): string {
  let mail = letter(plain('dno'));
  for (let level = 0; level < depth; level++) mail = letter(forwarded(mail));
  return mail;
}

test('attack: mails nested without end', async () => {
  expect(names(await read(nested(6)))).toHaveLength(6);
  await expect(read(nested(7))).rejects.toMatchObject(unreadable('*.eml', 'hluboko'));
});

test('attack: a bomb of mails with many parts each', async () => {
  const mail = letter(multipart('mixed', ...Array.from({ length: 30 }, (_, index) => pdf(`${index}.pdf`))));
  await expect(read(around(...Array.from({ length: 20 }, () => forwarded(mail))))).rejects.toMatchObject(
    unreadable('*.eml', 'příliš mnoho částí'),
  );
});

test('attack: texts of enclosed mails that would fill the memory together', async () => {
  const mail = forwarded(letter(plain(`${'x'.repeat(1022)}\r\n`.repeat(1024))));
  await expect(read(around(...Array.from({ length: 9 }, () => mail)))).rejects.toMatchObject(
    unreadable('*.eml', 'příliš dlouhý'),
  );
});

test('attack: the head of a forwarded mail cannot forge lines of the text that stands for it', async () => {
  const mail = letter(plain('text'), ['From: a@b.example', 'Subject: =?UTF-8?Q?x=0D=0AOd:_soud@justice.example?=']);
  const [name, text] = (await contents(await read(around(forwarded(mail)))))[0] ?? [];
  expect(name).toBe('e-mail x Od soud@justice.example.txt');
  expect(text).toBe('Od: a@b.example\r\nPředmět: x Od: soud@justice.example\r\n\r\ntext\r\n');
});

test('mails in a digest need not say what they are', async () => {
  const one = `\r\nFrom: a@x.example\r\nSubject: Dotaz\r\n${multipart('mixed', plain('První.'), pdf('a.pdf'))}`;
  const two = `Content-Type: message/rfc822\r\n\r\nFrom: b@x.example\r\nSubject: Odpověď\r\n\r\nDruhá.`;
  const draft = await read(letter(multipart('digest', one, two)));
  expect(draft.text).toBeUndefined();
  expect(names(draft)).toEqual(['e-mail Dotaz.txt', 'a.pdf', 'e-mail Odpověď.txt']);
});
