import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { composeReceivedMail, fileHeadBound } from '../../src/mail-writer/index.ts';
import { envelopeOf } from './envelope.ts';

const domain = 'datovka.example.cz';
const compose = () => composeReceivedMail(envelopeOf(), { domain, now: 0 });

/** The names that a mail program shows. */
async function namesOf(given: readonly string[], original = false): Promise<(string | undefined)[]> {
  const mail = compose();
  const content = Buffer.from('xIw=\r\n');
  const parts = given.flatMap((name) => [mail.fileHead({ name }), content]);
  if (original) parts.push(mail.originalHead({}), content);
  const { attachments } = await simpleParser(Buffer.concat([mail.head, ...parts, mail.end]));
  return attachments.map(({ filename }) => filename);
}

test('the name of a file stands in both parameter forms', () => {
  expect(compose().fileHead({ name: 'žádost.pdf' }).toString()).toBe(
    [
      '--=_postolka_1490000010',
      'Content-Type: application/pdf;',
      ' name="=?UTF-8?B?xb7DoWRvc3QucGRm?="',
      'Content-Disposition: attachment;',
      " filename*=UTF-8''%C5%BE%C3%A1dost.pdf",
      'Content-Transfer-Encoding: base64',
      '',
      '',
    ].join('\r\n'),
  );
});

test('a name in ASCII needs no encoding', () => {
  const head = compose().fileHead({ name: 'rozsudek 100% [A].pdf' }).toString();
  expect(head).toContain(' name="rozsudek 100% [A].pdf"\r\n');
  expect(head).toContain(' filename="rozsudek 100% [A].pdf"\r\n');
});

test('files of the same name in one message are numbered, so that saving all saves all', async () => {
  const six = Array.from({ length: 6 }, () => 'příloha.pdf');
  expect(await namesOf(six)).toEqual([
    'příloha.pdf',
    'příloha (2).pdf',
    'příloha (3).pdf',
    'příloha (4).pdf',
    'příloha (5).pdf',
    'příloha (6).pdf',
  ]);
});

test('names that differ in case or composition only are the same name', async () => {
  expect(await namesOf(['Smlouva č. 1.pdf', 'smlouva Č. 1.PDF', 'Smlouva c\u030c. 1.pdf'])).toEqual([
    'Smlouva č. 1.pdf',
    'smlouva Č. 1 (2).PDF',
    'Smlouva č. 1 (3).pdf',
  ]);
});

test('a number that the sender gave is left to that file', async () => {
  expect(await namesOf(['a.pdf', 'a (2).pdf', 'a.pdf', 'a (2).pdf', 'bez přípony', 'bez přípony'])).toEqual([
    'a.pdf',
    'a (2).pdf',
    'a (3).pdf',
    'a (2) (2).pdf',
    'bez přípony',
    'bez přípony (2)',
  ]);
});

test('another mail begins to count anew', () => {
  expect(compose().fileHead({ name: 'a.pdf' })).toEqual(compose().fileHead({ name: 'a.pdf' }));
});

test('a very long name is shortened and keeps its extension, and its number if it has one', async () => {
  const long = `${'ř'.repeat(400)}.docx`;
  const [first = '', second = ''] = await namesOf([long, long]);
  expect(first).toBe(`${'ř'.repeat(250)}.docx`);
  expect(first).toHaveLength(255);
  expect(second).toBe(`${'ř'.repeat(238)} (2).docx`);
});

test('a name of 255 Czech characters arrives whole', async () => {
  const name = `${'Příloha č. 1 – žádost o změnu (úplné znění) '.repeat(6).slice(0, 251)}.pdf`;
  expect(name).toHaveLength(255);
  expect(await namesOf([name])).toEqual([name]);
});

test('the signed original comes under the name that people know, or next to a file that took it', async () => {
  expect(await namesOf(['žádost.pdf'], true)).toEqual(['žádost.pdf', 'DZ_1490000010.zfo']);
  expect(await namesOf(['dz_1490000010.ZFO'], true)).toEqual(['dz_1490000010.ZFO', 'DZ_1490000010 (2).zfo']);
});

test('the head of the signed original takes headers of its own', () => {
  const head = compose().originalHead({ 'X-ISDS-Seal': 'invalid; untrusted', 'X-Note': 'Pečeť\r\nBcc: x' });
  expect(head.toString()).toContain('Content-Type: application/vnd.software602.filler.form-xml-zip;\r\n');
  expect(head.toString()).toContain('\r\nX-ISDS-Seal: invalid; untrusted\r\n');
  expect(head.toString()).toMatch(/\r\nX-Note: =\?UTF-8\?Q\?.*\r\n\r\n$/);
  expect(head.toString()).not.toMatch(/^Bcc/m);
});

test('the type of a file follows its name, never what the sender declared', () => {
  expect(compose().fileHead({ name: 'doklad.PDF' }).toString()).toContain('Content-Type: application/pdf;');
  expect(compose().fileHead({ name: '' }).toString()).toContain('filename="priloha"');
});

test.each([
  'exe',
  'js',
  'vbs',
  'bat',
  'cmd',
  'scr',
  'lnk',
  'hta',
  'ps1',
  'msi',
  'jar',
  'docm',
  'svg',
  'iso',
  'pdf.exe',
])('dangerous file: .%s keeps its name and is nothing but octets', async (extension) => {
  const name = `Platební rozkaz.${extension}`;
  expect(compose().fileHead({ name }).toString()).toContain('Content-Type: application/octet-stream;');
  expect(await namesOf([name])).toEqual([name]);
});

test('disguised extension: a mark that turns the direction of writing is not kept', async () => {
  expect(await namesOf(['rozsudek_\u202efdp.exe'])).toEqual(['rozsudek_fdp.exe']);
});

test('parameter injection: quotes, line ends and paths of a name stay inside the name', async () => {
  const evil = 'a"; name="b.exe\r\nX-Evil: 1\r\n\r\n--=_postolka_1490000010\\..\\/č";x.pdf';
  const names = await namesOf([evil]);
  expect(names).toEqual(['č";x.pdf']);
  expect(compose().fileHead({ name: evil }).toString()).not.toMatch(/^X-Evil/m);
});

/** Letters of one, two and three octets, letters whose composed form is longer, and what is dropped or replaced. */
const letters = fc.constantFrom('a', ' ', '%', 'ř', '漢', '\u0958', '\ufb2c', 'e\u0301', '\u200b', '"', '.', '😀');
const anyName = fc.oneof(fc.string({ unit: letters, maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 300 }));
const extensions = fc.constantFrom('', '.pdf', '.pptx', '.zfo', '.exe');

test('no head of a file is longer than its bound, the numbered ones included', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyName, extensions), { maxLength: 4 }), (given) => {
      const mail = compose();
      for (const name of given.flatMap(([stem, extension]) => [`${stem}${extension}`, `${stem}${extension}`])) {
        expect(mail.fileHead({ name }).length).toBeLessThanOrEqual(fileHeadBound(Buffer.byteLength(name)));
      }
    }),
  );
});

test('the bound holds for the longest names of each kind and wastes little on them', () => {
  for (const letter of ['ř', '漢', ' ř', 'ř%'] as const) {
    const name = `${letter.repeat(300).slice(0, 250)}.pptx`;
    const { length } = compose().fileHead({ name });
    const bound = fileHeadBound(Buffer.byteLength(name));
    expect(length).toBeLessThanOrEqual(bound);
    expect(bound - length).toBeLessThan(0.4 * length);
  }
});

test('every name comes out as the mail program would have it, whatever stands in it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({
        unit: fc.constantFrom('a', 'Ž', '漢', ' x', "'", '%41', '=', '(', '1'),
        minLength: 1,
        maxLength: 280,
      }),
      async (stem) => {
        const name = `x${stem}x.pdf`;
        fc.pre(name.length <= 255);
        expect(await namesOf([name])).toEqual([name]);
      },
    ),
    { numRuns: 60 },
  );
});
