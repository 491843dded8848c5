/** Mails that could be read in two ways: nothing may depend on how the network cuts, nor get lost between the two. */
import { expect, test } from 'vitest';
import { html, letter, mail, multipart, part, plain, read } from './samples.ts';

const form = async (first: string, second: string): Promise<string | undefined> =>
  (await read(letter(multipart('alternative', plain(first), html(second))))).text;

test.each(['Cena: 500 Kč', 'https://urad.example/spis', 'Priloha: zadna'])(
  'a line like a field does not end the text without an empty line: %s',
  async (line) => {
    const draft = await read(mail('Subject: Věc', 'Dobrý den, první odstavec.', line, '', 'Druhý.'));
    expect(draft).toMatchObject({ subject: 'Věc', text: `Dobrý den, první odstavec.\n${line}\n\nDruhý.` });
  },
);

test('addresses of links make no form of a text the longer one', async () => {
  const link = `https://sledovani.example/${'a'.repeat(600)}`;
  expect(await form(`Zobrazit v prohlížeči: ${link}`, '<p>Faktura č. 12, částka 12 500 Kč.</p>')).toBe(
    'Faktura č. 12, částka 12 500 Kč.',
  );
  expect(await form(`Faktura ${link}`, `<p>Faktura č. 12, splatnost 14. 12. <a href="${link}">zde</a></p>`)).toContain(
    'splatnost',
  );
});

test('a short letter is no stub because of a word in it', async () => {
  const text = 'Žádám o zobrazení spisu č. 12 v programu.';
  expect(await form(text, '<p>Odesláno z mobilu</p>')).toBe(text);
});

test('a text that is no base64 stands as it is, however the network cuts it', async () => {
  const words = 'D obrý den, ve věci 45 podávám odvolání.';
  const source = letter(part(['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64'], words));
  const octets = Array.from(Buffer.from(source), (octet) => Buffer.of(octet));
  expect((await read(octets)).text).toBe(words);
  const encoded = letter(
    part(
      ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64'],
      Buffer.from(words).toString('base64'),
    ),
  );
  expect((await read(Array.from(Buffer.from(encoded), (octet) => Buffer.of(octet)))).text).toBe(words);
});
