/** Where the text of a mail shows its pictures. */
import { PICTURE_PLACE } from '../../src/core/index.ts';
import { expect, test } from 'vitest';
import { html, letter, multipart, part, plain, read } from './samples.ts';

const picture = (id: string, type = 'image/png') =>
  part(
    [`Content-Type: ${type}; name="${id}.png"`, `Content-ID: <${id}@x>`, 'Content-Disposition: inline'],
    `obraz ${id}`,
  );

/** The text with the name of a picture where it stands. */
async function shown(...parts: string[]): Promise<string | undefined> {
  const { text, pictures } = await read(letter(multipart('related', ...parts)));
  let next = 0;
  return text?.replaceAll(PICTURE_PLACE, () => `{${pictures[next++]?.name}}`);
}

test('pictures stand where the HTML shows them, at the width that it says', async () => {
  const markup =
    '<p>První <img src="cid:a@x" width="120"> a <img width=50% src=\'CID:b%40x\'></p><p><img src="cid:c@x"></p>';
  const parts = [html(markup), picture('c'), picture('a'), picture('b')];
  expect(await shown(...parts)).toBe('První {a.png} a {b.png}\n\n{c.png}');
  const { pictures } = await read(letter(multipart('related', ...parts)));
  expect(pictures.map(({ shownWidth }) => shownWidth)).toEqual([120, undefined, undefined]);
});

test('a picture that is shown twice stands at its first place', async () => {
  const markup = '<p>a <img src="cid:a@x"></p><p>b <img src="cid:a@x"></p>';
  expect(await shown(html(markup), picture('a'))).toBe('a {a.png}\n\nb');
});

test('pictures of the web are not fetched, and what is no picture stays a file', async () => {
  const markup = '<p>a<img src="https://example.org/x.png"><img src="cid:missing@x"><object data="cid:d@x"></p>';
  const draft = await read(letter(multipart('related', html(markup), picture('d', 'application/pdf'))));
  expect(draft).toMatchObject({ text: 'a', pictures: [], files: [{ name: 'd.png' }] });
});

const alternative = (text: string, markup: string) => multipart('alternative', plain(text), html(markup));

test('Outlook: the plain text says where each picture stood', async () => {
  const both = alternative(
    'Dobrý den,\r\n[cid:a@x]\r\nPodpis [cid:b@x] ABC',
    '<p>Dobrý den, <img src="cid:a@x"><img src="cid:b@x"></p>',
  );
  expect(await shown(both, picture('a'), picture('b'))).toBe('Dobrý den,\n{a.png}\nPodpis {b.png} ABC');
});

test('Gmail and Thunderbird: HTML that says the same words shows where', async () => {
  const markup = '<p>Dobrý den,</p><img src="cid:a@x"><p>viz <a href="https://x.example">web</a></p>';
  expect(
    await shown(alternative('Dobrý den,\r\n[image: a.png]\r\nviz web <https://x.example>', markup), picture('a')),
  ).toBe('Dobrý den,\n\n{a.png}\n\nviz web [https://x.example]');
  expect(await shown(alternative('Dobrý den,\r\nviz web <https://x.example>', markup), picture('a'))).toContain(
    '{a.png}',
  );
});

test('HTML that says less than the plain text costs no word of it: the pictures follow', async () => {
  const both = alternative('Dobrý den, lhůta je do 5. 12.', '<p>Dobrý den <img src="cid:a@x"></p>');
  expect(await shown(both, picture('a'))).toBe('Dobrý den, lhůta je do 5. 12.\n\n{a.png}');
});

test('a picture of the background is shown below, for nobody knows where it was', async () => {
  expect(await shown(html('<body background="cid:a@x"><p>text</p></body>'), picture('a'))).toBe('text\n\n{a.png}');
});

test('a mail that is nothing but a picture has a text that shows it', async () => {
  expect(await shown(html('<img src="cid:a@x">'), picture('a'))).toBe('{a.png}');
});

test('attack: a text with signs that look like the places of pictures', async () => {
  const forged = `${PICTURE_PLACE}0${PICTURE_PLACE} a ${PICTURE_PLACE}`;
  expect(await shown(html(`<p>${forged} b <img src="cid:a@x"></p>`), picture('a'))).toBe('0 a b {a.png}');
  expect(await shown(alternative(forged, '<p>a <img src="cid:a@x"></p>'), picture('a'))).toBe('0 a\n\n{a.png}');
});
