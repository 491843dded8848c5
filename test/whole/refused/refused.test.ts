/**
 * What a user reads: every refusal as it comes over SMTP, octet for octet, in `replies.txt`, which is meant to be read. Nothing is
 * ever created at ISDS. After a deliberate change, run with `-u` and read what has changed.
 */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startWhole } from '../whole.ts';
import { answering } from './answers.ts';
import { Connections } from './connections.ts';
import { composing } from './mails.ts';
import { addressing } from './recipients.ts';

const MINUTE = 60_000;

/** Little suffices to be too large, and no time is spent on typesetting. */
const SETTINGS = { POSTOLKA_SENDING_MAX_TOTAL_MEGABYTES: '1', POSTOLKA_SENDING_BODY: 'txt' };

const SECTIONS = [...addressing, ...composing, ...answering];
const MAILS = SECTIONS.flatMap(({ mails }) => mails);

test('every refused mail is answered as the table says, and none is created', { timeout: 60_000 }, async () => {
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead };
  const whole = await startWhole({ clock, settings: SETTINGS });
  onTestFinished(() => whole.stop());
  const { calls, faults } = whole.sandbox;
  const connections = new Connections(whole);

  const table: string[] = [];
  for (const { title, mails } of SECTIONS) {
    table.push(`# ${title}`);
    for (const mail of mails) {
      if (mail.fault !== undefined) {
        faults.add(mail.fault);
        // The refusal of a box is remembered for a minute.
        clock.ahead += 3 * MINUTE;
      }
      table.push(`${mail.what}\n${indented(await connections.reply(mail))}`);
      expect({ what: mail.what, faultsLeft: faults.pending }).toEqual({ what: mail.what, faultsLeft: 0 });
    }
  }
  await expect(`${table.join('\n\n')}\n`).toMatchFileSnapshot(join(import.meta.dirname, 'replies.txt'));

  // What reached ISDS is what ISDS was made to refuse.
  const creations = answering.flatMap(({ mails }) => mails);
  expect(calls.of('CreateMessage')).toHaveLength(creations.length);
  expect(calls.of('CreateMessage').filter(({ statusCode }) => statusCode === '0000')).toEqual([]);
  expect(calls.count('CreateMultipleMessage')).toBe(0);
  expect(connections.created()).toBe(0);
  expect(calls.count('GetListOfReceivedMessages')).toBe(0);
});

test('at least 250 mails are refused, each described in words of its own', () => {
  const described = new Set(SECTIONS.flatMap(({ title, mails }) => mails.map(({ what }) => `${title}: ${what}`)));
  expect(described.size).toBe(MAILS.length);
  expect(described.size).toBeGreaterThanOrEqual(250);
});

function indented(reply: string): string {
  return reply.trimEnd().replaceAll('\r\n', '\n').replace(/^/gm, '    ');
}
