/** Messages whose answer was lost: looked for among the sent ones before anything is sent again. */
import { expect, test } from 'vitest';
import { type Envelope, IsdsError, type ListQuery } from '../../src/isds/index.ts';
import { memoryStore } from '../../src/store/index.ts';
import { envelopeOf } from '../mail-writer/envelope.ts';
import { draftOf, identityOf, MINUTE, newIsds, newOutbox, office, sendTo } from './fakes.ts';

const DAY = 24 * 60 * MINUTE;
const lost = new IsdsError({ kind: 'timeout' }, { outcome: 'unknown' });
const broken = new IsdsError({ kind: 'status', code: '9005', message: '', class: 'temporary' }, { outcome: 'unknown' });

/** A record as that of the message; what ISDS counts as its size says nothing. */
function ours(changes: Partial<Envelope>): Envelope {
  return envelopeOf({ recipientBox: 'aydaadk', annotation: 'Vyjádření k výzvě', attachmentSize: 9, ...changes });
}

/** An outbox whose first answer from ISDS was lost, a restart and a minute later; `sent` is what ISDS then lists as sent. */
async function afterLostAnswer(sent: Partial<Envelope>[], store = memoryStore()) {
  const isds = newIsds();
  const clock = { time: 10 * MINUTE, now: () => clock.time };
  const create = isds.create;
  isds.create = async () => {
    throw lost;
  };
  await expect(sendTo(newOutbox(store, clock), identityOf(isds), office, draftOf(), 's')).rejects.toThrow(
    'outcome-unknown',
  );
  isds.create = create;
  isds.listed = sent.map(ours);
  const outbox = newOutbox(store, clock);
  clock.time += 3 * MINUTE;
  return { isds, store, clock, outbox };
}

test('a message of unknown fate is not looked for before it may be listed', async () => {
  const { isds, clock, outbox } = await afterLostAnswer([]);
  clock.time -= 2 * MINUTE + 1;
  await expect(sendTo(outbox, identityOf(isds), office, draftOf(), 's')).rejects.toThrow('outcome-unknown');
  expect(isds.calls).toEqual(['create aydaadk']);
});

test('a message of unknown fate is not sent again while ISDS may still be working on it', async () => {
  const { isds, clock, outbox } = await afterLostAnswer([]);
  clock.time -= 1;
  await expect(sendTo(outbox, identityOf(isds), office, draftOf(), 's')).rejects.toThrow('outcome-unknown');
  expect(isds.calls.filter((call) => call.startsWith('create'))).toEqual(['create aydaadk']);
  clock.time += 1;
  expect(await sendTo(outbox, identityOf(isds), office, draftOf(), 's')).toMatchObject({ repeated: false });
});

test('a message of unknown fate that ISDS lists as sent is not sent again', async () => {
  const { isds, outbox } = await afterLostAnswer([{ dmID: '777' }]);
  expect(await sendTo(outbox, identityOf(isds), office, draftOf(), 's')).toEqual({ dmID: '777', repeated: true });
  expect(isds.calls).toEqual([
    'create aydaadk',
    'sent without arrival',
    'sent since 1969-12-31T23:59:00.000Z',
    'files of 777',
  ]);
});

test("with a clock that takes Czech summer time for UTC a sent message is found: ISDS's own clock counts", async () => {
  const { isds, store, clock, outbox } = await afterLostAnswer([{ dmID: '777', arrivedAt: new Date(500) }]);
  clock.time += 120 * MINUTE;
  expect(await sendTo(outbox, identityOf(isds), office, draftOf(), 's')).toEqual({ dmID: '777', repeated: true });
  expect(await store.submissions.proved(['777'])).toEqual(new Set(['777']));
});

test('a message that ISDS dates a minute before its answer is found: two of its clocks need not agree', async () => {
  const { isds, outbox } = await afterLostAnswer([{ dmID: '777', arrivedAt: new Date(-60_000) }]);
  expect(await sendTo(outbox, identityOf(isds), office, draftOf(), 's')).toEqual({ dmID: '777', repeated: true });
});

test.each([
  ['nothing', []],
  ['one to somebody else', [{ recipientBox: 'zzzzzzq' }]],
  ['one about something else', [{ annotation: 'Jiná věc' }]],
  ['one that was there before ours was begun', [{ arrivedAt: new Date(-60_001) }]],
  ['one of another manner of delivery', [{ personalDelivery: true }]],
])('a message of unknown fate is sent again when ISDS lists %s', async (_, sent) => {
  const { isds, outbox } = await afterLostAnswer(sent);
  expect(await sendTo(outbox, identityOf(isds), office, draftOf(), 's')).toEqual({ dmID: '1002', repeated: false });
  expect(isds.sent).toHaveLength(2);
});

test('of two messages that differ in their envelope alone each settles its own doubt', async () => {
  const isds = newIsds();
  const clock = { time: 10 * MINUTE, now: () => clock.time };
  const outbox = newOutbox(memoryStore(), clock);
  const create = isds.create;
  isds.create = async () => {
    throw lost;
  };
  const [novak, dvorak] = [
    { ...office, toHands: 'Novak' },
    { ...office, toHands: 'Dvorak' },
  ];
  for (const recipient of [novak, dvorak]) {
    await expect(sendTo(outbox, identityOf(isds), recipient, draftOf(), 's')).rejects.toThrow('outcome-unknown');
  }
  isds.create = create;
  clock.time += 3 * MINUTE;
  const draft = draftOf();
  isds.listed = [
    envelopeOf({
      dmID: '777',
      recipientBox: 'aydaadk',
      annotation: draft.subject,
      attachmentSize: 1,
      toHands: 'Dvorak',
    }),
  ];
  expect(await sendTo(outbox, identityOf(isds), novak, draft, 's')).toMatchObject({ repeated: false });
  expect(await sendTo(outbox, identityOf(isds), dvorak, draft, 's')).toEqual({ dmID: '777', repeated: true });
});

test('a listed message that is on record as another one, of a colleague with the same box, settles no doubt', async () => {
  const store = memoryStore();
  const mark = { recipient: 'aydaadk', texts: {}, files: [] };
  const who = { account: 'kolegyne', box: 'zzzzzzq', sessionId: 's', mail: 'jiný', messageId: undefined };
  const seen = { at: 0, elapsed: 0, origin: undefined };
  const start = {
    ...who,
    ...mark,
    digest: 'jiný otisk',
    at: 0,
    isdsAt: 0,
    owner: 'jiná brána',
    seen,
    after: undefined,
  };
  const [key] = await store.submissions.claim([start]);
  if (typeof key !== 'number') throw new Error('overtaken');
  await store.submissions.settle(key, { state: 'sent', dmID: '777' });
  const { isds, outbox } = await afterLostAnswer([{ dmID: '777' }], store);
  expect(await sendTo(outbox, identityOf(isds), office, draftOf(), 's')).toMatchObject({ repeated: false });
});

test('while ISDS cannot be asked the doubt stays and nothing is sent', async () => {
  const { isds, outbox } = await afterLostAnswer([]);
  isds.listSent = async () => {
    throw new IsdsError({ kind: 'maintenance' });
  };
  await expect(sendTo(outbox, identityOf(isds), office, draftOf(), 's')).rejects.toThrow('isds-maintenance');
  expect(isds.sent).toHaveLength(1);
});

test('the minute begins when the answer fails to come, not when the sending began', async () => {
  const isds = newIsds();
  const clock = { time: 10 * MINUTE, now: () => clock.time };
  const outbox = newOutbox(memoryStore(), clock);
  isds.create = async () => {
    clock.time += 10 * MINUTE;
    throw lost;
  };
  const send = () => sendTo(outbox, identityOf(isds), office, draftOf(), 's');
  await expect(send()).rejects.toThrow('outcome-unknown');
  await expect(send()).rejects.toThrow('outcome-unknown');
  expect(isds.calls).toEqual(['create aydaadk']);
  clock.time += 3 * MINUTE;
  isds.listed = [
    envelopeOf({ dmID: '777', recipientBox: 'aydaadk', annotation: draftOf().subject, attachmentSize: 1 }),
  ];
  expect(await send()).toEqual({ dmID: '777', repeated: true });
});

test('after a kill the minute begins with the new process: the old one may have been sending until then', async () => {
  const { isds, store, clock } = await afterLostAnswer([{ dmID: '777' }]);
  clock.time += 10 * MINUTE;
  const restarted = newOutbox(store, clock);
  const send = () => sendTo(restarted, identityOf(isds), office, draftOf(), 's');
  await expect(send()).rejects.toThrow('outcome-unknown');
  clock.time += 3 * MINUTE;
  expect(await send()).toEqual({ dmID: '777', repeated: true });
  expect(isds.sent).toHaveLength(1);
});

test('a doubt outlives the weekend', async () => {
  const { isds, clock, outbox } = await afterLostAnswer([{ dmID: '777' }]);
  clock.time += 3 * DAY;
  expect(await sendTo(outbox, identityOf(isds), office, draftOf(), 's')).toEqual({ dmID: '777', repeated: true });
});

test('a clock that was set back hides no doubt behind an older result', async () => {
  const isds = newIsds();
  const clock = { time: 30 * MINUTE, now: () => clock.time };
  const outbox = newOutbox(memoryStore(), clock);
  const send = () => sendTo(outbox, identityOf(isds), office, draftOf(), 's');
  isds.create = async () => {
    throw new IsdsError({ kind: 'maintenance' });
  };
  await expect(send()).rejects.toThrow('isds-maintenance');
  clock.time = 10 * MINUTE;
  isds.create = async () => {
    throw lost;
  };
  await expect(send()).rejects.toThrow('outcome-unknown');
  await expect(send()).rejects.toThrow('outcome-unknown');
  expect(isds.sent).toHaveLength(2);
});

test('a message that other settings would make otherwise by now is known by what it was', async () => {
  const isds = newIsds();
  const store = memoryStore();
  const clock = { time: 10 * MINUTE, now: () => clock.time };
  const draft = draftOf({ text: 'Dobrý den, '.repeat(200) });
  isds.create = async () => {
    throw lost;
  };
  const before = newOutbox(store, clock, { maxTotalOctets: 10_000 });
  await expect(sendTo(before, identityOf(isds), office, draft, 's')).rejects.toThrow('outcome-unknown');
  const after = newOutbox(store, clock, { text: { body: 'omit', quotedText: 'keep', signature: 'keep' } });
  clock.time += 3 * MINUTE;
  isds.listed = [ours({ dmID: '777' })];
  expect(await sendTo(after, identityOf(isds), office, draft, 's')).toEqual({ dmID: '777', repeated: true });
});

test('a box that has sent thousands meanwhile: the list is read to its end', async () => {
  const { isds, outbox } = await afterLostAnswer([]);
  const others = Array.from({ length: 1_500 }, (_, index) =>
    envelopeOf({ dmID: String(index), recipientBox: 'jiny234', arrivedAt: new Date(20 * MINUTE - index) }),
  );
  const listed = [...others, ours({ dmID: '777', arrivedAt: new Date(10 * MINUTE) })];
  isds.listSent = async ({ from, to, limit }: ListQuery) =>
    listed.filter(({ arrivedAt }) => from !== undefined && (to === undefined || arrivedAt! <= to)).slice(0, limit);
  expect(await sendTo(outbox, identityOf(isds), office, draftOf(), 's')).toEqual({ dmID: '777', repeated: true });
});

test('one box of several is left in doubt by ISDS: the others are settled, and it is looked for before it is sent again', async () => {
  const isds = newIsds();
  const clock = { time: 10 * MINUTE, now: () => clock.time };
  const outbox = newOutbox(memoryStore(), clock);
  const boxes = ['aydaadk', 'bcdefgh', 'cdefghi'].map((boxId) => ({ ...office, boxId }));
  isds.refused.set('bcdefgh', broken);
  await expect(outbox.send(identityOf(isds), boxes, draftOf(), 's')).rejects.toThrow('outcome-unknown');
  isds.refused.clear();
  const { subject } = draftOf();
  isds.listed = [envelopeOf({ dmID: '777', recipientBox: 'bcdefgh', annotation: subject, attachmentSize: 1 })];
  clock.time += 3 * MINUTE;
  const { messages } = await outbox.send(identityOf(isds), boxes, draftOf(), 's');
  expect(messages.map(({ dmID, repeated }) => [dmID, repeated])).toEqual([
    ['2001', true],
    ['777', true],
    ['2003', true],
  ]);
  expect(isds.calls.filter((call) => call.startsWith('create'))).toEqual(['create aydaadk bcdefgh cdefghi']);
});
