/** Octets as mail programs send them against the standards: lines without end, raw octets, encodings that do not keep to their form (mail-clients §10.5). */
import { expect, test } from 'vitest';
import { contents, letter, multipart, part, plain, read } from './samples.ts';

const LONG = `${'dlouhá věta '.repeat(20_000)}konec`;
const text = (encoding: string, charset = 'utf-8'): string[] => [
  `Content-Type: text/plain; charset=${charset}`,
  `Content-Transfer-Encoding: ${encoding}`,
];

test.each([
  ['8bit', LONG],
  ['binary', LONG],
  ['base64', Buffer.from(LONG).toString('base64')],
  ['quoted-printable', LONG.replace(/[^ -<>-~]/g, (sign) => encodeURIComponent(sign).replaceAll('%', '='))],
])('a text of one line of 240 kB in %s', async (encoding, body) => {
  expect((await read(letter(part(text(encoding), body)))).text).toBe(LONG);
});

test('a file in base64 of one line, with blanks in it, or with lines of any length', async () => {
  const content = 'žluťoučký kůň '.repeat(5000);
  const encoded = Buffer.from(content).toString('base64');
  const forms = [
    encoded,
    encoded.replace(/.{50}/g, '$& '),
    encoded.replace(/.{1234}/g, '$&\r\n'),
    `\r\n\r\n${encoded}\r\n`,
  ];
  const parts = forms.map((body, index) =>
    part([`Content-Type: text/csv; name=${index}.csv`, 'Content-Transfer-Encoding: base64'], body),
  );
  const files = await contents(await read(letter(multipart('mixed', plain('text'), ...parts))));
  expect(files).toEqual(forms.map((_, index) => [`${index}.csv`, content]));
});

test.each([
  '8BIT',
  'Base64 ',
  'QUOTED-PRINTABLE',
  'base64;',
  '"base64"',
  'base-64',
  'quoted_printable',
  '8-bit',
  'utf-8',
  '',
])('transfer encoding %j', async (encoding) => {
  const bodies: Record<string, string> = {
    'Base64 ': Buffer.from('žaluji').toString('base64'),
    'base64;': Buffer.from('žaluji').toString('base64'),
    '"base64"': Buffer.from('žaluji').toString('base64'),
    'base-64': Buffer.from('žaluji').toString('base64'),
    'QUOTED-PRINTABLE': '=C5=BEaluji',
    quoted_printable: '=C5=BEaluji',
  };
  expect((await read(letter(part(text(encoding), bodies[encoding] ?? 'žaluji')))).text).toBe('žaluji');
});

test.each(['x-uuencode', 'X-UUE', 'x-yenc', 'mac-binhex40', 'x-unknown', 'base85'])(
  'transfer encoding %j, which nobody decodes, is refused: the file would be another one',
  async (encoding) => {
    const file = part(['Content-Type: text/csv; name=a.csv', `Content-Transfer-Encoding: ${encoding}`], 'YSxi');
    await expect(read(letter(file))).rejects.toMatchObject({
      reason: 'mail-unreadable',
      facts: { problem: { en: 'one of its parts is in an unknown encoding' } },
    });
  },
);

test('a comment behind the encoding says nothing', async () => {
  const file = part(['Content-Type: text/csv; name=a.csv', 'Content-Transfer-Encoding: base64 (RFC 2045)'], 'YSxi');
  expect(await contents(await read(letter(file)))).toEqual([['a.csv', 'a,b']]);
});

test('uuencoded files in a text travel as files, and what is not whole stays, letter for letter', async () => {
  const lines = ['begin 644 žába.txt', '#0V%T', '`', 'end'];
  const draft = await read(letter(plain(`Viz níže.\r\n${lines.join('\r\n')}\r\nJan`)));
  expect(draft.text).toBe('Viz níže.\nJan');
  expect(await contents(draft)).toEqual([['žába.txt', 'Cat']]);
  for (const broken of [lines.slice(0, -1), ['begin 644 a.txt', '#0V%T!!!', 'end'], ['begin 644 zítra', 'psal', 'end']])
    expect((await read(letter(plain(broken.join('\r\n'))))).text).toBe(broken.join('\n'));
});

test('a text under base64 that is none stands as it is', async () => {
  const words = 'Dobrý den,\nve věci 45 podávám odvolání.';
  expect((await read(letter(part(text('base64'), words)))).text).toBe(words);
});

test('quoted-printable that leaves octets as they are, and equals signs that begin nothing', async () => {
  const draft = await read(letter(part(text('quoted-printable'), 'žaluji o 5=2+3 =C5=BE=\r\naluji =')));
  expect(draft.text).toBe('žaluji o 5=2+3 žaluji');
});

test('a text in the code page of DOS', async () => {
  const octets = Buffer.concat([
    Buffer.from(letter(`${text('8bit', 'ibm852').join('\r\n')}\r\n\r\n`)),
    Buffer.from('a76c759c6f75', 'hex'),
  ]);
  expect((await read(octets)).text).toBe('žluťou');
});

test('a text that is attached without a name is a file, one without a disposition is text', async () => {
  const attached = part(['Content-Type: text/plain', 'Content-Disposition: attachment'], 'soupis');
  const draft = await read(letter(multipart('mixed', plain('dopis'), attached, plain('dovětek'))));
  expect(draft.text).toBe('dopis\n\ndovětek');
  expect(await contents(draft)).toEqual([['priloha-1.txt', 'soupis']]);
});
