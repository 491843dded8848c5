/** Originals that come later than their messages, from the sandbox ISDS: as large as announced, and what OpenSSL takes for them. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { expect, onTestFinished, test } from 'vitest';
import { demoBoxes, type Letter } from '../../src/sandbox/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openSession } from './pop3-session.ts';
import { startWhole } from './whole.ts';

const HOUR = 60 * 60_000;
const OPERATIONS = ['SignedMessageDownload', 'SignedBigMessageDownload'];
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

type File = NonNullable<Letter['files']>[number];

function file(name: string, content: Buffer | string): File {
  return { name, mimeType: 'text/plain', metaType: 'enclosure', content: Buffer.from(content) };
}

const longName = (index: number) => `${`Příloha číslo ${index} – žluťoučký kůň `.repeat(9).slice(0, 250)}.txt`;

const letters: Readonly<Record<string, readonly File[]>> = {
  'Prázdná příloha': [file('prázdná.txt', '.')],
  'Přiložené výkresy': [file('výkresy.txt', randomBytes(4_000_000).toString('base64'))],
  'Padesát souborů': Array.from({ length: 50 }, (_, index) => file(longName(index), `obsah ${index}`)),
};

/** A house in which ISDS seals nothing, with the letters and a large message; one program has read everything. */
async function start(settings: Readonly<Record<string, string>>) {
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead };
  const whole = await startWhole({ settings, clock });
  onTestFinished(() => whole.stop());
  for (const operation of OPERATIONS)
    whole.sandbox.faults.add({ kind: 'status', code: '9800', operation, times: 1_000 });
  const { world } = whole.sandbox;
  for (const [annotation, files] of Object.entries(letters))
    world.deliver({ from: demoBoxes.office, to: demoBoxes.person, annotation, files: [...files] });
  const large = world.deliver({
    from: demoBoxes.office,
    to: demoBoxes.person,
    annotation: 'Velkoobjemová',
    vodz: true,
    files: [file('plány.txt', randomBytes(1_000_000).toString('hex'))],
  });
  const session = () => openSession(whole.gateway.ports.pop3, 'zofie1', 'Kocka-na-okne-9');
  const first = await session();
  const read = (await first.list('UIDL')).map((line) => line.split(' ')[1] ?? '');
  for (const number of read.keys()) await first.list(`RETR ${number + 1}`);
  await first.quit();
  whole.sandbox.faults.clear();
  whole.sandbox.calls.clear();
  clock.ahead += HOUR;
  return { whole, session, read, large: large.dmID };
}

test('LIST, the answer to RETR and the octets agree, and every original is whole', async () => {
  const { whole, session, read } = await start({ POSTOLKA_RECEIVING_ORIGINAL_OF_LARGE: 'attach' });
  const later = await session();
  const uids = (await later.list('UIDL')).map((line) => line.split(' ')[1] ?? '');
  expect(uids.toSorted()).toEqual([...read, ...read.map((dmID) => `${dmID}-original`)].toSorted());
  expect(uids.slice(-read.length).every((uid) => uid.endsWith('-original'))).toBe(true);
  for (const [index, uid] of uids.entries()) {
    if (index < read.length) continue;
    const announced = Number((await later.command(`LIST ${index + 1}`)).split(' ')[2]);
    const raw = Buffer.from(`${(await later.list(`RETR ${index + 1}`)).join('\r\n')}\r\n`, 'latin1');
    expect(raw.length).toBe(announced);
    const { attachments } = await simpleParser(raw);
    expect(attachments.map(({ filename }) => filename)).toEqual([`DZ_${uid.replace('-original', '')}.zfo`]);
    expect(verified(attachments[0]!.content)).toBe(hasOpenssl ? 'CMS Verification successful\n' : '');
  }
  await later.quit();
  const called = whole.sandbox.calls.all().map(({ operation }) => operation);
  // One list, for the poll itself; each original once; nothing is marked again.
  expect(called.filter((operation) => operation === 'GetListOfReceivedMessages')).toHaveLength(1);
  expect(called.filter((operation) => OPERATIONS.includes(operation ?? ''))).toHaveLength(read.length);
  expect(called).not.toContain('MarkMessageAsDownloaded');
});

test('where originals of large messages are left out, none comes later', async () => {
  const { session, read, large } = await start({ POSTOLKA_RECEIVING_ORIGINAL_OF_LARGE: 'omit' });
  const later = await session();
  const uids = (await later.list('UIDL')).map((line) => line.split(' ')[1] ?? '');
  await later.quit();
  expect(read).toContain(large);
  expect(uids.filter((uid) => uid.endsWith('-original'))).toHaveLength(read.length - 1);
  expect(uids).not.toContain(`${large}-original`);
});

/** What OpenSSL says of the seal; nothing where there is no OpenSSL. */
function verified(original: Buffer): string {
  if (!hasOpenssl) return '';
  const path = join(temporaryFolder(), 'original.zfo');
  writeFileSync(path, original);
  return spawnSync('openssl', ['cms', '-verify', '-binary', '-inform', 'DER', '-noverify', '-in', path], {
    maxBuffer: 64 * 1024 * 1024,
  }).stderr.toString();
}
