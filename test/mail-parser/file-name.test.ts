/** Names of attachments as programs encode them and as they travel. */
import { expect, test } from 'vitest';
import { cleanFileName } from '../../src/attachments/index.ts';
import { letter, multipart, names, part, plain, read } from './samples.ts';

async function nameOf(...headers: string[]): Promise<string | undefined> {
  return names(await read(letter(multipart('mixed', plain('text'), part(headers, 'x')))))[0];
}

test('RFC 2231 in pieces that split a character', async () => {
  const disposition = "Content-Disposition: attachment; filename*0*=UTF-8''%C5%BElu%C5; filename*1*=%A5.pdf";
  expect(await nameOf('Content-Type: application/pdf', disposition)).toBe('žluť.pdf');
});

test('RFC 2231 in windows-1250', async () => {
  expect(await nameOf("Content-Type: application/pdf; name*=windows-1250''%9Elu%9D.pdf")).toBe('žluť.pdf');
});

test('RFC 2047 in quotes, split inside a character', async () => {
  expect(await nameOf('Content-Type: application/pdf; name="=?UTF-8?B?xb5sdcU=?= =?UTF-8?B?pS5wZGY=?="')).toBe(
    'žluť.pdf',
  );
});

test('RFC 2047 in windows-1250, as Outlook writes it', async () => {
  expect(await nameOf('Content-Type: application/pdf; name="=?windows-1250?Q?=9Elu=9D.pdf?="')).toBe('žluť.pdf');
});

test('plain octets of UTF-8', async () => {
  expect(await nameOf('Content-Type: application/pdf; name="žluť.pdf"')).toBe('žluť.pdf');
});

test('the name of the disposition comes before that of the type', async () => {
  const headers = [
    'Content-Type: application/pdf; name="typ.pdf"',
    'Content-Disposition: attachment; filename="dispozice.pdf"',
  ];
  expect(await nameOf(...headers)).toBe('dispozice.pdf');
});

test('unnamed parts are called after their place and type', async () => {
  const draft = await read(
    letter(
      multipart(
        'mixed',
        plain('text'),
        part(['Content-Type: application/pdf'], 'x'),
        part(['Content-Type: image/jpeg', 'Content-Disposition: attachment; filename=".jpg"'], 'x'),
        part(['Content-Type: text/html', 'Content-Disposition: attachment'], 'x'),
      ),
    ),
  );
  expect(names(draft)).toEqual(['priloha-1.pdf', 'priloha-2.jpg', 'priloha-3.html']);
});

test.each([
  ['C:\\Users\\Jan\\smlouva.pdf', 'smlouva.pdf'],
  ['../../etc/hesla.txt', 'hesla.txt'],
  ['faktura\u202efdp.exe', 'fakturafdp.exe'],
  ['a\r\nX-Header: b.pdf', 'a X-Header- b.pdf'],
  ['nula\u0000.pdf', 'nula.pdf'],
  ['§ 12: „dotaz“?.pdf', '§ 12- „dotaz“?.pdf'],
  ['tvrdá\u00a0mezera\u2028zlom.pdf', 'tvrdá mezera zlom.pdf'],
  ['  smlouva.pdf. ', 'smlouva.pdf'],
  ['CON.pdf', '_CON.pdf'],
  ['con', '_con'],
  ['smajlík😀.pdf', 'smajlík😀.pdf'],
  ['FV 1/2026.pdf', 'FV 1-2026.pdf'],
  ['a\\b: "c".pdf', 'a-b- "c".pdf'],
  ['~/b.pdf', 'b.pdf'],
  ['x/../b.pdf', 'b.pdf'],
  ['file:///home/b.pdf', 'b.pdf'],
  ['\ud800rozbitý.pdf', '\ufffdrozbitý.pdf'],
  ['.pdf', ''],
  ['///', ''],
  ['…', '…'],
])('%j is stored as %j', (given, clean) => {
  expect(cleanFileName(given)).toBe(clean);
});
