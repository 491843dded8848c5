import { expect, test } from 'vitest';
import { IsdsError } from '../../src/isds/index.ts';
import { memoryStore } from '../../src/store/index.ts';
import { envelopeOf } from '../mail-writer/envelope.ts';
import {
  type Circumstances,
  FakeAccount,
  never,
  newMailbox,
  newMaildrop,
  openMaildrop,
  readAll,
} from './fake-account.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START = Date.parse('2026-11-20T10:00:00Z');

function circumstances() {
  const account = new FakeAccount();
  const clock = { time: START, now: () => clock.time };
  const policy = { mode: 'onPoll', intervalMs: 5 * MINUTE, windows: [] } as const;
  const all = { account, clock, policy, store: memoryStore() } satisfies Circumstances;
  return { ...all, mailbox: newMailbox(all) };
}

function arrives(account: FakeAccount, dmID: string, at: number): void {
  account.messages.push(envelopeOf({ dmID, arrivedAt: new Date(at), attachmentSize: 1 }));
  account.files.set(dmID, [{ name: 'dopis.pdf', content: Buffer.from('obsah') }]);
}

async function uids(all: ReturnType<typeof circumstances>, view = ''): Promise<string[]> {
  const messages = await openMaildrop(all.mailbox, { account: all.account, view }).messages(never);
  return messages.map(({ uid }) => uid);
}

test('mail programs that poll within the interval share one answer', async () => {
  const all = circumstances();
  arrives(all.account, '1', START - MINUTE);
  expect(await uids(all)).toEqual(['1']);
  arrives(all.account, '2', START);
  all.clock.time = START + 5 * MINUTE - 1;
  expect(await uids(all, 'telefon')).toEqual(['1']);
  expect(all.account.calls).toEqual(['list']);
});

test('sessions that poll at the same moment share one call', async () => {
  const all = circumstances();
  arrives(all.account, '1', START - MINUTE);
  expect(await Promise.all([uids(all), uids(all), uids(all, 'telefon')])).toEqual([['1'], ['1'], ['1']]);
  expect(all.account.calls).toEqual(['list']);
});

test('after the first full list only new messages are asked for, with an overlap', async () => {
  const all = circumstances();
  arrives(all.account, '1', START - 60 * MINUTE);
  arrives(all.account, '2', START - 30 * MINUTE);
  await uids(all);
  arrives(all.account, '3', START + MINUTE);
  all.clock.time = START + 5 * MINUTE;
  expect(await uids(all)).toEqual(['1', '2', '3']);
  expect(all.account.calls).toEqual(['list', 'list from 2026-11-20T09:25:00.000Z']);
});

test('everything is asked for again once a day, also by a gateway that was restarted', async () => {
  const all = circumstances();
  arrives(all.account, '1', START - MINUTE);
  await uids(all);
  const restarted = { ...all, mailbox: newMailbox(all) };
  all.clock.time = START + DAY - 1;
  await uids(restarted);
  all.clock.time = START + 2 * DAY;
  await uids(restarted);
  expect(all.account.calls).toEqual(['list', 'list from 2026-11-20T09:54:00.000Z', 'list']);
});

test('everything is asked for when the last full list lies ahead of a clock that was set back', async () => {
  const all = circumstances();
  arrives(all.account, '1', START - MINUTE);
  await uids(all);
  all.clock.time = START - DAY;
  arrives(all.account, '2', START - DAY);
  expect(await uids(all)).toEqual(['2', '1']);
  expect(all.account.calls).toEqual(['list', 'list']);
});

test('a list reaches back to a message that still waits for its delivery', async () => {
  const all = circumstances();
  all.account.messages.push(envelopeOf({ dmID: '1', state: 4, arrivedAt: new Date(START - 40 * MINUTE) }));
  arrives(all.account, '2', START - MINUTE);
  expect(await uids(all)).toEqual(['2']);
  all.account.messages[0] = { ...all.account.messages[0]!, state: 6 };
  all.clock.time = START + 5 * MINUTE;
  expect(await uids(all)).toEqual(['1', '2']);
});

test('one arrival dated into the future does not keep later messages out of the lists', async () => {
  const all = circumstances();
  all.account.serverTime = () => all.clock.time;
  arrives(all.account, '1', START - MINUTE);
  arrives(all.account, '9', START + 70 * 365 * DAY);
  await uids(all);
  for (const dmID of ['2', '3']) {
    all.clock.time += 5 * MINUTE;
    arrives(all.account, dmID, all.clock.time - MINUTE);
    expect(await uids(all)).toContain(dmID);
  }
  expect(all.account.calls).toEqual([
    'list',
    'list from 2026-11-20T09:55:00.000Z',
    'list from 2026-11-20T10:00:00.000Z',
  ]);
});

test.each([
  ['empty', (messages: FakeAccount['messages']) => messages.filter(() => false)],
  ['short', (messages: FakeAccount['messages']) => messages.slice(1)],
])('one %s answer hides no message that ISDS cannot have erased yet: the next list is a full one', async (_, odd) => {
  const all = circumstances();
  arrives(all.account, '1', START - 3 * MINUTE);
  arrives(all.account, '2', START - 2 * MINUTE);
  await uids(all);
  const { messages } = all.account;
  all.account.messages = odd(messages);
  all.clock.time = START + DAY;
  expect(await uids(all)).toEqual(['1', '2']);
  all.account.messages = messages;
  all.clock.time += 5 * MINUTE;
  expect(await uids(all)).toEqual(['1', '2']);
  all.clock.time += 5 * MINUTE;
  await uids(all);
  expect(all.account.calls).toEqual(['list', 'list', 'list', expect.stringMatching('list from ')]);
});

test('what two full lists do not have is gone, however young', async () => {
  const all = circumstances();
  arrives(all.account, '1', START - MINUTE);
  await uids(all);
  all.account.messages = [];
  all.clock.time = START + DAY;
  expect(await uids(all)).toEqual(['1']);
  all.clock.time += 5 * MINUTE;
  expect(await uids(all)).toEqual([]);
  all.clock.time += 5 * MINUTE;
  await uids(all);
  expect(all.account.calls).toEqual(['list', 'list', 'list', expect.stringMatching('list from ')]);
});

test('a list that fails is an error and leaves what was known', async () => {
  const all = circumstances();
  arrives(all.account, '1', START - MINUTE);
  await uids(all);
  all.clock.time = START + 5 * MINUTE;
  all.account.trouble.list = new IsdsError({ kind: 'maintenance' });
  await expect(uids(all)).rejects.toThrow('isds-maintenance');
  delete all.account.trouble.list;
  expect(await uids(all)).toEqual(['1']);
});

test('while the account is busy with a message of its own, what is known is served; nothing known is an error', async () => {
  const all = circumstances();
  all.account.trouble.list = new IsdsError({ kind: 'busy' });
  await expect(uids(all)).rejects.toThrow('account-under-way');
  delete all.account.trouble.list;
  arrives(all.account, '1', START - MINUTE);
  await uids(all);
  arrives(all.account, '2', START);
  all.clock.time = START + 5 * MINUTE;
  all.account.trouble.list = new IsdsError({ kind: 'busy' });
  expect(await uids(all)).toEqual(['1']);
  delete all.account.trouble.list;
  expect(await uids(all)).toEqual(['1', '2']);
});

test('a permission that is given while a list is under way allows another one', async () => {
  const all = circumstances();
  const mailbox = newMailbox({ ...all, policy: { ...all.policy, mode: 'manual' } });
  const manual = { ...all, mailbox };
  arrives(all.account, '1', START - MINUTE);
  await all.store.index.permit('stastny1', START);
  const { promise, resolve } = Promise.withResolvers<void>();
  all.account.silence = promise;
  const first = uids(manual);
  await expect.poll(() => all.account.calls).toHaveLength(1);
  arrives(all.account, '2', START + MINUTE);
  const [late] = all.account.messages.splice(1);
  await all.store.index.permit('stastny1', START + MINUTE);
  resolve();
  expect(await first).toEqual(['1']);
  all.account.messages.push(late!);
  all.clock.time = START + MINUTE;
  expect(await uids(manual)).toEqual(['1', '2']);
  expect(await uids(manual)).toEqual(['1', '2']);
  expect(all.account.calls).toHaveLength(2);
});

test('outside the windows the last known list is served and nothing is delivered', async () => {
  const all = circumstances();
  arrives(all.account, '1', START - MINUTE);
  await uids(all);
  const closed = { ...all, mailbox: newMailbox({ ...all, policy: { ...all.policy, mode: 'manual' } }) };
  arrives(all.account, '2', START);
  all.clock.time = START + 10 * DAY;
  expect(await uids(closed)).toEqual(['1']);
  expect(all.account.calls).toEqual(['list']);
});

test('without any known list a closed policy refuses: an empty list would make programs delete what they have', async () => {
  const all = circumstances();
  const closed = newMailbox({ ...all, policy: { ...all.policy, mode: 'manual' } });
  await expect(openMaildrop(closed, all).messages(never)).rejects.toThrow('pickup-closed');
  await all.store.index.permit('stastny1', START);
  expect(await openMaildrop(closed, all).messages(never)).toEqual([]);
  expect(await openMaildrop(closed, all).messages(never)).toEqual([]);
  expect(all.account.calls).toEqual(['list']);
});

test('the last known list is served without asking; one that was not finished is none', async () => {
  const all = circumstances();
  const unfinished = {
    dmID: '1',
    kind: 'message',
    arrivedAt: START,
    octets: 9,
    read: false,
    goneAt: undefined,
  } as const;
  const change = { messages: [unfinished], gone: [], calledAt: START, full: false, since: undefined };
  await all.store.index.apply('stastny1', change);
  await expect(openMaildrop(all.mailbox, all).lastKnown()).rejects.toThrow('list-first');
  await all.store.index.apply('stastny1', { ...change, full: true });
  const drop = openMaildrop(all.mailbox, all);
  expect(await drop.lastKnown()).toMatchObject([{ uid: '1' }]);
  expect(await drop.messages(never)).toMatchObject([{ uid: '1' }]);
  expect(all.account.calls).toEqual([]);
});

test('after a restart a mail is read with an envelope that is asked for, as large as announced', async () => {
  const all = circumstances();
  arrives(all.account, '1', START - MINUTE);
  await uids(all);
  const restarted = newMaildrop(all);
  const [message] = await restarted.messages(never);
  const octets = await readAll(restarted.open(message!, never).content);
  expect(octets.length).toBe(message!.octets);
  expect(all.account.calls).toEqual(['list', 'envelope 1', 'download 1']);
});

test('what ISDS has erased stays listed for the views that have it, for its time, and says so', async () => {
  const all = circumstances();
  arrives(all.account, '1', START - 90 * DAY);
  const drop = openMaildrop(all.mailbox, all);
  const [message] = await drop.messages(never);
  await drop.markRead(message!);
  all.account.erased.set('1', all.account.messages.pop()!);
  all.account.trouble.download = new IsdsError({ kind: 'status', code: '1219', message: '', class: 'not-obtainable' });
  all.clock.time = START + DAY;
  expect(await uids(all)).toEqual(['1']);
  expect(await uids(all, 'telefon')).toEqual([]);
  const again = openMaildrop(all.mailbox, all);
  const [kept] = await again.messages(never);
  expect((await readAll(again.open(kept!, never).content)).length).toBe(kept!.octets);
  all.clock.time = START + 366 * DAY;
  expect(await uids(all)).toEqual([]);
});

test('a login that may see lists but not read gets envelopes, under names of their own, without a download', async () => {
  const all = circumstances();
  arrives(all.account, '1', START - MINUTE);
  all.account.messages.push(envelopeOf({ dmID: '2', state: 4, arrivedAt: new Date(START) }));
  const drop = openMaildrop(all.mailbox, { ...all, rights: 8 });
  const messages = await drop.messages(never);
  expect(messages.map(({ uid }) => uid)).toEqual(['1-obalka', '2-obalka']);
  for (const message of messages) {
    const opened = drop.open(message, never);
    await opened.prepare();
    expect((await readAll(opened.content)).length).toBe(message.octets);
    await drop.markRead(message);
  }
  expect(all.account.calls).toEqual(['list']);
});

test('a login that loses its rights keeps the names of the messages that it has, and gets the rest with its rights', async () => {
  const all = circumstances();
  arrives(all.account, '1', START - MINUTE);
  await uids(all);
  all.clock.time = START + DAY;
  arrives(all.account, '2', START + DAY);
  const listed = async (rights: number) => {
    const messages = await openMaildrop(all.mailbox, { ...all, rights }).messages(never);
    return messages.map(({ uid }) => uid);
  };
  expect(await listed(8)).toEqual(['1', '2-obalka']);
  all.clock.time += DAY;
  expect(await listed(255)).toEqual(['1', '2']);
});

test('personal delivery that this login may not read is an envelope while it waits', async () => {
  const all = circumstances();
  all.account.messages.push(
    envelopeOf({ dmID: '1', state: 4, personalDelivery: true, arrivedAt: new Date(START - MINUTE) }),
  );
  const messages = await openMaildrop(all.mailbox, { ...all, rights: 1 + 8 }).messages(never);
  expect(messages.map(({ uid }) => uid)).toEqual(['1-obalka']);
});

test('the delivery log names what a call delivered', async () => {
  const all = circumstances();
  all.account.serverTime = () => START;
  all.account.messages.push(
    envelopeOf({ dmID: '1', arrivedAt: new Date(START - DAY), deliveredAt: new Date(START - DAY) }),
    envelopeOf({ dmID: '2', arrivedAt: new Date(START - MINUTE), deliveredAt: new Date(START) }),
  );
  await uids(all);
  expect(await all.store.deliveries.newest('stastny1', 10)).toEqual([
    {
      at: START,
      account: 'stastny1',
      sessionId: 'bcdfghjk',
      reason: 'poll',
      outcome: 'listed',
      delivered: ['2'],
      fiction: [],
      elsewhere: ['1'],
      unknown: [],
    },
  ]);
});
