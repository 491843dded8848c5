/** Pictures that stand in the markup of a mail itself: none of them vanishes. */
import { PICTURE_PLACE } from '../../src/core/index.ts';
import { expect, test } from 'vitest';
import { bytes, html, letter, multipart, plain, read } from './samples.ts';
import { takeOutPictures } from '../../src/mail-parser/text/embedded-pictures.ts';

const octets = (content: string): string => Buffer.from(content).toString('base64');
const image = (content: string, attributes = ''): string =>
  `<img src="data:image/png;base64,${octets(content)}"${attributes}>`;

test('Thunderbird: a picture pasted into the text is shown where it stood', async () => {
  const { text, pictures, files, leftOut } = await read(letter(html(`<p>Sken:</p>${image('sken', ' width="300"')}`)));
  expect(text).toBe(`Sken:\n\n${PICTURE_PLACE}`);
  expect(pictures).toMatchObject([{ name: 'priloha-1.png', declaredType: 'image/png', shownWidth: 300 }]);
  expect((await bytes(pictures[0]!.open())).toString()).toBe('sken');
  expect([files, leftOut]).toEqual([[], []]);
});

test('beside a plain text that says something else the picture follows it', async () => {
  const both = multipart('alternative', plain('Dobrý den.'), html(`<p>Ahoj</p>${image('sken')}`));
  expect((await read(letter(both))).text).toBe(`Dobrý den.\n\n${PICTURE_PLACE}`);
});

test('pictures of several bodies keep apart, and one that is shown twice travels once', async () => {
  const bodies = [html(`${image('a')}${image('b')}${image('a')}`), html(image('c'))];
  const { pictures } = await read(letter(multipart('mixed', ...bodies)));
  const shown = await Promise.all(pictures.map(async (picture) => (await bytes(picture.open())).toString()));
  expect(shown).toEqual(['a', 'b', 'c']);
});

test.each([
  [`<img src='data:image/PNG;base64,${octets('x')}'>`, 'image/png', 'x'],
  [`<img src=data:image/jpeg;name=a.jpg;base64,${octets('x')} width=5>`, 'image/jpeg', 'x'],
  [`<td style="background: url(data:image/gif;base64,${octets('x')})">`, 'image/gif', 'x'],
  [`<img src="data:image/png;base64,${octets('celý obraz').replace(/.{8}/g, '$&\r\n ')}">`, 'image/png', 'celý obraz'],
  [`<img src="data:image/png;base64,${encodeURIComponent(octets('x?'))}">`, 'image/png', 'x?'],
])('%s', (markup, type, content) => {
  const { html: rest, pictures } = takeOutPictures(markup, () => 1);
  expect(rest).toContain('cid:1@embedded.invalid');
  expect(pictures.map((picture) => [picture.type, picture.content.toString()])).toEqual([[type, content]]);
});

test.each(['data:image/', 'data:image/png;base64,\n', 'data:image/png;a=b', 'data:image/png;base64,A\n '])(
  'attack: %j half a million times',
  (piece) => {
    let number = 0;
    expect(takeOutPictures(piece.repeat(500_000), () => ++number).html.length).toBeGreaterThan(0);
  },
);

test('attack: a thousand pictures in one body', async () => {
  const many = Array.from({ length: 1_000 }, (_, index) => image(`${index}`)).join('');
  await expect(read(letter(html(many)))).rejects.toMatchObject({ reason: 'mail-unreadable' });
});
