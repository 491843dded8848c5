/** Octets as text: names of charsets as programs write them, and octets that contradict them. */
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { knownCodePage } from '../../src/mail-parser/embedded/tnef/texts.ts';
import { decodeText, guessText } from '../../src/mail-parser/text/charset.ts';

const TEXT = 'Příliš žluťoučký kůň úpěl';

test.each([
  ['ISO-8859-2', 'ISO8859_2', 'iso_8859-2:1987', 'iso8859-2', '8859-2', '8859_2', 'latin2', 'latin-2', 'L2'],
  [
    'windows-1250',
    'cp1250',
    'CP-1250',
    'win1250',
    'win-1250',
    'windows_1250',
    'x-cp1250',
    'ms-1250',
    '1250',
    '"windows-1250"',
  ],
  ['cp852', 'ibm852', 'IBM-852', 'cp-852', '852', 'dos-852', 'pc852'],
  ['maccenteuro', 'x-mac-ce', 'x-mac-centraleurroman', 'mac-ce'],
  ['utf-7', 'UTF-7', 'unicode-1-1-utf-7'],
  ['utf-8', 'utf8', 'UTF_8', "'utf-8'", 'utf8mb4', 'us-ascii', 'unknown-8bit', 'x-unknown', '8bit', 'binary', ''],
  ['utf-16be', 'utf-16', 'UTF16', 'utf-16be'],
  ['utf-16le', 'utf-16', 'UTF_16LE', 'utf-16le'],
  ['utf-32', 'utf-32'],
])('%s under all its names', (encoding, ...labels) => {
  const octets = iconv.encode(TEXT, encoding);
  const names = [encoding, ...labels];
  expect(names.map((label) => `${label}: ${decodeText(octets, label)}`)).toEqual(
    names.map((label) => `${label}: ${TEXT}`),
  );
});

test('the mark of UTF-16 decides, whatever the label says of the order', () => {
  const octets = iconv.encode(TEXT, 'utf-16be', { addBOM: true });
  for (const label of ['utf-16', 'utf-16le', 'utf-16be']) expect(decodeText(octets, label)).toBe(TEXT);
});

test.each(['windows-1250', 'iso-8859-2', 'iso-8859-1', 'cp852', 'koi8-r'])('UTF-8 that says it were %s', (label) => {
  expect(decodeText(Buffer.from(TEXT), label)).toBe(TEXT);
});

test('charsets of several octets for a letter are not taken for UTF-8', () => {
  const octets = iconv.encode('日本語', 'shift_jis');
  expect(decodeText(octets, 'shift_jis')).toBe('日本語');
});

test('few octets that are no UTF-8 suffer alone', () => {
  const footer = Buffer.concat([Buffer.from(`${TEXT}\n`), iconv.encode('Důvěrné.', 'win1250')]);
  expect(guessText(footer)).toBe(`${TEXT}\nDůvěrné.`);
  expect(guessText(Buffer.from(TEXT).subarray(0, -1))).toBe(TEXT.slice(0, -1));
  expect(guessText(Buffer.from('Příliš').subarray(0, -1))).toBe('Příli\ufffd');
});

test('windows-1250 without a label stays what it is', () => {
  expect(guessText(iconv.encode(TEXT, 'win1250'))).toBe(TEXT);
});

test('a charset that nobody knows is UTF-8 or nothing', () => {
  expect(decodeText(Buffer.from(TEXT), 'x-rot13')).toBe(TEXT);
  expect(decodeText(iconv.encode(TEXT, 'win1250'), 'x-rot13')).toBeUndefined();
  for (const label of ['base64', 'hex', 'constructor', '__proto__']) {
    expect(decodeText(iconv.encode(TEXT, 'win1250'), label)).toBeUndefined();
  }
});

test.each([
  [1250, 'win1250', TEXT],
  [852, 'cp852', TEXT],
  [28592, 'iso-8859-2', TEXT],
  [10029, 'maccenteuro', TEXT],
  [65001, 'utf-8', TEXT],
  [65000, 'utf-7', TEXT],
  [21866, 'koi8-u', 'Добрий день'],
  [20866, 'koi8-r', 'Добрый день'],
  [1251, 'win1251', 'Добрый день'],
  [28605, 'iso-8859-15', 'prix 5 €'],
  [932, 'shift_jis', '日本語'],
  [936, 'gbk', '中文'],
  [949, 'euc-kr', '한국어'],
  [950, 'big5', '中文'],
  [51932, 'euc-jp', '日本語'],
  [54936, 'gb18030', '中文'],
  [437, 'cp437', 'é'],
  [874, 'cp874', 'ไทย'],
])('code page %i', (codePage, encoding, text) => {
  expect(knownCodePage(iconv.encode(text, encoding), codePage)).toBe(text);
});

test('a code page that nobody knows', () => {
  expect(knownCodePage(iconv.encode(TEXT, 'win1250'), 57_002)).toBeUndefined();
});
