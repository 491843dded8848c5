/** Where a mail is divided into its parts (RFC 2046 §5.1), and what becomes of parts that are not as they should be. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readParts } from '../../src/mail-parser/parts/mail-parts.ts';
import { Chance } from './chance.ts';
import { bytes, mail, part, streamOf } from './samples.ts';

const BOUNDARY = 'hranice';
const MIXED = 'Content-Type: multipart/mixed; boundary=hranice';
const FILE = 'Content-Type: application/pdf';

/** Types and contents of the leaves, in their order. */
async function leavesOf(octets: string | Buffer, chunks: Buffer[] = [Buffer.from(octets)]): Promise<string[]> {
  const leaves: string[] = [];
  await readParts(streamOf(chunks), async ({ type, content }) => {
    leaves.push(`${type}: ${(await bytes(content)).toString()}`);
  });
  return leaves;
}

test('blanks behind a boundary are padding', async () => {
  const octets = mail(
    MIXED,
    '',
    '--hranice  ',
    FILE,
    '',
    'a',
    '--hranice\t',
    FILE,
    '',
    'b',
    '--hranice-- \t',
    'epilog',
  );
  expect(await leavesOf(octets)).toEqual(['application/pdf: a', 'application/pdf: b']);
});

test('lines may end with a line feed alone', async () => {
  const octets = mail(MIXED, '', '--hranice', FILE, '', 'a', '', '--hranice--').replaceAll('\r\n', '\n');
  expect(await leavesOf(octets)).toEqual(['application/pdf: a\n']);
});

test('what stands before the first part and behind the last is no content', async () => {
  const octets = mail(
    MIXED,
    '',
    'prolog',
    '--hranic',
    '--hranice',
    FILE,
    '',
    'a',
    '--hranice--',
    'b',
    '--hranice',
    '',
    'c',
  );
  expect(await leavesOf(octets)).toEqual(['application/pdf: a']);
});

test('a boundary that begins like another one is another one', async () => {
  const inner = [
    'Content-Type: multipart/mixed; boundary=hranice-2',
    '',
    '--hranice-2',
    FILE,
    '',
    'a',
    '--hranice-2--',
  ];
  const octets = mail(MIXED, '', '--hranice', ...inner, '--hranice', FILE, '', '--hranice-2', '--hranice--');
  expect(await leavesOf(octets)).toEqual(['application/pdf: a', 'application/pdf: --hranice-2']);
});

test('a multipart inside another one with the same boundary', async () => {
  const inner = [MIXED, '', '--hranice', FILE, '', 'a', '--hranice', FILE, '', 'b', '--hranice--'];
  const octets = mail(MIXED, '', '--hranice', ...inner, '--hranice', FILE, '', 'c', '--hranice--');
  expect(await leavesOf(octets)).toEqual(['application/pdf: a', 'application/pdf: b', 'application/pdf: c']);
});

test('the boundary of a multipart ends everything inside that was not closed', async () => {
  const inner = [
    'Content-Type: multipart/mixed; boundary=v',
    '',
    '--v',
    'Content-Type: multipart/related; boundary=x',
    '',
  ];
  const octets = mail(
    MIXED,
    '',
    '--hranice',
    ...inner,
    '--x',
    FILE,
    '',
    'a',
    '--hranice',
    FILE,
    '',
    'b',
    '--hranice--',
  );
  expect(await leavesOf(octets)).toEqual(['application/pdf: a', 'application/pdf: b']);
});

test('a mail that ends before its parts do', async () => {
  const octets = mail(MIXED, '', '--hranice', FILE, '', 'a');
  expect(await leavesOf(octets)).toEqual(['application/pdf: a\r\n']);
  expect(await leavesOf(octets.slice(0, -4))).toEqual(['application/pdf: ']);
  expect(await leavesOf(octets.slice(0, -6))).toEqual(['application/pdf: ']);
});

test('parts without content, or without a head', async () => {
  const octets = mail(MIXED, '', '--hranice', FILE, '--hranice', FILE, '', '--hranice', '', 'text', '--hranice--');
  expect(await leavesOf(octets)).toEqual(['application/pdf: ', 'application/pdf: ', 'text/plain: text']);
});

test('without a boundary there are no parts, whatever dashes are in the text', async () => {
  const octets = mail('Content-Type: multipart/mixed', '', '--', FILE, '', '-- ', '----', 'podpis');
  expect(await leavesOf(octets)).toEqual([]);
});

test('of a field that comes twice the first one counts', async () => {
  const octets = mail(FILE, 'Content-Type: text/html', 'Content-Transfer-Encoding: base64', '', 'YQ==');
  expect(await leavesOf(octets)).toEqual(['application/pdf: a']);
});

test('a line of dashes that is longer than any line of a mail delimits nothing and is not held back', async () => {
  const dashes = '-'.repeat(3_000_000);
  const octets = mail(MIXED, '', '--hranice', FILE, '', dashes, '--hranice--');
  expect(await leavesOf(octets)).toEqual([`application/pdf: ${dashes}`]);
});

test('attack: a head without an end', async () => {
  let lines = 0;
  const endless = (function* () {
    for (; lines < 100_000; lines++) yield Buffer.from(`X-Radek: ${lines}\r\n`);
  })();
  await expect(readParts(streamOf(endless), () => Promise.resolve())).rejects.toMatchObject({
    reason: 'mail-unreadable',
    facts: { problem: { en: 'it has too many parts or too long a header' } },
  });
  expect(lines).toBeLessThan(10_000);
});

test.each(['base64', 'quoted-printable'])('content in %s is the same however the network cuts it', async (encoding) => {
  const tokens = [
    'QUJDREVG',
    'QQ==',
    '=',
    '=41',
    '=3d',
    '= ',
    '\r\n',
    ' ',
    '\t',
    'ab',
    '-',
    `${'QUJD'.repeat(19)}\r\n`,
  ];
  const body = fc.array(fc.constantFrom(...tokens), { maxLength: 80 }).map((all) => all.join(''));
  await fc.assert(
    fc.asyncProperty(body, fc.nat(), async (text, seed) => {
      const leaf = part([FILE, `Content-Transfer-Encoding: ${encoding}`], text);
      const octets = Buffer.from(mail(MIXED, '', `--${BOUNDARY}`, leaf, `--${BOUNDARY}--`));
      expect(await leavesOf(octets, new Chance(seed).cut(octets, [3, 40, 500]))).toEqual(await leavesOf(octets));
    }),
    { numRuns: 300 },
  );
});

test('blanks in quoted-printable end no line when there are more of them than a line may have', async () => {
  const blanks = ' '.repeat(5_000);
  const leaf = part(
    [FILE, 'Content-Transfer-Encoding: quoted-printable'],
    `a${blanks}b=20${blanks.slice(0, 900)}\r\nc`,
  );
  expect(await leavesOf(leaf)).toEqual([`application/pdf: a${blanks}b \r\nc`]);
});

test('attack: megabytes of blanks in quoted-printable are not gathered', async () => {
  const block = Buffer.alloc(1024 * 1024, ' ');
  let sent = 0;
  let mostGathered = 0;
  let received = 0;
  const source = (function* () {
    yield Buffer.from(`${FILE}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`);
    for (; sent < 20 * block.length; sent += block.length) {
      mostGathered = Math.max(mostGathered, sent - received);
      yield block;
    }
  })();
  await readParts(streamOf(source), async ({ content }) => {
    for await (const chunk of content) received += chunk.length;
  });
  expect(sent - received).toBeLessThan(1_000);
  expect(mostGathered).toBeLessThan(1_000);
});
