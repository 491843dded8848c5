/** Polls while ISDS is silent: they are answered in time, ISDS is asked once, and the answer serves the next poll. */
import { expect, test } from 'vitest';
import { IsdsError } from '../../src/isds/index.ts';
import { memoryStore } from '../../src/store/index.ts';
import { envelopeOf } from '../mail-writer/envelope.ts';
import { type Circumstances, FakeAccount, never, newMailbox, openMaildrop } from './fake-account.ts';

const MINUTE = 60_000;
/** Only silence lasts longer: what the gateway itself does for a poll takes some turns of the event loop. */
const BUDGET_MS = 250;
const START = Date.parse('2026-11-20T10:00:00Z');

function circumstances(changes: Partial<Circumstances> = {}) {
  const account = new FakeAccount();
  const clock = { time: START, now: () => clock.time };
  const policy = { mode: 'onPoll', intervalMs: 5 * MINUTE, windows: [] } as const;
  const all = { account, clock, policy, store: memoryStore(), pollBudgetMs: BUDGET_MS, ...changes };
  const mailbox = newMailbox(all);
  const arrives = (dmID: string) =>
    account.messages.push(envelopeOf({ dmID, arrivedAt: new Date(clock.time), attachmentSize: 1 }));
  const poll = async (signal = never) => {
    const messages = await openMaildrop(mailbox, { ...all, view: '' }).messages(signal);
    return messages.map(({ uid }) => uid);
  };
  /** ISDS says nothing until the function that this answers is called. */
  const silence = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    account.silence = promise;
    return resolve;
  };
  return { account, clock, store: all.store, arrives, poll, silence };
}

test('a poll under a silent ISDS gets the last known list, and the next one what ISDS has answered meanwhile', async () => {
  const { account, clock, store, arrives, poll, silence } = circumstances();
  arrives('1');
  expect(await poll()).toEqual(['1']);
  clock.time += 5 * MINUTE;
  arrives('2');
  const speak = silence();
  expect(await poll()).toEqual(['1']);
  expect(await poll()).toEqual(['1']);
  const patient = poll();
  speak();
  expect(await patient).toEqual(['1', '2']);
  clock.time += 2 * MINUTE;
  expect(await poll()).toEqual(['1', '2']);
  expect(account.calls.filter((call) => call.startsWith('list'))).toHaveLength(2);
  expect(await store.deliveries.newest('stastny1', 10)).toMatchObject([{ outcome: 'listed' }, { outcome: 'listed' }]);
});

test('where no list is known yet the poll is refused for now, and ISDS is asked once for all of them', async () => {
  const { account, store, arrives, poll, silence } = circumstances();
  arrives('1');
  const speak = silence();
  await expect(poll()).rejects.toThrow('list-under-way');
  await expect(Promise.all([poll(), poll()])).rejects.toThrow('list-under-way');
  expect(await store.deliveries.newest('stastny1', 10)).toMatchObject([{ outcome: undefined }]);
  // One that still waited for its turn would not begin any more.
  expect(account.turns.map(({ aborted }) => aborted)).toEqual([true]);
  const patient = poll();
  speak();
  expect(await patient).toEqual(['1']);
  expect(account.calls).toEqual(['list']);
});

test('a call that fails when nobody waits any more is on record as failed, and the next poll asks again', async () => {
  const { account, store, poll, silence } = circumstances();
  const speak = silence();
  account.trouble.list = new IsdsError({ kind: 'timeout' });
  await expect(poll()).rejects.toThrow('list-under-way');
  speak();
  await expect
    .poll(() => store.deliveries.newest('stastny1', 1))
    .toMatchObject([{ outcome: 'failed', sessionId: 'bcdfghjk' }]);
  delete account.trouble.list;
  expect(await poll()).toEqual([]);
  expect(account.calls).toEqual(['list', 'list']);
});

test('a client that leaves does not end the call for the one that still waits', async () => {
  const { account, arrives, poll, silence } = circumstances({ pollBudgetMs: MINUTE });
  arrives('1');
  const speak = silence();
  const leaving = new AbortController();
  const left = poll(leaving.signal);
  const patient = poll();
  leaving.abort();
  await expect(left).rejects.toThrow('aborted');
  speak();
  expect(await patient).toEqual(['1']);
  expect(account.calls).toEqual(['list']);
});

test('a look for waiting messages that takes too long does not keep the reader from what is known', async () => {
  const { account, store, clock, arrives, poll, silence } = circumstances();
  arrives('1');
  await poll();
  const closed = newMailbox({
    account,
    store,
    clock,
    policy: { mode: 'manual', intervalMs: 0, windows: [] },
    pollBudgetMs: BUDGET_MS,
  });
  const look = () => openMaildrop(closed, { account, loginKind: 'certificate' }).messages(never);
  const speak = silence();
  expect(await look()).toHaveLength(1);
  expect(await look()).toHaveLength(1);
  expect(account.calls.filter((call) => call.startsWith('notifications'))).toHaveLength(1);
  speak();
});
