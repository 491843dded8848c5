/** Mails that cannot become data messages, and what stays behind: nothing. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readMail } from '../../src/mail-parser/index.ts';
import { html, letter, multipart, part, pdf, plain, read, spoolDirectory, streamOf } from './samples.ts';
import { htmlThreads } from '../support/threads.ts';

const never = new AbortController().signal;
const encrypted = { name: 'Refused', reason: 'mail-encrypted' };
async function* brokenOff(start: string) {
  yield Promise.resolve(Buffer.from(start));
  throw new Error('spojení přerušeno');
}

const unreadable = (problem: string) => ({
  name: 'Refused',
  reason: 'mail-unreadable',
  facts: { problem: { cs: expect.stringContaining(problem) } },
});

test.each([
  [
    'S/MIME enveloped-data',
    part(['Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m'], 'x'),
  ],
  ['PGP/MIME', multipart('encrypted', part(['Content-Type: application/pgp-encrypted'], 'Version: 1'))],
  ['inline PGP', plain('-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA')],
  [
    'enveloped data inside a list footer',
    multipart('mixed', part(['Content-Type: application/pkcs7-mime; smime-type=enveloped-data'], 'x')),
  ],
])('an encrypted mail is refused: %s', async (_kind, content) => {
  await expect(read(letter(content))).rejects.toMatchObject(encrypted);
});

test('a signed document in CMS is a file, not an encrypted mail', async () => {
  const document = part(['Content-Type: application/pkcs7-mime; name="smlouva.pdf.p7m"'], 'x');
  expect((await read(letter(multipart('mixed', plain('text'), document)))).files[0]?.name).toBe('smlouva.pdf.p7m');
});

test('a multipart whose parts cannot be told is refused, because a file may be inside', async () => {
  const broken = part(['Content-Type: multipart/mixed'], '--b\r\nContent-Type: application/pdf\r\n\r\nx\r\n--b--');
  await expect(read(letter(multipart('mixed', plain('text'), broken)))).rejects.toMatchObject(unreadable('rozdělit'));
});

test('attack: parts nested without end', async () => {
  let content = plain('dno');
  for (let depth = 0; depth < 25; depth++) content = multipart(`x${depth}`, content);
  await expect(read(letter(content))).rejects.toMatchObject(unreadable('vnořeny'));
});

test('attack: thousands of parts', async () => {
  const parts = Array.from({ length: 1000 }, () => plain(''));
  await expect(read(letter(multipart('mixed', ...parts)))).rejects.toMatchObject(unreadable('příliš mnoho částí'));
});

test('attack: a header of a megabyte', async () => {
  const header = `X-Dlouha: ${'x'.repeat(1024 * 1024)}`;
  await expect(read(letter(plain('text'), [header]))).rejects.toMatchObject(unreadable('hlavičku'));
});

test('attack: a body text that would fill the memory', async () => {
  const line = Buffer.from(`${'x'.repeat(1022)}\r\n`);
  const chunks = [Buffer.from(letter(plain(''))), ...Array.from({ length: 9 * 1024 }, () => line)];
  await expect(read(chunks)).rejects.toMatchObject(unreadable('příliš dlouhý'));
});

test('a missing spool directory is a full storage', async () => {
  const options = { spoolDirectory: join(spoolDirectory(), 'neni'), signal: never, htmlThreads, account: 'ab12345' };
  const mail = streamOf([Buffer.from(letter(multipart('mixed', plain('text'), pdf('a.pdf'))))]);
  await expect(readMail(mail, options)).rejects.toMatchObject({ name: 'Refused', reason: 'storage-full' });
});

test('attachments have no name on the disk, neither while they wait nor afterwards', async () => {
  const directory = spoolDirectory();
  const mail = streamOf([Buffer.from(letter(multipart('mixed', html('<p>x'), pdf('a.pdf'))))]);
  const draft = await readMail(mail, { spoolDirectory: directory, signal: never, htmlThreads, account: 'ab12345' });
  expect(draft.files).toHaveLength(1);
  expect(readdirSync(directory)).toEqual([]);
  await draft.dispose();
  await draft.dispose();
  expect(readdirSync(directory)).toEqual([]);
});

test('a source that breaks off is no mail', async () => {
  const options = { spoolDirectory: spoolDirectory(), signal: never, htmlThreads, account: 'ab12345' };
  await expect(readMail(brokenOff(letter(plain('začátek dopisu'))), options)).rejects.toThrow('spojení přerušeno');
});

test('a source that breaks off inside an attachment is no mail', async () => {
  const start = letter(multipart('mixed', plain('text'), pdf('a.pdf'))).slice(0, -40);
  const options = { spoolDirectory: spoolDirectory(), signal: never, htmlThreads, account: 'ab12345' };
  await expect(readMail(brokenOff(start), options)).rejects.toThrow('spojení přerušeno');
});

test('the signal ends the reading', async () => {
  const deadline = new AbortController();
  const source = new Readable({ read: () => undefined, signal: deadline.signal });
  source.push(letter(multipart('mixed', plain('text'), pdf('a.pdf'))).slice(0, -20));
  const reading = readMail(source, {
    spoolDirectory: spoolDirectory(),
    signal: deadline.signal,
    htmlThreads,
    account: 'ab12345',
  });
  deadline.abort(new Error('lhůta vypršela'));
  await expect(reading).rejects.toThrow('lhůta vypršela');
});

test('the rest of a refused mail is not asked for', async () => {
  const directory = spoolDirectory();
  let asked = 0;
  async function* endless() {
    yield Promise.resolve(Buffer.from(`X: ${'x'.repeat(200_000)}`));
    for (;;) {
      asked++;
      yield Promise.resolve(Buffer.alloc(1000, 'x'));
    }
  }
  await expect(
    readMail(endless(), { spoolDirectory: directory, signal: never, htmlThreads, account: 'ab12345' }),
  ).rejects.toMatchObject(unreadable(''));
  expect(asked).toBeLessThan(10_000);
});
