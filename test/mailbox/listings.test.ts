import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { Listings } from '../../src/mailbox/listings.ts';
import { type IndexedMessage, memoryStore, type Store } from '../../src/store/index.ts';
import { envelopeOf } from '../mail-writer/envelope.ts';
import { FakeAccount, identityOf, never, newMailbox, openMaildrop, readAll } from './fake-account.ts';

const START = Date.parse('2026-11-20T10:00:00Z');

/** A store that counts how often whole lists are read out of it, and messages written into it. */
function counting(store: Store) {
  const counted = { lists: 0, written: 0 };
  const counts = <Arguments extends unknown[], Result>(read: (...given: Arguments) => Promise<Result>) => {
    return (...given: Arguments): Promise<Result> => {
      counted.lists++;
      return read(...given);
    };
  };
  return {
    counted,
    store: {
      ...store,
      hidden: { ...store.hidden, of: counts((account: string, view: string) => store.hidden.of(account, view)) },
      received: { ...store.received, of: counts((account: string, view: string) => store.received.of(account, view)) },
      index: {
        ...store.index,
        messages: counts((account: string) => store.index.messages(account)),
        apply: async (account: string, change: Parameters<Store['index']['apply']>[1]) => {
          counted.written += change.messages.length;
          await store.index.apply(account, change);
        },
      },
    },
  };
}

function circumstances() {
  const account = new FakeAccount();
  const { store, counted } = counting(memoryStore());
  const clock = { time: START, now: () => clock.time };
  const all = { account, store, clock };
  const mailbox = newMailbox(all);
  const arrives = (dmID: string): void =>
    void account.messages.push(envelopeOf({ dmID, state: 6, arrivedAt: new Date(START - 60_000) }));
  const listed = async (view = '') =>
    (await openMaildrop(mailbox, { account, view }).messages(never)).map(({ uid }) => uid);
  return { ...all, mailbox, counted, arrives, listed };
}

test('a poll with nothing new asks ISDS once and neither reads the list nor writes it', async () => {
  const { arrives, listed, counted, account } = circumstances();
  arrives('1');
  await listed();
  await listed();
  Object.assign(counted, { lists: 0, written: 0 });
  account.calls.length = 0;
  expect(await listed()).toEqual(['1']);
  expect(counted).toEqual({ lists: 0, written: 0 });
  expect(account.calls).toHaveLength(1);
});

test('sessions of a view share one listing', async () => {
  const { arrives, mailbox, account } = circumstances();
  arrives('1');
  const first = await openMaildrop(mailbox, { account }).messages(never);
  expect(await openMaildrop(mailbox, { account }).messages(never)).toBe(first);
});

test('what is hidden in one view leaves that view at the next poll, and no session that is open', async () => {
  const { arrives, listed, mailbox, account } = circumstances();
  arrives('1');
  arrives('2');
  const open = openMaildrop(mailbox, { account });
  const before = await open.messages(never);
  await listed('telefon');
  await openMaildrop(mailbox, { account }).hide([before[0]!]);
  expect(await listed()).toEqual(['2']);
  expect(await listed('telefon')).toEqual(['1', '2']);
  expect(await open.messages(never)).toEqual(before);
});

test('a view is another view whatever its name and that of its account look like', async () => {
  const { arrives, listed, mailbox, account } = circumstances();
  arrives('1');
  const drop = openMaildrop(mailbox, { account, view: '","' });
  await drop.hide(await drop.messages(never));
  expect(await listed('","')).toEqual([]);
  expect(await listed('')).toEqual(['1']);
});

test('a mail that ISDS erased leaves when its time is over though nothing changes', async () => {
  const { arrives, listed, mailbox, account, clock, store } = circumstances();
  arrives('1');
  const drop = openMaildrop(mailbox, { account });
  const [message] = await drop.messages(never);
  await store.received.add('stastny1', '', message!.uid, START);
  account.messages.pop();
  const DAY = 24 * 60 * 60_000;
  clock.time = START + 90 * DAY;
  expect(await listed()).toEqual(['1']);
  clock.time = START + 455 * DAY - 1;
  expect(await listed()).toEqual(['1']);
  clock.time = START + 455 * DAY;
  expect(await listed()).toEqual([]);
});

test('more entries than are kept in memory are read again', async () => {
  const { store, counted } = counting(memoryStore());
  const listings = new Listings({ store, domain: 'datovka.example.cz', keepErasedMs: 0, clock: { now: () => START } });
  const messages = Array.from({ length: 30_000 }, (_, index): IndexedMessage => {
    return { dmID: String(index), kind: 'message', arrivedAt: index, octets: 1, read: true, goneAt: undefined };
  });
  await store.index.apply('urad01', { messages, gone: [], calledAt: START, full: true, since: undefined });
  const reader = identityOf({ account: new FakeAccount() });
  const listed = async (view: string) => (await listings.of({ ...reader, account: 'urad01', view })).entries.length;
  for (const view of ['a', 'b', 'c', 'd']) expect(await listed(view)).toBe(messages.length);
  counted.lists = 0;
  await listed('d');
  expect(counted.lists).toBe(0);
  await listed('a');
  expect(counted.lists).toBeGreaterThan(0);
});

test('a report of sending stands among the messages by its time, until ninety days are over', async () => {
  const { arrives, listed, clock, store } = circumstances();
  arrives('1');
  const DAY = 24 * 60 * 60_000;
  const before = await listed();
  const failed = [{ box: 'aydaadk', reason: 'a reason of a later version', isdsCode: '1205' }];
  const kind = 'failures' as const;
  const report = { kind, at: START + 1, sessionId: 's', messageId: undefined, sent: [], failed };
  await store.reports.add('stastny1', 'otisk', 0, report);
  expect(await listed()).toEqual([...before, 'report-1']);
  clock.time = START + 90 * DAY;
  expect(await listed()).toContain('report-1');
  clock.time = START + 90 * DAY + 1;
  expect(await listed()).not.toContain('report-1');
});

test('a report words no reason with a gap in it: what the reason needs besides the box is not kept', async () => {
  const { store, mailbox, account } = circumstances();
  const failed = [{ box: 'bcdefgh', reason: 'account-blocked', isdsCode: undefined }];
  await store.reports.add('stastny1', 'otisk', 0, {
    kind: 'failures',
    at: START,
    sessionId: 's',
    messageId: undefined,
    sent: [],
    failed,
  });
  const drop = openMaildrop(mailbox, { account });
  const [report] = await drop.messages(never);
  const { text } = await simpleParser(await readAll(drop.open(report!, never).content));
  expect(text).toContain('ISDS operaci odmítl.');
  expect(text).not.toContain(' do .');
});

test('a report stays as long as it was announced first, whatever words a later version has; one that grew says so', async () => {
  const { store, mailbox, account } = circumstances();
  const failed = [{ box: 'aydaadk', reason: 'recipient-closed', isdsCode: undefined }];
  const report = { kind: 'failures' as const, at: START + 1, sessionId: 's', messageId: undefined, sent: [], failed };
  await store.reports.add('stastny1', 'otisk', 0, report);
  const read = async (): Promise<[number, number]> => {
    const drop = openMaildrop(mailbox, { account });
    const [mail] = await drop.messages(never);
    return [mail!.octets, (await readAll(drop.open(mail!, never).content)).length];
  };
  const [announced, octets] = await read();
  expect(octets).toBe(announced);
  await store.reports.resize('stastny1', '1', announced + 700);
  expect(await read()).toEqual([announced + 700, announced + 700]);
  await store.reports.resize('stastny1', '1', announced - 10);
  expect(await read()).toEqual([announced - 10, announced]);
  expect(await read()).toEqual([announced, announced]);
});
