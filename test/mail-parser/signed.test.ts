/** S/MIME (RFC 8551): what is signed travels without its signature, what is encrypted is refused with its reason. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HAS_OPENSSL } from '../isds/openssl.ts';
import { DATA, DIGESTS, element, marked, oid, SIGNED, signedData, SIGNERS, VERSION } from './cms-writer.ts';
import { contents, letter, multipart, names, part, pdf, plain, read, spoolDirectory } from './samples.ts';

const base64 = (octets: Buffer): string => octets.toString('base64').replace(/.{76}/g, '$&\r\n');
const smime = (octets: Buffer, type = 'application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"'): string =>
  part([`Content-Type: ${type}`, 'Content-Transfer-Encoding: base64'], base64(octets));

const INSIDE = multipart('mixed', plain('Dobrý den, žaluji.'), pdf('žaloba.pdf'));
const insideSignature = {
  reason: 'mail-unreadable',
  facts: { problem: { cs: expect.stringContaining('oddělený podpis') } },
};

test.each(['lengths', 'marked'] as const)('a mail inside its signature, in BER with %s', async (form) => {
  const draft = await read(letter(smime(signedData(INSIDE, form))));
  expect(draft).toMatchObject({
    subject: 'Žaloba a přílohy',
    text: 'Dobrý den, žaluji.',
    leftOut: ['smime.p7s'],
    nature: 'letter',
  });
  expect(await contents(draft)).toEqual([['žaloba.pdf', '%PDF žaloba.pdf']]);
});

test.each([
  'application/pkcs7-mime; smime-type=signed-data',
  'application/x-pkcs7-mime; name=smime.p7m',
  'application/pkcs7-mime; smime-type=signed-data; name=zprava.p7m',
  'application/octet-stream; name="SMIME.P7M"',
])('it is known as %s', async (type) => {
  expect(names(await read(letter(smime(signedData(INSIDE), type))))).toEqual(['žaloba.pdf']);
});

test('a signed mail under the footer of a mailing list is one mail with it', async () => {
  const draft = await read(letter(multipart('mixed', smime(signedData(INSIDE)), plain('-- \r\nrozesílá spolek'))));
  expect(names(draft)).toEqual(['žaloba.pdf']);
  expect(draft.text).toBe('-- \nrozesílá spolek\n\nDobrý den, žaluji.');
});

test('signed twice', async () => {
  const draft = await read(letter(smime(signedData(smime(signedData(INSIDE))))));
  expect(draft).toMatchObject({ text: 'Dobrý den, žaluji.', leftOut: ['smime.p7s', 'smime.p7s'] });
});

test('a forwarded mail inside its signature is opened like any other', async () => {
  const forwarded = part(['Content-Type: message/rfc822'], letter(smime(signedData(INSIDE))));
  expect(names(await read(letter(forwarded)))).toEqual(['e-mail Žaloba a přílohy.txt', 'žaloba.pdf']);
});

const receipt = multipart('report', plain('Přečteno.'), part(['Content-Type: message/disposition-notification'], 'x'));
const signature = part(['Content-Type: application/pkcs7-signature; name="smime.p7s"'], 'podpis');

test.each([
  ['inside its signature', smime(signedData(receipt))],
  ['beside its signature', multipart('signed', receipt, signature)],
])('a signed read receipt is a read receipt: %s', async (_where, content) => {
  expect(await read(letter(content))).toMatchObject({ nature: 'read-receipt', files: [], text: undefined });
});

test('a signed receipt beside a text or a file takes neither with it', async () => {
  const signed = smime(signedData(receipt));
  const beside = await read(letter(multipart('mixed', plain('Viz potvrzení.'), signed, pdf('a.pdf'))));
  expect(beside).toMatchObject({ nature: 'letter', text: expect.stringMatching(/^Viz potvrzení\.\n\nPřečteno\./) });
  expect(names(beside)).toEqual(['a.pdf']);
  const forwarded = part(['Content-Type: message/rfc822'], letter(multipart('mixed', signed, pdf('a.pdf'))));
  expect(names(await read(letter(forwarded)))).toEqual(['e-mail Žaloba a přílohy.txt', 'a.pdf']);
});

test('a detached signature is left out under any type, a document beside it is not', async () => {
  const renamed = part(['Content-Type: application/octet-stream; name="smime.p7s"'], 'podpis');
  const draft = await read(letter(multipart('signed', INSIDE, renamed, pdf('vloženo serverem.pdf'))));
  expect(names(draft)).toEqual(['žaloba.pdf', 'vloženo serverem.pdf']);
  expect(draft.leftOut).toEqual(['smime.p7s']);
});

test('certificates alone are a file', async () => {
  const certificates = smime(Buffer.from('x'), 'application/pkcs7-mime; smime-type=certs-only; name=smime.p7c');
  expect(names(await read(letter(multipart('mixed', plain('x'), certificates))))).toEqual(['smime.p7c']);
});

test.each([
  ['enveloped', '2a864886f70d010703'],
  ['authenticated and enveloped', '2a864886f70d0109100117'],
  ['encrypted', '2a864886f70d010706'],
])('what is %s is refused as encrypted, whatever its parameters say', async (_kind, id) => {
  const octets = element(0x30, oid(id), element(0xa0, element(0x30, VERSION)));
  for (const type of ['application/pkcs7-mime; smime-type=signed-data', 'application/octet-stream; name=smime.p7m']) {
    await expect(read(letter(smime(octets, type)))).rejects.toMatchObject({ reason: 'mail-encrypted' });
  }
  await expect(read(letter(smime(signedData(smime(octets)))))).rejects.toMatchObject({ reason: 'mail-encrypted' });
});

test('what is compressed is refused with advice', async () => {
  const octets = element(0x30, oid('2a864886f70d0109100109'), element(0xa0, element(0x30, VERSION)));
  await expect(read(letter(smime(octets)))).rejects.toMatchObject({
    reason: 'mail-unreadable',
    facts: { problem: { cs: expect.stringContaining('bez komprese') } },
  });
});

test.each([
  ['no CMS at all', Buffer.from('x'.repeat(100))],
  [
    'a signature without content',
    element(0x30, SIGNED, element(0xa0, element(0x30, VERSION, DIGESTS, element(0x30, DATA), SIGNERS))),
  ],
  [
    'something else in place of the content',
    element(0x30, SIGNED, element(0xa0, element(0x30, VERSION, DIGESTS, element(0x30, DATA, element(0xa0, VERSION))))),
  ],
])('%s is refused with advice', async (_what, octets) => {
  await expect(read(letter(smime(octets)))).rejects.toMatchObject(insideSignature);
});

test('attack: cut off anywhere inside the content, a signed mail is refused', async () => {
  const octets = signedData(INSIDE);
  for (let end = 0; end < octets.length - SIGNERS.length; end += 11) {
    await expect(read(letter(smime(octets.subarray(0, end))))).rejects.toMatchObject({ reason: 'mail-unreadable' });
  }
});

test('attack: elements nested without end, and lengths of terabytes', async () => {
  const strings = Array.from({ length: 1000 }).reduce<Buffer>((inner) => marked(0x24, inner), element(0x04));
  const deep = marked(
    0x30,
    SIGNED,
    marked(0xa0, marked(0x30, VERSION, DIGESTS, marked(0x30, DATA, marked(0xa0, strings)))),
  );
  await expect(read(letter(smime(deep)))).rejects.toMatchObject(insideSignature);
  const sets = Array.from({ length: 20_000 }).reduce<Buffer>(
    (inner) => Buffer.concat([Buffer.of(0x31, 0x80), inner]),
    VERSION,
  );
  const digests = marked(0x30, SIGNED, marked(0xa0, Buffer.concat([Buffer.of(0x30, 0x80), VERSION, sets])));
  await expect(read(letter(smime(digests)))).rejects.toMatchObject(insideSignature);
  const huge = Buffer.concat([Buffer.of(0x30, 0x80), SIGNED, Buffer.from('a0803080020186ffffffffffff', 'hex')]);
  await expect(read(letter(smime(huge)))).rejects.toMatchObject({ reason: 'mail-unreadable' });
});

test('attack: signatures around signatures without end', async () => {
  const content = Array.from({ length: 8 }).reduce<string>((inner) => smime(signedData(inner)), INSIDE);
  await expect(read(letter(content))).rejects.toMatchObject({ reason: 'mail-unreadable' });
});

/** A key, its certificate and a mail in a folder that is gone after the test. */
function openssl(mail: Buffer | string, ...args: string[]): string {
  const folder = spoolDirectory();
  const run = (...words: string[]) =>
    execFileSync('openssl', words, { cwd: folder, stdio: 'pipe', encoding: 'latin1' });
  const subject = ['-subj', '/CN=Jan', '-keyout', 'key.pem', '-out', 'certificate.pem', '-days', '1'];
  run('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', ...subject);
  writeFileSync(join(folder, 'mail'), mail);
  return run('cms', ...args, '-in', 'mail');
}

const SIGN = ['-sign', '-signer', 'certificate.pem', '-inkey', 'key.pem', '-binary'];

test.skipIf(!HAS_OPENSSL).each([
  ['opaque', ['-nodetach']],
  ['opaque and streamed', ['-nodetach', '-stream']],
  ['clear', []],
])('OpenSSL signs: %s (skipped without openssl)', async (_form, args) => {
  const content = randomBytes(200_000);
  const file = part(
    ['Content-Type: application/pdf; name=a.pdf', 'Content-Transfer-Encoding: base64'],
    base64(content),
  );
  const mail = openssl(multipart('mixed', plain('Dobrý den'), file), ...SIGN, ...args);
  const draft = await read(Buffer.from(`Subject: x\r\n${mail}`, 'latin1'));
  expect(draft).toMatchObject({ text: 'Dobrý den', leftOut: ['smime.p7s'] });
  expect((await contents(draft)).map(([name]) => name)).toEqual(['a.pdf']);
  expect(draft.files[0]?.size).toBe(content.length);
});

test.skipIf(!HAS_OPENSSL)('OpenSSL encrypts (skipped without openssl)', async () => {
  const mail = openssl(INSIDE, '-encrypt', '-aes256', '-recip', 'certificate.pem');
  const untold = mail.replace(/smime-type="?[a-z-]+"?;? ?/i, '');
  for (const text of [mail, untold]) {
    await expect(read(`Subject: x\r\n${text}`)).rejects.toMatchObject({ reason: 'mail-encrypted' });
  }
});
