/** Five hundred mails in all the shapes that programs send: no crash, no file lost, no text lost. The same ones in every run. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { Refused } from '../../src/refusals/index.ts';
import { type DraftMail, readMail } from '../../src/mail-parser/index.ts';
import { Chance } from './chance.ts';
import { randomMail, type RandomMail } from './random-mail.ts';
import { contents, spoolDirectory, streamOf } from './samples.ts';
import { htmlThreads } from '../support/threads.ts';

const SEED = 20_261_128;
const MAILS = 500;

/** The network cuts a mail anywhere. */
const PIECES = [10, 1500, 65_536];

const sha256 = (octets: Buffer | string): string => createHash('sha256').update(octets).digest('hex');

/** What is missing in the draft; empty when all is well. */
async function losses(mail: RandomMail, draft: DraftMail): Promise<string[]> {
  if (draft.nature !== mail.nature) return [`nature ${draft.nature}`];
  if (mail.nature !== 'letter') return [];
  const found = new Map(draft.files.map((file) => [file.sha256, file.name]));
  const missing = mail.planted.filter(({ name, content }) => found.get(sha256(content)) !== name);
  const texts = [draft.text ?? '', ...(await contents(draft)).map(([, text]) => text)];
  const isSaid = texts.some((text) => text.includes(mail.phrase));
  return [
    ...missing.map(({ name }) => `file ${name}, found as ${[...found.values()].join(', ')}`),
    ...(isSaid ? [] : ['text']),
  ];
}

test('five hundred mails of programs become drafts in which nothing is missing', async () => {
  const directory = spoolDirectory();
  const signal = new AbortController().signal;
  const chance = new Chance(SEED);
  const shapes = new Set<string>();
  const lost: string[] = [];
  for (let index = 0; index < MAILS; index++) {
    const mail = randomMail(chance);
    shapes.add(mail.shape);
    const draft = await readMail(streamOf(chance.cut(mail.octets, PIECES)), {
      spoolDirectory: directory,
      signal,
      htmlThreads,
      account: 'ab12345',
    });
    for (const loss of await losses(mail, draft)) lost.push(`${index} ${mail.shape}: ${loss}`);
    await draft.dispose();
  }
  expect(lost).toEqual([]);
  expect(shapes.size).toBe(15);
});

/** `read`, the reason of a refusal, or what must never happen. */
async function outcome(reading: Promise<DraftMail>): Promise<string> {
  try {
    await (await reading).dispose();
    return 'read';
  } catch (error) {
    return error instanceof Refused ? error.reason : String(error);
  }
}

test('attack: five hundred mails broken off or damaged anywhere are read or refused with a reason', async () => {
  const directory = spoolDirectory();
  const signal = new AbortController().signal;
  const chance = new Chance(SEED + 1);
  const reasons = new Set<string>();
  for (let index = 0; index < MAILS; index++) {
    const { octets } = randomMail(chance);
    const damaged = octets.subarray(0, chance.isOneIn(2) ? 1 + chance.below(octets.length) : octets.length);
    for (let wound = chance.below(4); wound > 0; wound--) damaged[chance.below(damaged.length)] = chance.below(256);
    reasons.add(
      await outcome(
        readMail(streamOf(chance.cut(damaged, PIECES)), {
          spoolDirectory: directory,
          signal,
          htmlThreads,
          account: 'ab12345',
        }),
      ),
    );
  }
  expect([...reasons].toSorted()).toEqual([
    'enclosed-mail-unreadable',
    'mail-unreadable',
    'read',
    'winmail-unreadable',
  ]);
});
