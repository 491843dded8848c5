/** Octets on their way from the stream to the spool and out of it. */
import { createHash, randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refused } from '../../src/refusals/index.ts';
import { type DraftMail, readMail } from '../../src/mail-parser/index.ts';
import {
  bytes,
  contents,
  html,
  letter,
  multipart,
  part,
  pdf,
  plain,
  read,
  spoolDirectory,
  streamOf,
} from './samples.ts';
import { htmlThreads } from '../support/threads.ts';

const SAMPLE = Buffer.from(
  letter(
    multipart(
      'mixed',
      multipart('alternative', plain('Příliš žluťoučký\r\nkůň'), html('<p>Příliš žluťoučký kůň</p>')),
      pdf('první.pdf'),
      part(['Content-Type: text/plain; name="druhý.txt"', 'Content-Transfer-Encoding: 8bit'], 'řádek\r\n.tečka\r\n'),
    ),
  ),
);

async function summary(chunks: Buffer[]) {
  const draft = await read(chunks);
  const files = await contents(draft);
  // An account has few places in the spool, and this one reads a thousand mails.
  await draft.dispose();
  return { subject: draft.subject, text: draft.text, files };
}

test('a mail means the same wherever the network splits it: at every octet', async () => {
  const whole = await summary([SAMPLE]);
  expect(whole.files).toEqual([
    ['první.pdf', '%PDF první.pdf'],
    ['druhý.txt', 'řádek\r\n.tečka\r\n'],
  ]);
  for (let at = 1; at < SAMPLE.length; at++) {
    expect(await summary([SAMPLE.subarray(0, at), SAMPLE.subarray(at)])).toEqual(whole);
  }
});

test('a mail means the same octet by octet', async () => {
  expect(await summary(Array.from(SAMPLE, (octet) => Buffer.from([octet])))).toEqual(await summary([SAMPLE]));
});

test('an attachment comes out as it went in, with its size and digest, as often as it is opened', async () => {
  const content = randomBytes(3 * 1024 * 1024 + 1);
  const encoded = content.toString('base64').replace(/(.{76})/g, '$1\r\n');
  const file = part(['Content-Type: application/pdf; name=velka.pdf', 'Content-Transfer-Encoding: base64'], encoded);
  const draft = await read(letter(multipart('mixed', pdf('a.pdf'), file, pdf('b.pdf'))));
  const sent = draft.files[1]!;
  expect(sent.size).toBe(content.length);
  expect(sent.sha256).toBe(createHash('sha256').update(content).digest('hex'));
  const [first, second] = await Promise.all([bytes(sent.open()), bytes(sent.open())]);
  expect(first.equals(content) && second.equals(content)).toBe(true);
});

test('a disposed draft gives no octets any more', async () => {
  const draft = await read(letter(pdf('a.pdf')));
  await draft.dispose();
  await expect(bytes(draft.files[0]!.open())).rejects.toThrow(/closed|bad file/i);
});

async function outcome(reading: Promise<DraftMail>): Promise<string> {
  try {
    await (await reading).dispose();
    return 'read';
  } catch (error) {
    return error instanceof Refused ? 'refused' : String(error);
  }
}

test('attack: mutilated mails are read or refused, and never end the process', async () => {
  const directory = spoolDirectory();
  const signal = new AbortController().signal;
  const damage = fc.array(fc.record({ at: fc.nat(SAMPLE.length - 1), octets: fc.uint8Array({ maxLength: 6 }) }), {
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(damage, async (wounds) => {
      const octets = Buffer.from(SAMPLE);
      for (const { at, octets: wound } of wounds) octets.set(wound.slice(0, octets.length - at), at);
      const reading = readMail(streamOf([octets]), {
        spoolDirectory: directory,
        signal,
        htmlThreads,
        account: 'ab12345',
      });
      expect(await outcome(reading)).toMatch(/^(read|refused)$/);
    }),
    { numRuns: 300 },
  );
});

test('attack: header fields of random tokens are read or refused', async () => {
  const token = fc.constantFrom(
    '=?',
    '?=',
    '?B?',
    '?Q?',
    'utf-8',
    "''",
    '%C5',
    '"',
    ';',
    '=',
    '*0*',
    'name',
    '<',
    '>',
    '@',
    ':',
    '(',
    ')',
    ' ',
    '\\',
    'ž',
    '\u0000',
  );
  const field = fc.tuple(
    fc.constantFrom('From', 'Subject', 'Content-Type', 'Content-Disposition', 'References', 'List-Id', 'Date'),
    fc.array(token),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(field, { maxLength: 6 }), async (fields) => {
      const headers = fields.map(([name, tokens]) => `${name}: ${tokens.join('')}`);
      expect(await outcome(read(letter('\r\ntext', headers)))).toMatch(/^(read|refused)$/);
    }),
    { numRuns: 300 },
  );
});
