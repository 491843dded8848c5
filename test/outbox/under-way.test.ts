/** Sendings that take longer than a mail program waits: they go on, repetitions join them, and what nobody heard is reported. */
import { expect, test } from 'vitest';
import { IsdsError, type OwnerInfo } from '../../src/isds/index.ts';
import { memoryStore } from '../../src/store/index.ts';
import { domain, draftOf, identityOf, MINUTE, newIsds, newOutbox, office } from './fakes.ts';

const DAY = 24 * 60 * MINUTE;
const other = { ...office, boxId: 'bcdefgh' };

function house() {
  const isds = newIsds();
  const store = memoryStore();
  const clock = { time: 10 * MINUTE, now: () => clock.time };
  const outbox = newOutbox(store, clock);
  const released: string[] = [];
  /** `impatient` does not wait at all. */
  const send = async (name: string, changes: { boxes?: readonly (typeof office)[]; impatient?: boolean } = {}) => {
    const { messages, failures } = await outbox.send(
      identityOf(isds),
      changes.boxes ?? [office],
      draftOf({ messageId: `<${name}@pocitac>` }),
      name,
      {
        ...(changes.impatient === true ? { timeBudgetMs: 1 } : {}),
        release: async () => void released.push(name),
      },
    );
    return {
      messages: messages.map(({ dmID, repeated }) => [dmID, repeated]),
      failures: failures.map(({ refusal }) => refusal.reason),
    };
  };
  /** ISDS takes a message and says nothing until the function that this answers is called. */
  const silence = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { create } = isds;
    isds.create = async () => {
      await promise;
      return create();
    };
    return resolve;
  };
  const reports = () => store.reports.of('stastny1');
  return { isds, store, clock, outbox, send, silence, reports, released };
}

test('a sending that takes too long goes on, and one report tells its dmID', async () => {
  const { isds, outbox, send, silence, reports, released } = house();
  const speak = silence();
  await expect(send('první', { impatient: true })).rejects.toThrow('sending-under-way');
  expect(released).toEqual([]);
  expect(await reports()).toEqual([]);
  speak();
  await outbox.settled();
  expect(released).toEqual(['první']);
  expect(await reports()).toEqual([
    {
      id: '1',
      kind: 'outcome',
      at: 10 * MINUTE,
      sessionId: 'první',
      messageId: '<první@pocitac>',
      sent: [{ box: 'aydaadk', dmID: '1001' }],
      failed: [],
    },
  ]);
  expect(isds.calls).toEqual(['create aydaadk']);
});

test('a repetition joins the sending, keeps no files for it and hears its result, and then nothing is reported', async () => {
  const { isds, outbox, send, silence, reports, released } = house();
  const speak = silence();
  await expect(send('první', { impatient: true })).rejects.toThrow('sending-under-way');
  await expect(send('druhý', { impatient: true })).rejects.toThrow('sending-under-way');
  const third = send('třetí');
  await expect.poll(() => released).toEqual(['druhý', 'třetí']);
  speak();
  expect(await third).toEqual({ messages: [['1001', true]], failures: [] });
  await outbox.settled();
  expect(await reports()).toEqual([]);
  expect(isds.calls).toEqual(['create aydaadk']);
});

test('the mail again after the report gets the first result, for a day', async () => {
  const { isds, clock, outbox, send, silence } = house();
  const speak = silence();
  await expect(send('první', { impatient: true })).rejects.toThrow('sending-under-way');
  speak();
  await outbox.settled();
  clock.time += 23 * 60 * MINUTE;
  expect(await send('druhý')).toEqual({ messages: [['1001', true]], failures: [] });
  expect(isds.calls).toEqual(['create aydaadk']);
});

test('a refusal that nobody heard is reported with its reason, and one that was heard is not', async () => {
  const { isds, outbox, send, silence, reports } = house();
  const { create } = isds;
  isds.create = async () => {
    throw new IsdsError({ kind: 'status', code: '1204', message: '', class: 'user-error' });
  };
  await expect(send('slyšená')).rejects.toThrow('recipient-inaccessible');
  expect(await reports()).toEqual([]);
  const speak = silence();
  await expect(send('první', { impatient: true })).rejects.toThrow('sending-under-way');
  speak();
  await outbox.settled();
  expect(await reports()).toMatchObject([
    { kind: 'outcome', sent: [], failed: [{ box: 'aydaadk', reason: 'recipient-inaccessible', isdsCode: '1204' }] },
  ]);
  isds.create = create;
  expect(await send('znovu')).toMatchObject({ messages: [[expect.any(String), false]], failures: [] });
});

test('of a mail to two boxes that ends in doubt the report tells what is certain', async () => {
  const { isds, outbox, send, silence, reports } = house();
  const paid = [office, other].map((box) => ({ ...box, paid: true }));
  const { create } = isds;
  isds.create = async () => {
    if (isds.sent.length === 2) throw new IsdsError({ kind: 'timeout' }, { outcome: 'unknown' });
    return create();
  };
  const speak = silence();
  await expect(send('první', { boxes: paid, impatient: true })).rejects.toThrow('sending-under-way');
  speak();
  await outbox.settled();
  expect(isds.calls).toEqual(['create aydaadk', 'create bcdefgh']);
  expect(await reports()).toMatchObject([{ kind: 'outcome', sent: [{ box: 'aydaadk', dmID: '1001' }], failed: [] }]);
});

test('the same content to other boxes waits for its turn, and is not begun when its time is over before', async () => {
  const { isds, outbox, send, silence, reports, released } = house();
  const speak = silence();
  await expect(send('první', { impatient: true })).rejects.toThrow('sending-under-way');
  await expect(send('jiným', { boxes: [office, other], impatient: true })).rejects.toThrow('account-under-way');
  speak();
  await outbox.settled();
  expect(released).toEqual(['první', 'jiným']);
  expect(isds.calls).toEqual(['create aydaadk']);
  expect(await reports()).toHaveLength(1);
  expect(await send('jiným', { boxes: [office, other] })).toMatchObject({
    messages: [
      ['1001', true],
      [expect.any(String), false],
    ],
  });
});

test('a program that left before the reply finds the result as a report', async () => {
  const { isds, outbox, silence, reports } = house();
  const speak = silence();
  const leaving = new AbortController();
  const sending = outbox.send(identityOf(isds), [office], draftOf(), 's', { gone: leaving.signal });
  leaving.abort();
  await expect(sending).rejects.toThrow('sending-under-way');
  speak();
  await outbox.settled();
  expect(await reports()).toMatchObject([{ kind: 'outcome', sent: [{ dmID: '1001' }] }]);
});

test('what a killed gateway had promised is told by the next one: not sent when it had not got so far', async () => {
  const { isds, store, clock, send, reports } = house();
  const { promise } = Promise.withResolvers<void>();
  isds.downloadEnvelope = async () => {
    await promise;
    throw new Error('killed');
  };
  const answers = draftOf({ messageId: '<reply@pocitac>', answers: [`<1234@${domain}>`] });
  const sending = newOutbox(store, clock).send(identityOf(isds), [office], answers, 's', { timeBudgetMs: 1 });
  await expect(sending).rejects.toThrow('sending-under-way');
  const next = newOutbox(store, clock);
  await next.tellInterrupted();
  await next.tellInterrupted();
  expect(await reports()).toMatchObject([
    {
      kind: 'outcome',
      messageId: '<reply@pocitac>',
      sent: [],
      failed: [{ box: 'aydaadk', reason: 'sending-interrupted' }],
    },
  ]);
  expect(isds.sent).toEqual([]);
  expect(await send('jiný')).toMatchObject({ failures: [] });
});

test('what a killed gateway had handed to ISDS stays in doubt, and nothing is claimed of it', async () => {
  const { isds, store, clock, send, silence, reports } = house();
  silence();
  await expect(send('první', { impatient: true })).rejects.toThrow('sending-under-way');
  await expect.poll(() => isds.sent.length).toBe(1);
  await newOutbox(store, clock).tellInterrupted();
  expect(await reports()).toEqual([]);
  expect(await store.promises.open()).toEqual([]);
});

test('a promise that was kept is not told again after a restart', async () => {
  const { store, clock, outbox, send, silence, reports } = house();
  const speak = silence();
  await expect(send('první', { impatient: true })).rejects.toThrow('sending-under-way');
  expect(await store.promises.open()).toHaveLength(1);
  speak();
  await outbox.settled();
  expect(await store.promises.open()).toEqual([]);
  await newOutbox(store, clock).tellInterrupted();
  expect(await reports()).toHaveLength(1);
});

test('each sending that was promised a report gets one, since an earlier one may be deleted already', async () => {
  const { isds, outbox, send, silence, reports } = house();
  for (const name of ['první', 'druhý']) {
    isds.create = async () => {
      throw new IsdsError({ kind: 'status', code: '1204', message: '', class: 'user-error' });
    };
    const speak = silence();
    await expect(send(name, { impatient: true })).rejects.toThrow('sending-under-way');
    speak();
    await outbox.settled();
  }
  expect((await reports()).map(({ sessionId }) => sessionId)).toEqual(['první', 'druhý']);
});

test('a mail that fails late is not reported as sent because it was sent days ago', async () => {
  const { isds, clock, outbox, send, reports } = house();
  await send('předevčírem');
  clock.time += 2 * DAY;
  isds.time = undefined;
  const { promise, reject } = Promise.withResolvers<OwnerInfo>();
  isds.getOwnerInfo = () => promise;
  await expect(send('dnes', { impatient: true })).rejects.toThrow('sending-under-way');
  reject(new IsdsError({ kind: 'unreachable' }));
  await outbox.settled();
  expect(await reports()).toMatchObject([{ kind: 'outcome', sent: [], failed: [{ reason: 'isds-unreachable' }] }]);
});

test('a late refusal because an earlier fate is not known is reported, too', async () => {
  const { isds, clock, outbox, reports } = house();
  const { create, downloadEnvelope } = isds;
  const reply = draftOf({ answers: [`<1234@${domain}>`] });
  isds.create = async () => {
    throw new IsdsError({ kind: 'timeout' }, { outcome: 'unknown' });
  };
  await expect(outbox.send(identityOf(isds), [office], reply, 'první')).rejects.toThrow('outcome-unknown');
  isds.create = create;
  clock.time += 7 * DAY;
  isds.time = 7 * DAY;
  await outbox.tend(identityOf(isds, { rights: 255 & ~8 }), 'čtení', 'reading');
  const { promise, resolve } = Promise.withResolvers<void>();
  isds.downloadEnvelope = async (dmID) => {
    await promise;
    return downloadEnvelope(dmID);
  };
  const again = outbox.send(identityOf(isds), [office], reply, 'druhý', { timeBudgetMs: 1 });
  await expect(again).rejects.toThrow('sending-under-way');
  resolve();
  await outbox.settled();
  expect((await reports()).map(({ kind, failed }) => [kind, failed[0]?.reason])).toEqual([
    ['unsettled', 'outcome-unsettled'],
    ['outcome', 'outcome-unsettled'],
  ]);
});
