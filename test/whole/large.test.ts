/** Large messages (VoDZ) from the sandbox ISDS to a mail program: as mails like the others, whole or not at all. */
import { randomBytes } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { describe, expect, onTestFinished, test } from 'vitest';
import { demoBoxes } from '../../src/sandbox/index.ts';
import { openSession } from './pop3-session.ts';
import { startWhole, type WholeOptions } from './whole.ts';

/** Text, so that the sandbox finds nothing to complain about. */
const plans = Buffer.from(randomBytes(2_000_000).toString('hex'));
const letter = Buffer.from('Příliš žluťoučký kůň\r\n.\r\n--úpěl');

const files = [
  { name: 'Výkresy – žlutě.txt', mimeType: 'text/plain', metaType: 'main' as const, content: plans },
  { name: 'Dopis.txt', mimeType: 'text/plain', metaType: 'enclosure' as const, content: letter },
];

async function start(settings: WholeOptions['settings'] = {}) {
  const whole = await startWhole({ settings });
  onTestFinished(() => whole.stop());
  const { dmID } = whole.sandbox.world.deliver({
    from: demoBoxes.office,
    to: demoBoxes.person,
    annotation: 'Projektová dokumentace',
    vodz: true,
    files,
  });
  const session = await openSession(whole.gateway.ports.pop3, 'zofie1', 'Kocka-na-okne-9');
  const uids = (await session.list('UIDL')).map((line) => line.split(' '));
  const number = uids.find(([, uid]) => uid === dmID)?.[0] ?? 'none';
  whole.sandbox.calls.clear();
  return { whole, dmID, session, number };
}

const called = (whole: Awaited<ReturnType<typeof startWhole>>) =>
  whole.sandbox.calls.all().map(({ operation }) => operation);

test('it is read under its own number, as large as announced, and marked once', async () => {
  const { whole, session, number } = await start();
  const [, , octets] = (await session.command(`LIST ${number}`)).split(' ');
  expect(await session.list(`TOP ${number} 0`)).toContain('Subject: =?UTF-8?Q?Projektov=C3=A1_dokumentace?=');
  expect(called(whole)).toEqual([]);
  const lines = await session.list(`RETR ${number}`);
  const raw = Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1');
  expect(raw.length).toBe(Number(octets));
  const mail = await simpleParser(raw);
  expect(mail.attachments.map(({ filename }) => filename)).toEqual(['Výkresy – žlutě.txt', 'Dopis.txt']);
  expect(mail.attachments[0]?.content.equals(plans)).toBe(true);
  expect(mail.attachments[1]?.content).toEqual(letter);
  await session.quit();
  await whole.sandbox.calls.arrived('MarkMessageAsDownloaded', 1);
  expect(called(whole)).toEqual([
    'MessageEnvelopeDownload',
    'DownloadAttachment',
    'DownloadAttachment',
    'MarkMessageAsDownloaded',
  ]);
});

test('its original comes when it is wished', async () => {
  const { whole, session, number } = await start({ POSTOLKA_RECEIVING_ORIGINAL_OF_LARGE: 'attach' });
  const [, , octets] = (await session.command(`LIST ${number}`)).split(' ');
  const raw = Buffer.from(`${(await session.list(`RETR ${number}`)).join('\r\n')}\r\n`, 'latin1');
  expect(raw.length).toBe(Number(octets));
  const mail = await simpleParser(raw);
  expect(mail.attachments.map(({ filename }) => filename)).toEqual([
    'Výkresy – žlutě.txt',
    'Dopis.txt',
    expect.stringMatching(/^DZ_\d+\.zfo$/) as string,
  ]);
  expect(mail.attachments[0]?.content.equals(plans)).toBe(true);
  expect(called(whole)).toEqual(['SignedBigMessageDownload']);
});

describe('answers of any form', () => {
  test.each([
    ['in base64', { kind: 'inlineContent', times: 2 }],
    ['without the dashes behind the last boundary', { kind: 'unclosed', delimiter: 'open', times: 2 }],
  ] as const)('%s give the same files', async (_, fault) => {
    const { whole, session, number } = await start();
    whole.sandbox.faults.add({ ...fault, operation: 'DownloadAttachment' });
    const mail = await simpleParser((await session.list(`RETR ${number}`)).join('\r\n'));
    expect(whole.sandbox.faults.pending).toBe(0);
    expect(mail.attachments[0]?.content.equals(plans)).toBe(true);
    expect(mail.attachments[1]?.content).toEqual(letter);
  });
});

describe('never ends as if it were whole', () => {
  test.each([
    ['cut off in the middle', { kind: 'cutAfter', octets: 2_000_000 }],
    ['cut off before the first octet', { kind: 'cutAfter', octets: 0 }],
    ['without a last boundary', { kind: 'unclosed', delimiter: 'missing' }],
  ] as const)('an answer %s', async (_, fault) => {
    const { whole, session, number } = await start();
    whole.sandbox.faults.add({ ...fault, operation: 'DownloadAttachment' });
    await expect(session.list(`RETR ${number}`)).rejects.toThrow(/closed|ECONNRESET|-ERR/);
    expect(whole.sandbox.calls.count('MarkMessageAsDownloaded')).toBe(0);
  });
});

test.each(['1298', '3013'])('at a limit of ISDS (%s) it is refused for now', async (code) => {
  const { whole, session, number } = await start();
  whole.sandbox.faults.add({ kind: 'status', code, operation: 'DownloadAttachment' });
  expect(await session.command(`RETR ${number}`)).toMatch(/^-ERR \[SYS\/TEMP\] /);
  expect(await session.command(`RETR ${number}`)).toMatch(/^\+OK /);
});
