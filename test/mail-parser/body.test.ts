/** The text of a mail: which part, which charset, which line ends. */
import { expect, test } from 'vitest';
import { html, letter, multipart, part, plain, read } from './samples.ts';

async function textOf(content: string | Buffer): Promise<string | undefined> {
  const head = Buffer.from('Subject: x\r\n');
  return (await read(Buffer.concat([head, Buffer.from(content)]))).text;
}

test('HTML alone becomes text: blocks are lines, cells are words, styles and hidden lines are gone', async () => {
  const text = await textOf(
    html(`<html><head><title>T</title><style>p{color:red}</style></head><body>
      <div style="display:none">skrytý úvod</div>
      <h1>Výzva</h1><p>Dobrý&nbsp;den,<br>viz <a href="https://example.org/spis">spis</a>.</p>
      <table><tr><td>Částka</td><td>100 Kč</td></tr><tr><td>DPH</td><td>21</td></tr></table>
      <img src="data:image/svg+xml;utf8,${'A'.repeat(200)}"><script>alert(1)</script></body></html>`),
  );
  expect(text).toBe('Výzva\n\nDobrý den,\nviz spis [https://example.org/spis].\n\nČástka   100 Kč\nDPH   21');
});

test('a plain alternative that only marks a picture gives way to the HTML', async () => {
  const text = await textOf(multipart('alternative', plain('[image: logo.png]\r\n'), html('<p>Skutečný text</p>')));
  expect(text).toBe('Skutečný text');
});

test.each([
  'This message is in HTML format.',
  'Tato zpráva je ve formátu HTML, váš program ji neumí zobrazit.\r\n',
  '[image: logo.png]\r\n(viz HTML)',
])('a plain alternative that only says where the text is gives way to it: %j', async (stub) => {
  expect(await textOf(multipart('alternative', plain(stub), html('<p>Skutečný text</p>')))).toBe('Skutečný text');
  expect(await textOf(multipart('alternative', plain(stub), html('<img src="x">')))).toContain('HTML');
  expect(await textOf(plain(stub))).toContain('HTML');
});

test('a letter about HTML keeps its words', async () => {
  const long = `Stránky v HTML dodáme. ${'Podrobnosti jsou ve smlouvě. '.repeat(20)}`.trim();
  expect(await textOf(multipart('alternative', plain(long), html('<p>jinak</p>')))).toBe(long);
});

test('the plain alternative wins over the HTML wherever it stands', async () => {
  expect(await textOf(multipart('alternative', html('<p>HTML</p>'), plain('prostý')))).toBe('prostý');
});

test('several texts are joined, also of different kinds', async () => {
  expect(await textOf(multipart('mixed', plain('první'), html('<p>druhý</p>'), plain('třetí')))).toBe(
    'první\n\ndruhý\n\ntřetí',
  );
});

test('white space is no text', async () => {
  expect(await textOf(plain(' \r\n\t\r\n'))).toBeUndefined();
});

test('format=flowed: paragraphs are put together, quotations and the signature line stay', async () => {
  const flowed = 'Jedna věta \r\npokračuje.\r\n> citace \r\n> dále\r\n>> hlouběji\r\n From stuffed\r\n-- \r\npodpis';
  const text = await textOf(part(['Content-Type: text/plain; format=flowed; charset=utf-8'], flowed));
  expect(text).toBe('Jedna věta pokračuje.\n> citace dále\n>> hlouběji\nFrom stuffed\n-- \npodpis');
});

test('format=flowed with DelSp: the blank at the break is no text', async () => {
  const text = await textOf(part(['Content-Type: text/plain; format=flowed; delsp=yes'], 'roz \r\ndeleno'));
  expect(text).toBe('rozdeleno');
});

test.each([
  ['windows-1250', '9e6c759d6f75e86bfd'],
  ['iso-8859-2', 'be6c75bb6f75e86bfd'],
  ['utf-8', 'c5be6c75c5a56f75c48d6bc3bd'],
  ['us-ascii', '9e6c759d6f75e86bfd'],
  ['us-ascii', 'c5be6c75c5a56f75c48d6bc3bd'],
  ['neznama-1', 'c5be6c75c5a56f75c48d6bc3bd'],
])('a text declared as %s with the octets %s is read', async (charset, octets) => {
  const head = Buffer.from(`Content-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`);
  expect(await textOf(Buffer.concat([head, Buffer.from(octets, 'hex')]))).toBe('žluťoučký');
});

test('quoted-printable in windows-1250, as Outlook writes it', async () => {
  const headers = ['Content-Type: text/plain; charset="windows-1250"', 'Content-Transfer-Encoding: quoted-printable'];
  expect(await textOf(part(headers, 'P=F8=EDloha =E8. 1 je p=F8=\r\nipojena.'))).toBe('Příloha č. 1 je připojena.');
});

test('a mail without any Content-Type is plain text', async () => {
  const draft = await read(letter('\r\nDobrý den', ['Subject: x']));
  expect(draft.text).toBe('Dobrý den');
});

test('a thousand nested elements are read; twenty thousand, which would exhaust the stack, are refused', async () => {
  expect(await textOf(html(`${'<div>'.repeat(1_000)}dno &amp; žal`))).toBe('dno & žal');
  await expect(textOf(html(`${'<div>'.repeat(20_000)}dno`))).rejects.toMatchObject({ reason: 'mail-unreadable' });
});

test('attack: megabytes of broken markup are read within the time of a test', async () => {
  expect(await textOf(html('<p>a &lt; <'.repeat(300_000)))).toContain('a <');
});

test('control characters do not reach the text', async () => {
  expect(await textOf(plain('a\u0000b\u0007c'))).toBe('abc');
});
