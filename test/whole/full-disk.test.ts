/** No room where attachments wait, or no such place at all: a temporary refusal or a mail that says so, and the gateway goes on. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { demoBoxes } from '../../src/sandbox/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openSession } from './pop3-session.ts';
import { sendMail } from './smtp-session.ts';
import { domain, startWhole, type Whole } from './whole.ts';

const MEGABYTE = 1_000_000;
const LOGIN = 'zofie1';
const PASSWORD = 'Kocka-na-okne-9';

/** A disk of one megabyte, which only root can make. */
function smallDisk(): string {
  const folder = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
  return folder;
}

const disksCanBeMade = ((): boolean => {
  try {
    execFileSync('unshare', ['--mount', 'true'], { stdio: 'ignore' });
    return process.getuid?.() === 0;
  } catch {
    return false;
  }
})();

async function wholeWith(spoolDirectory: string): Promise<Whole> {
  const whole = await startWhole({ settings: { POSTOLKA_SPOOL_DIRECTORY: spoolDirectory } });
  onTestFinished(() => whole.stop());
  return whole;
}

async function send(whole: Whole, octets: number): Promise<string> {
  const content = randomBytes(octets).toString('base64').replace(/.{76}/g, '$&\r\n');
  const mail = [
    'Subject: Výkres',
    'Content-Type: application/pdf; name=výkres.pdf',
    'Content-Transfer-Encoding: base64',
    '',
    `${Buffer.from('%PDF-1.7 ').toString('base64')}${content}`,
  ].join('\r\n');
  const to = `${demoBoxes.office}@${domain}`;
  return sendMail(whole.gateway.ports.smtp, LOGIN, PASSWORD, { from: `${LOGIN}@${domain}`, to, mail });
}

async function retrieve(whole: Whole, octets: number): Promise<string[]> {
  const files = [
    { name: 'příloha.txt', mimeType: 'text/plain', metaType: 'main' as const, content: Buffer.alloc(octets, 'obsah ') },
  ];
  whole.sandbox.world.deliver({ from: demoBoxes.office, to: demoBoxes.person, annotation: 'Výkres', files });
  const session = await openSession(whole.gateway.ports.pop3, LOGIN, PASSWORD);
  const [, count] = (await session.command('STAT')).split(' ');
  const lines = await session.list(`RETR ${count}`);
  await session.quit();
  return lines;
}

const NO_ROOM = 'obsah '.repeat(10);

test.skipIf(!disksCanBeMade)(
  'a full disk refuses a large mail with 452 and takes a small one (skipped without root)',
  async () => {
    const disk = smallDisk();
    const whole = await wholeWith(disk);
    expect(await send(whole, 3 * MEGABYTE)).toMatch(/^452 4\.3\.1 Brána nemá kam uložit přílohy/);
    expect(await send(whole, MEGABYTE / 2)).toMatch(/^250 /);
    expect(whole.sandbox.calls.count('CreateMessage')).toBe(1);
    expect(readdirSync(disk)).toEqual([]);
  },
);

test.skipIf(!disksCanBeMade)('a full disk keeps no message from its reader (skipped without root)', async () => {
  const whole = await wholeWith(smallDisk());
  const lines = await retrieve(whole, 3 * MEGABYTE);
  expect(lines.filter((line) => line.includes(Buffer.from(NO_ROOM).toString('base64').slice(0, 40)))).not.toEqual([]);
  expect(lines.some((line) => line.includes('DZ_'))).toBe(false);
});

test('a missing folder is named with a remedy, and nothing is started', async () => {
  const missing = join(temporaryFolder(), 'není');
  await expect(startWhole({ settings: { POSTOLKA_SPOOL_DIRECTORY: missing } })).rejects.toThrow(
    new RegExp(`^spoolDirectory: no file can be made in ${missing} \\(ENOENT.*: make the folder`),
  );
});

test('a folder that vanishes refuses with 452, and keeps no message from its reader', async () => {
  const folder = temporaryFolder();
  const whole = await wholeWith(folder);
  rmSync(folder, { recursive: true });
  expect(await send(whole, 1_000)).toMatch(/^452 4\.3\.1 Brána nemá kam uložit přílohy/);
  const lines = await retrieve(whole, 1_000);
  expect(lines.some((line) => line.includes(Buffer.from(NO_ROOM).toString('base64').slice(0, 40)))).toBe(true);
  expect(lines.some((line) => line.includes('DZ_'))).toBe(false);
});

test('what a killed gateway left is cleared away at the start, and nothing else is', async () => {
  const folder = temporaryFolder();
  const names = {
    left: 'postolka-spool-00000000-0000-4000-8000-000000000000',
    young: 'postolka-spool-00000000-0000-4000-8000-000000000001',
    foreign: 'postolka-spool-backup',
  };
  for (const name of Object.values(names)) writeFileSync(join(folder, name), 'obsah');
  const longAgo = Date.now() / 1_000 - 3_600;
  for (const name of [names.left, names.foreign]) utimesSync(join(folder, name), longAgo, longAgo);
  await wholeWith(folder);
  expect(existsSync(join(folder, names.left))).toBe(false);
  expect(readdirSync(folder).toSorted()).toEqual([names.young, names.foreign]);
});
