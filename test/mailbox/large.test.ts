/** Large messages (VoDZ) are mails like the others, fetched by services of their own. */
import { simpleParser } from 'mailparser';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { IsdsError, type OriginalDownloadEvent } from '../../src/isds/index.ts';
import { openStore } from '../../src/store/index.ts';
import { steps } from '../../src/store/sqlite/migrations.ts';
import { envelopeOf } from '../mail-writer/envelope.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type Circumstances, FakeAccount, never, newMaildrop, readAll } from './fake-account.ts';

const plans = Buffer.from(Array.from({ length: 150_000 }, (_, index) => (index * 7) % 256));
const text = Buffer.from('Příliš žluťoučký kůň');

/** As ISDS counts: the files in base64, in units of 1024 octets. */
const attachmentSize = Math.round(((plans.length + text.length) * 4) / 3 / 1024);

function boxWithLarge(): FakeAccount {
  const account = new FakeAccount();
  account.messages = [envelopeOf({ dmID: '1', vodz: true, attachmentSize })];
  account.files.set('1', [
    { name: 'výkresy.pdf', content: plans },
    { name: 'průvodní dopis.txt', content: text },
  ]);
  return account;
}

async function read(circumstances: Circumstances) {
  const drop = newMaildrop(circumstances);
  const [message] = await drop.messages(never);
  const opened = drop.open(message!, never);
  await opened.prepare();
  const octets = await readAll(opened.content);
  return { drop, message: message!, octets, mail: await simpleParser(octets) };
}

const status = (code: string, statusClass: 'temporary' | 'user-error' | 'other-service') =>
  new IsdsError({ kind: 'status', code, message: '', class: statusClass });

test('a large message has its files, its own UIDL and the announced size, and is marked as read', async () => {
  const account = boxWithLarge();
  const { drop, message, octets, mail } = await read({ account });
  expect(message.uid).toBe('1');
  expect(mail.attachments.map(({ filename, content }) => [filename, content])).toEqual([
    ['výkresy.pdf', plans],
    ['průvodní dopis.txt', text],
  ]);
  expect(mail.text).toContain('veřejná datová zpráva, velkoobjemová');
  expect(octets.length).toBe(message.octets);
  await drop.markRead(message);
  expect(account.calls).toEqual(['list', 'big download 1', 'mark 1']);
});

test('its head comes without a download', async () => {
  const account = boxWithLarge();
  const drop = newMaildrop({ account });
  const [message] = await drop.messages(never);
  for await (const head of drop.open(message!, never).content) {
    expect(head.toString()).toContain('velkoobjemov');
    break;
  }
  expect(account.calls).toEqual(['list']);
});

test('a download that breaks off is never a whole mail', async () => {
  const account = boxWithLarge();
  account.breakAfter = 100_000;
  const drop = newMaildrop({ account });
  const [message] = await drop.messages(never);
  await expect(readAll(drop.open(message!, never).content)).rejects.toThrow('truncated');
  expect(account.openDownloads).toBe(0);
});

test.each(['1298', '3013'])('at a limit of ISDS (%s) it is refused for now, before anything was sent', async (code) => {
  const account = boxWithLarge();
  account.trouble.download = status(code, 'temporary');
  const drop = newMaildrop({ account });
  const [message] = await drop.messages(never);
  await expect(drop.open(message!, never).prepare()).rejects.toMatchObject({ isdsCode: code });
  expect(account.calls).toEqual(['list', 'big download 1']);
});

test('for the addressee in person only (1178) a mail under its name explains it, and nobody counts as reader', async () => {
  const account = boxWithLarge();
  account.trouble.download = status('1178', 'user-error');
  const { drop, message, octets, mail } = await read({ account });
  expect(octets.length).toBe(message.octets);
  expect(mail.text).toContain('výhradně do vlastních rukou');
  await drop.markRead(message);
  expect(account.calls).toEqual(['list', 'big download 1']);
});

test.each([
  ['a large message', true, ['download 1', 'big download 1']],
  ['an ordinary one', false, ['big download 1', 'download 1']],
])('%s that the list told to be otherwise is fetched by the other service', async (_, vodz, calls) => {
  const account = boxWithLarge();
  account.messages = [envelopeOf({ dmID: '1', vodz: !vodz, attachmentSize })];
  const drop = newMaildrop({ account });
  const [message] = await drop.messages(never);
  account.messages = [envelopeOf({ dmID: '1', vodz, attachmentSize })];
  const mail = await simpleParser(await readAll(drop.open(message!, never).content));
  expect(mail.attachments.map(({ content }) => content)).toEqual([plans, text]);
  expect(account.calls).toEqual(['list', ...calls]);
});

test('a message that both services refuse is refused for now, after one try of each', async () => {
  const account = boxWithLarge();
  account.trouble.download = status('1281', 'other-service');
  await expect(read({ account })).rejects.toThrow('isds-failure');
  expect(account.calls).toEqual(['list', 'big download 1', 'download 1']);
});

describe('the signed original of a large message', () => {
  const zfo = Buffer.alloc(210_000, 'zapečetěno ');

  function withOriginal(failure?: IsdsError): FakeAccount {
    const account = boxWithLarge();
    async function* downloadBigOriginal(): AsyncGenerator<OriginalDownloadEvent> {
      account.calls.push('big original 1');
      if (failure) throw failure;
      yield { kind: 'file', file: { name: 'výkresy.pdf', mimeType: '', metaType: 'main', encoding: 'base64' } };
      yield { kind: 'original', octets: zfo };
      yield { kind: 'content', octets: Buffer.from(plans.toString('base64')) };
      yield { kind: 'end', envelope: account.messages[0]!, seal: { verdict: 'unchecked', timeStamped: true } };
    }
    Object.assign(account.access, { downloadBigOriginal });
    return account;
  }

  test('is left out, even if that of others comes', async () => {
    const account = withOriginal();
    const { mail } = await read({ account, withOriginal: true });
    expect(mail.attachments).toHaveLength(2);
    expect(account.calls).toEqual(['list', 'big download 1']);
  });

  test('comes as the last file when it is wished, and its room is announced', async () => {
    const account = withOriginal();
    const { message, octets, mail } = await read({ account, withOriginalOfLarge: true });
    expect(mail.attachments.map(({ filename, content }) => [filename, content])).toEqual([
      ['výkresy.pdf', plans],
      ['DZ_1.zfo', zfo],
    ]);
    expect(octets.length).toBe(message.octets);
    expect(account.calls).toEqual(['list', 'big original 1']);
  });

  test('that cannot be had costs nothing but itself, and the mail is filled up in pieces', async () => {
    const account = withOriginal(status('9800', 'temporary'));
    const drop = newMaildrop({ account, withOriginalOfLarge: true });
    const [message] = await drop.messages(never);
    const pieces = await Array.fromAsync(drop.open(message!, never).content);
    expect(pieces.reduce((sum, { length }) => sum + length, 0)).toBe(message!.octets);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(64 * 1024);
    expect(account.calls).toEqual(['list', 'big original 1', 'big download 1']);
  });
});

test('an account that has the notices of earlier versions lists each large message once, as itself, from the next poll on', async () => {
  const path = join(temporaryFolder(), 'postolka.sqlite');
  const database = new DatabaseSync(path);
  // As a store was before large messages came as themselves.
  const before = steps.findIndex((step) => step.includes("DELETE FROM listed WHERE kind = 'large'"));
  database.exec(`
    ${steps.slice(0, before).join('')}
    INSERT INTO listed VALUES ('stastny1', '1', 'large', 1000, 3000, 0, NULL), ('stastny1', '2', 'message', 2000, 5000, 1, NULL);
    INSERT INTO pickup (account, last_call_at, last_full_at, since) VALUES ('stastny1', 99000000, 99000000, 3000), ('other001', 4000, 4000, 3000);
    PRAGMA user_version = ${before};
  `);
  database.close();
  const store = await openStore(path);
  expect((await store.index.messages('stastny1')).map(({ dmID }) => dmID)).toEqual(['2']);
  expect(await store.index.state('other001')).toMatchObject({ lastFullAt: 4000 });

  const account = boxWithLarge();
  account.messages.push(envelopeOf({ dmID: '2', attachmentSize: 1, arrivedAt: new Date(2000) }));
  const listed = await newMaildrop({ account, store, clock: { now: () => 100_000_000 } }).messages(never);
  expect(listed.map(({ uid }) => uid).toSorted()).toEqual(['1', '2']);
  expect(account.calls).toEqual(['list']);
  await store.close();
});
