/** What Thunderbird, Outlook, Apple Mail and others send, and what of it travels (mail-clients §10). */
import { PICTURE_PLACE } from '../../src/core/index.ts';
import { expect, test } from 'vitest';
import { contents, html, letter, multipart, names, part, pdf, plain, read } from './samples.ts';

test('Thunderbird: plain and HTML alternative, a PDF with a continued name, a picture as a file', async () => {
  const draft = await read(
    letter(
      multipart(
        'mixed',
        multipart(
          'alternative',
          part(
            ['Content-Type: text/plain; charset=UTF-8; format=flowed', 'Content-Transfer-Encoding: 8bit'],
            'Dobrý den, v příloze posíláme žalobu \r\nve dvou vyhotoveních.\r\n\r\n-- \r\nJan Novák',
          ),
          html('<p>Dobrý den, v příloze posíláme žalobu ve dvou vyhotoveních.</p>'),
        ),
        part(
          [
            'Content-Type: application/pdf; name="=?UTF-8?B?xb1hbG9iYSBwxZlp?=\r\n =?UTF-8?B?xI1uw60ucGRm?="',
            'Content-Disposition: attachment;',
            " filename*0*=UTF-8''%C5%BD%61%6C%6F%62%61%20%70%C5;",
            ' filename*1*=%99%69%C4%8D%6E%C3%AD%2E%70%64%66',
            'Content-Transfer-Encoding: base64',
          ],
          'JVBERi0x',
        ),
        part(
          [
            'Content-Type: image/png; name="image001.png"',
            'Content-Disposition: attachment; filename="image001.png"',
            'Content-Transfer-Encoding: base64',
          ],
          'iVBORw==',
        ),
      ),
    ),
  );
  expect(draft.subject).toBe('Žaloba a přílohy');
  expect(draft.from).toBe('ab12345@schranky.example');
  expect(draft.fromName).toBe('Jan Novák');
  expect(draft.messageId).toBe('<prvni@schranky.example>');
  expect(draft.text).toBe('Dobrý den, v příloze posíláme žalobu ve dvou vyhotoveních.\n\n-- \nJan Novák');
  expect(names(draft)).toEqual(['Žaloba přiční.pdf', 'image001.png']);
});

test('Outlook: the logo of the signature belongs to the text, the PDF beside it travels', async () => {
  const draft = await read(
    letter(
      multipart(
        'mixed',
        multipart(
          'related',
          multipart(
            'alternative',
            plain('Vážený soude,\r\n[cid:image001.png@01D55A03.3C1887E0]\r\nzasíláme smlouvu.'),
            html('<p>Vážený soude,</p><img src="cid:image001.png@01D55A03.3C1887E0"><p>zasíláme smlouvu.</p>'),
          ),
          part(
            [
              'Content-Type: image/png; name="image001.png"',
              'Content-ID: <image001.png@01D55A03.3C1887E0>',
              'Content-Transfer-Encoding: base64',
            ],
            'iVBORw==',
          ),
        ),
        pdf('smlouva.pdf'),
      ),
    ),
  );
  expect(names(draft)).toEqual(['smlouva.pdf']);
  expect(draft.pictures).toMatchObject([{ name: 'image001.png', declaredType: 'image/png' }]);
  expect(draft.text).toBe(`Vážený soude,\n${PICTURE_PLACE}\nzasíláme smlouvu.`);
});

test('a picture that the HTML does not show was put there to be sent', async () => {
  const picture = part(
    ['Content-Type: image/jpeg; name="nehoda.jpg"', 'Content-ID: <p1@x>', 'Content-Disposition: inline'],
    'foto',
  );
  const draft = await read(letter(multipart('related', html('<p>Bez obrázku</p>'), picture)));
  expect(names(draft)).toEqual(['nehoda.jpg']);
  expect(draft.pictures).toEqual([]);
});

test('a document is no layout, even when the HTML refers to it', async () => {
  const document = part(['Content-Type: application/pdf; name="posudek.pdf"', 'Content-ID: <d1@x>'], '%PDF');
  const draft = await read(letter(multipart('related', html('<embed src="cid:d1@x">'), document)));
  expect(names(draft)).toEqual(['posudek.pdf']);
});

test('Apple Mail: an inline PDF nested in the alternative travels, and no text around it is lost', async () => {
  const nested = multipart('mixed', html('<p>před</p>'), pdf('Účet.pdf', 'inline'), html('<p>po</p>'));
  const withPlain = await read(letter(multipart('alternative', plain('před\r\n\r\npo'), nested)));
  expect(names(withPlain)).toEqual(['Účet.pdf']);
  expect(withPlain.text).toBe('před\n\npo');
  const htmlOnly = await read(letter(nested));
  expect(names(htmlOnly)).toEqual(['Účet.pdf']);
  expect(htmlOnly.text).toBe('před\n\npo');
});

test('names in NFD, as macOS keeps them, become NFC', async () => {
  const draft = await read(letter(multipart('mixed', plain('text'), pdf('Příloha č. 1.pdf'.normalize('NFD')))));
  expect(names(draft)).toEqual(['Příloha č. 1.pdf'.normalize('NFC')]);
});

test('S/MIME clear signature: the content stays, smime.p7s is left out', async () => {
  const signature = part(
    [
      'Content-Type: application/pkcs7-signature; name="smime.p7s"',
      'Content-Disposition: attachment; filename="smime.p7s"',
    ],
    'podpis',
  );
  const draft = await read(letter(multipart('signed', multipart('mixed', plain('text'), pdf('a.pdf')), signature)));
  expect(names(draft)).toEqual(['a.pdf']);
  expect(draft.text).toBe('text');
});

const key = (name: string) => part([`Content-Type: application/pgp-keys; name="${name}"`], 'klíč');

test("Thunderbird's PGP signature and key are left out, a key that the user attached is not", async () => {
  const signature = part(['Content-Type: application/pgp-signature; name="OpenPGP_signature.asc"'], 'podpis');
  const content = multipart('mixed', plain('text'), key('OpenPGP_0x1234.asc'), key('muj-klic.asc'));
  expect(names(await read(letter(multipart('signed', content, signature))))).toEqual(['muj-klic.asc']);
});

test('a signature that belongs to a document is a file like any other', async () => {
  const signature = part(
    ['Content-Type: application/pkcs7-signature', 'Content-Disposition: attachment; filename="smlouva.pdf.p7s"'],
    'podpis',
  );
  const draft = await read(letter(multipart('mixed', plain('text'), pdf('smlouva.pdf'), signature)));
  expect(names(draft)).toEqual(['smlouva.pdf', 'smlouva.pdf.p7s']);
});

test('a text file is a file even when it is inline', async () => {
  const inline = part(
    [
      'Content-Type: text/plain; charset=utf-8; name="soupis.txt"',
      'Content-Disposition: inline; filename="soupis.txt"',
    ],
    'položka',
  );
  const draft = await read(letter(multipart('mixed', plain('dopis'), inline)));
  expect(await contents(draft)).toEqual([['soupis.txt', 'položka']]);
  expect(draft.text).toBe('dopis');
});

test('a mail that is nothing but a PDF has one file and no text', async () => {
  const draft = await read(letter(pdf('jen-priloha.pdf')));
  expect(await contents(draft)).toEqual([['jen-priloha.pdf', '%PDF jen-priloha.pdf']]);
  expect(draft.text).toBeUndefined();
});
