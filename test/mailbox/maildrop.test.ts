import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { IsdsError } from '../../src/isds/index.ts';
import { memoryStore } from '../../src/store/index.ts';
import { envelopeOf } from '../mail-writer/envelope.ts';
import { FakeAccount, never, newMaildrop, readAll } from './fake-account.ts';

const pdf = { name: 'žádost.pdf', content: Buffer.alloc(60_000, '%PDF-1.4 obsah ') };

function boxWith(...dmIDs: string[]): FakeAccount {
  const account = new FakeAccount();
  account.messages = dmIDs.map((dmID, index) =>
    envelopeOf({ dmID, attachmentSize: 79, arrivedAt: new Date(1_000_000 + index * 1_000) }),
  );
  for (const dmID of dmIDs) account.files.set(dmID, [pdf]);
  return account;
}

test('opening a maildrop asks ISDS nothing', () => {
  const account = boxWith('1');
  newMaildrop({ account });
  expect(account.calls).toEqual([]);
});

test('a session asks for the list once, however often it is looked at', async () => {
  const account = boxWith('1', '2');
  const maildrop = newMaildrop({ account });
  await maildrop.messages(never);
  await maildrop.messages(never);
  expect(account.calls).toEqual(['list']);
});

test('messages stand in the order of their arrival, named by dmID', async () => {
  const messages = await newMaildrop({ account: boxWith('30', '10', '20') }).messages(never);
  expect(messages.map(({ uid }) => uid)).toEqual(['30', '10', '20']);
});

test('every call that delivers is in the delivery log, also one that fails', async () => {
  const store = memoryStore();
  const account = boxWith('1');
  account.trouble.list = new IsdsError({ kind: 'timeout' });
  await expect(newMaildrop({ account, store }).messages(never)).rejects.toThrow('isds-unreachable');
  expect(await store.deliveries.newest(undefined, 10)).toMatchObject([
    { at: 0, account: 'stastny1', sessionId: 'bcdfghjk', reason: 'poll', outcome: 'failed', delivered: [] },
  ]);
});

test('a list that failed may be asked for again in the same session', async () => {
  const account = boxWith('1');
  account.trouble.list = new IsdsError({ kind: 'maintenance' });
  const maildrop = newMaildrop({ account });
  await expect(maildrop.messages(never)).rejects.toThrow('isds-maintenance');
  delete account.trouble.list;
  expect(await maildrop.messages(never)).toHaveLength(1);
});

test('a list that ISDS cuts is asked for until it is complete', async () => {
  const account = boxWith(...Array.from({ length: 2_003 }, (_, index) => String(index + 1)));
  const messages = await newMaildrop({ account }).messages(never);
  expect(messages).toHaveLength(2_003);
  expect(account.calls).toEqual(['list', 'list', 'list']);
});

test('a cut list that cannot be completed is an error, never a short list', async () => {
  const account = boxWith(...Array.from({ length: 1_001 }, (_, index) => String(index + 1)));
  account.messages = account.messages.map((message) => ({ ...message, arrivedAt: new Date(0) }));
  await expect(newMaildrop({ account }).messages(never)).rejects.toThrow('list-incomplete');
});

test('what arrived while the list was made comes with the next list', async () => {
  const account = boxWith('1', '2');
  account.messages[1] = { ...account.messages[1]!, state: 4 };
  expect(await newMaildrop({ account }).messages(never)).toMatchObject([{ uid: '1' }]);
});

test('a message is read with its file and as large as announced', async () => {
  const maildrop = newMaildrop({ account: boxWith('1') });
  const [message] = await maildrop.messages(never);
  const octets = await readAll(maildrop.open(message!, never).content);
  expect(octets.length).toBe(message!.octets);
  const mail = await simpleParser(octets);
  expect(mail.attachments.map(({ filename }) => filename)).toEqual(['žádost.pdf']);
  expect(mail.attachments[0]?.content).toEqual(pdf.content);
});

test('the head comes without a download', async () => {
  const account = boxWith('1');
  const maildrop = newMaildrop({ account });
  const [message] = await maildrop.messages(never);
  for await (const head of maildrop.open(message!, never).content) {
    expect(head.toString()).toContain('Dod=C3=A1no do schr=C3=A1nky');
    break;
  }
  expect(account.calls).toEqual(['list']);
});

test('a message larger than announced comes whole, and its true size is announced from then on', async () => {
  const store = memoryStore();
  const account = boxWith('1');
  account.messages[0] = { ...account.messages[0]!, attachmentSize: 1 };
  const first = newMaildrop({ account, store });
  const [message] = await first.messages(never);
  const octets = await readAll(first.open(message!, never).content);
  expect(octets.length).toBeGreaterThan(message!.octets);
  const [again] = await newMaildrop({ account, store }).messages(never);
  expect(again!.octets).toBe(octets.length);
});

test('a temporary failure refuses before anything was sent', async () => {
  const account = boxWith('1');
  account.trouble.download = new IsdsError({ kind: 'maintenance' });
  const maildrop = newMaildrop({ account });
  const [message] = await maildrop.messages(never);
  await expect(maildrop.open(message!, never).prepare()).rejects.toThrow('isds-maintenance');
});

test('content that is gone for good is a mail under the same name that says so', async () => {
  const account = boxWith('1');
  account.trouble.download = new IsdsError({
    kind: 'status',
    code: '1219',
    message: 'Zpráva neexistuje',
    class: 'not-obtainable',
  });
  const maildrop = newMaildrop({ account });
  const [message] = await maildrop.messages(never);
  const opened = maildrop.open(message!, never);
  await opened.prepare();
  const octets = await readAll(opened.content);
  expect(octets.length).toBe(message!.octets);
  const { text } = await simpleParser(octets);
  expect(text).toContain('(Kód ISDS 1219.)');
  await maildrop.markRead(message!);
  expect(account.calls).not.toContain('mark 1');
});

test.each([10, 50, 99])('a download cut off at %i %% throws and never ends properly', async (share) => {
  const account = boxWith('1');
  account.breakAfter = (80_000 * share) / 100;
  const maildrop = newMaildrop({ account });
  const [message] = await maildrop.messages(never);
  await expect(readAll(maildrop.open(message!, never).content)).rejects.toThrow('truncated');
});

test('a reader who leaves between preparing and reading gives the download up', async () => {
  const account = boxWith('1');
  const maildrop = newMaildrop({ account });
  const [message] = await maildrop.messages(never);
  const leaving = new AbortController();
  await maildrop.open(message!, leaving.signal).prepare();
  expect(account.openDownloads).toBe(1);
  leaving.abort();
  await new Promise((resolve) => setImmediate(resolve));
  expect(account.openDownloads).toBe(0);
});

test('a reader who leaves in the middle gives the download up', async () => {
  const account = boxWith('1');
  const maildrop = newMaildrop({ account });
  const [message] = await maildrop.messages(never);
  let pieces = 0;
  for await (const _ of maildrop.open(message!, never).content) if (++pieces === 5) break;
  expect(account.openDownloads).toBe(0);
});

test('a message is marked as read once, over all sessions', async () => {
  const store = memoryStore();
  const account = boxWith('1');
  for (let session = 0; session < 3; session++) {
    const maildrop = newMaildrop({ account, store });
    const [message] = await maildrop.messages(never);
    await maildrop.markRead(message!);
  }
  expect(account.calls.filter((call) => call.startsWith('mark'))).toEqual(['mark 1']);
});

test('a mark that failed is tried again after the next download, and disturbs nobody', async () => {
  const account = boxWith('1');
  account.trouble.mark = new IsdsError({ kind: 'timeout' });
  const maildrop = newMaildrop({ account });
  const [message] = await maildrop.messages(never);
  await maildrop.markRead(message!);
  delete account.trouble.mark;
  await maildrop.markRead(message!);
  expect(account.calls).toEqual(['list', 'mark 1', 'mark 1']);
});

test('a message that ISDS already has as read is not marked', async () => {
  const account = boxWith('1');
  account.messages[0] = { ...account.messages[0]!, state: 7 };
  const maildrop = newMaildrop({ account });
  const [message] = await maildrop.messages(never);
  await maildrop.markRead(message!);
  expect(account.calls).toEqual(['list']);
});

test('a hidden message never comes back to its view, and stays in the others', async () => {
  const store = memoryStore();
  const account = boxWith('1', '2');
  const maildrop = newMaildrop({ account, store });
  const [first] = await maildrop.messages(never);
  await maildrop.hide([first!]);
  expect(await newMaildrop({ account, store }).messages(never)).toMatchObject([{ uid: '2' }]);
  expect(await newMaildrop({ account, store, view: 'telefon' }).messages(never)).toHaveLength(2);
});

test('in an inaccessible box messages are read as far as ISDS allows, and the mail says what the state means', async () => {
  const maildrop = newMaildrop({ account: boxWith('1'), boxState: 2 });
  const [message] = await maildrop.messages(never);
  const octets = await readAll(maildrop.open(message!, never).content);
  expect(octets.length).toBe(message!.octets);
  const mail = await simpleParser(octets);
  expect(mail.text).toContain('Vaše datová schránka je dočasně znepřístupněna.');
  expect(mail.attachments).toHaveLength(1);
});
