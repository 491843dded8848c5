/** HTML bodies made to stop the gateway, and what is left of them. */
import { expect, test } from 'vitest';
import { htmlToPlainText } from '../../src/mime/html-text.ts';
import { HtmlThread } from '../../src/mime/html-thread.ts';
import { PicturePlaces } from '../../src/mime/picture-places.ts';
import { stripTags } from '../../src/mime/strip-tags.ts';

const noPictures = () => new PicturePlaces([]);
const job = (html: string) => ({ html, contentIds: [], strip: false });

test.each([
  ['<p>Dobrý den,</p><p>posílám <b>výkres</b>.</p>', 'Dobrý den,\nposílám výkres.\n'],
  ['a<br>b<BR/>c<br />d', 'a\nb\nc\nd'],
  ['<style>p { color: red }</style><Script type="x">alert("<p>")</SCRIPT >text', 'text'],
  ['vidět<!-- není <b> --> je', 'vidět je'],
  ['1 < 2 a 3 > 2', '1 < 2 a 3 > 2'],
  ['a <b c <i>d</i>', 'a <b c d'],
  ['&lt;b&gt; &amp;amp; &#269;&#x10D; &quot;x&quot;', '<b> &amp; čč "x"'],
  ['<title>Název</title', ''],
  ['<scripts>text</scripts>', 'text'],
])('tags are taken off %j', (html, text) => {
  expect(stripTags(html)).toBe(text);
});

test.each([
  ['<script>', 1],
  ['<script>x</script ', 1],
  ['<style><title>', 2],
  ['<!--', 0],
  ['<', 0],
  ['</', 0],
  ['<a <b ', 0],
])('attack: %j a million times is stripped in time that grows with the length alone', (piece) => {
  expect(stripTags(`text ${piece.repeat(1_000_000)}>`)).toMatch(/^text /);
});

test('attack: tags nested a hundred thousand times stop nobody else', async () => {
  let turns = 0;
  const counting = setInterval(() => turns++, 1);
  const text = await htmlToPlainText('<b><i>x'.repeat(70_000), noPictures());
  clearInterval(counting);
  expect(text.replace(/[^x]/g, '')).toHaveLength(70_000);
  expect(turns).toBeGreaterThan(20);
});

test('attack: quotes in quotes do not grow beyond their markup', async () => {
  const text = await htmlToPlainText('<blockquote>x'.repeat(1_500), noPictures());
  expect(text.length).toBeLessThan(5_000_000);
  expect(text.replace(/[^x]/g, '')).toHaveLength(1_500);
});

test('several bodies at once each get their own text', async () => {
  const texts = await Promise.all(
    ['jedna', 'dvě', 'tři'].map((word) => htmlToPlainText(`<p>${word}</p>`, noPictures())),
  );
  expect(texts).toEqual(['jedna', 'dvě', 'tři']);
});

test('a conversion that takes too long is given up, and the next one has a thread of its own', async () => {
  const impatient = new HtmlThread(0);
  expect(await impatient.run(job('<p>text</p>'))).toBeUndefined();
  expect(await impatient.run(job('<p>text</p>'))).toBeUndefined();
  expect(await new HtmlThread().run(job('<p>text</p>'))).toMatchObject({ text: 'text' });
});
