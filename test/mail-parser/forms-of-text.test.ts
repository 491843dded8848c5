/** HTML as a browser shows it, and which of several forms of a text says more. */
import { expect, test } from 'vitest';
import { convertHtml } from '../../src/mail-parser/text/html-conversion.ts';
import { PicturePlaces } from '../../src/mail-parser/text/picture-places.ts';
import { html, letter, multipart, plain, read } from './samples.ts';

const shown = (markup: string): string | undefined => convertHtml(markup, new PicturePlaces([]))?.trim();

test.each([
  ['Souhlasím.<html><body><p>Citace</p></body></html>', 'Souhlasím.\n\nCitace'],
  ['<html><head><p>V hlavě</p></head><body><p>Tělo</p></body></html>', 'V hlavě\n\nTělo'],
  ['<html><body><p>Tělo</p></body></html><p>Za ním</p>', 'Tělo\n\nZa ním'],
  ['<body><p>První</p></body><body><p>Druhé</p></body>', 'První\n\nDruhé'],
  ['<title>Název</title><style>p{}</style><script>x()</script><p>Text</p>', 'Text'],
  ['<p>Text<template>šablona</template></p>', 'Text'],
])('all that is seen of %j, wherever it stands', (markup, text) => {
  expect(shown(markup)).toBe(text);
});

test.each(
  'address caption center dd dt figcaption legend li summary div p h1 blockquote article fieldset details'.split(' '),
)('%s begins and ends a line', (element) => {
  expect(shown(`před<${element}>FAKTURA</${element}><${element}>2026001</${element}>za`)).toMatch(
    /^před\s*\n[\s*>]*FAKTURA\s*\n[\s*>]*2026001\s*\n+za$/u,
  );
});

test.each([
  ['<s>100</s> 120', '[přeškrtnuto: 100] 120'],
  ['<del>100</del> 120', '[přeškrtnuto: 100] 120'],
  ['<span style="text-decoration: line-through">100</span> 120', '[přeškrtnuto: 100] 120'],
  ['10<sup>5</sup> m<sup>2</sup>', '10^5 m^2'],
  ['<ol><li>a<li value="7">b<li>c</ol>', '1. a\n 7. b\n 8. c'],
  ['<ol start="3"><li>a<li>b</ol>', '3. a\n 4. b'],
  ['<ol reversed><li>a<li>b</ol>', '2. a\n 1. b'],
  ['<ol type="a" start="26"><li>a<li>b</ol>', 'z.  a\n aa. b'],
  ['<ol type="I" start="4"><li>a<li>b</ol>', 'IV. a\n V.  b'],
  ['<ol><li>a<ol><li>vnitřní</ol><li>b</ol>', '1. a\n    1. vnitřní\n 2. b'],
  ['<img src="https://x.example/a.png" alt="Částka 12 500 Kč">', 'Částka 12 500 Kč'],
  ['<input value="Jan Novák"><input type="hidden" value="x"><input type="password" value="heslo">', 'Jan Novák'],
  ['<input type="checkbox" checked>ano <input type="radio">ne', '[x] ano [ ] ne'],
  ['<select><option>Praha<option selected>Brno</select>', 'Brno'],
  ['<select><option>Praha<option>Brno</select>', 'Praha'],
  ['<select multiple><option selected>Praha<option>Brno<option selected>Zlín</select>', 'Praha Zlín'],
  ['<textarea>Poznámka</textarea>', 'Poznámka'],
  ['<table><tr><td>1</td><td>500</td></tr></table>', '1   500'],
  ['<table border=1><tr><td>Papír</td><td></td><td>121</td></tr></table>', 'Papír |  | 121'],
  ['<table><tr><th>Kusů</th><th>Cena</th></tr></table>', 'Kusů | Cena'],
])('%s', (markup, text) => {
  expect(shown(markup)).toBe(text);
});

const forms = async (first: string, second: string): Promise<string | undefined> =>
  (await read(letter(multipart('alternative', plain(first), html(second))))).text;

test.each([
  ['Dobrý den,\r\nposílám fakturu.', '<p>Dobrý den,<br>posílám <b>fakturu</b>.</p>', 'Dobrý den,\nposílám fakturu.'],
  ['Dobrý den,', '<p>Dobrý den,</p><p>posílám fakturu za říjen.</p>', 'Dobrý den,\n\nposílám fakturu za říjen.'],
  ['\u200c \u200c \u00ad', '<p>Částka 7 300 Kč</p>', 'Částka 7 300 Kč'],
  ['Tato zpráva je v HTML.', '<p>Posílám HTML šablonu.</p>', 'Posílám HTML šablonu.'],
  ['Zobrazte si zprávu v prohlížeči.', '<p>Faktura č. 12</p>', 'Faktura č. 12'],
  ['Váš poštovní program to neumí.', '<p>Faktura č. 12</p>', 'Faktura č. 12'],
  [
    'https://x.example/nahled',
    '<p>Vážený pane, zasíláme vyúčtování za říjen.</p>',
    'Vážený pane, zasíláme vyúčtování za říjen.',
  ],
  ['Vyúčtování za říjen: celkem 5 000 Kč.', '<p>Logo</p>', 'Vyúčtování za říjen: celkem 5 000 Kč.'],
  ['Cena 100 120 Kč', '<p>Cena <s>100</s> 120 Kč</p>', 'Cena [přeškrtnuto: 100] 120 Kč'],
  ['Dobrý den', '<p>&nbsp;</p>', 'Dobrý den'],
])('of %j and %j the form that says more', async (first, second, text) => {
  expect(await forms(first, second)).toBe(text);
});
