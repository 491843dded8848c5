/** Uncertain submissions of a box are reconciled together, by what the messages that it has sent hold. */
import { expect, test } from 'vitest';
import { classify, type Envelope, IsdsError, type OutgoingMessage, type SentFile } from '../../src/isds/index.ts';
import { memoryStore } from '../../src/store/index.ts';
import { envelopeOf } from '../mail-writer/envelope.ts';
import { draftOf, fileOf, identityOf, MINUTE, newIsds, newOutbox, office, OWN_BOX, sendTo } from './fakes.ts';

const DAY = 24 * 60 * MINUTE;
const lost = new IsdsError({ kind: 'timeout' }, { outcome: 'unknown' });

function status(code: string): IsdsError {
  return new IsdsError({ kind: 'status', code, message: '', class: classify(code).class });
}

/** Two letters to one office with one subject and PDFs of equal size. */
const [first, second] = ['AAAA', 'BBBB'].map((content) => draftOf({ files: [fileOf('žádost.pdf', content)] })) as [
  ReturnType<typeof draftOf>,
  ReturnType<typeof draftOf>,
];

/** An ISDS that keeps what it is sent; while `answers` is false nobody hears of it, and while `takes` is false it takes nothing. */
function house() {
  const isds = newIsds();
  const clock = { time: 10 * MINUTE, now: () => clock.time };
  const store = memoryStore();
  const world = { takes: true, answers: true, held: new Map<string, readonly SentFile[]>() };
  isds.createMessage = async (message: OutgoingMessage) => {
    isds.calls.push(`create ${message.recipientBox}`);
    const dmID = String(1_001 + world.held.size);
    if (world.takes) add(dmID, message.files);
    if (!world.answers) throw lost;
    return dmID;
  };
  isds.holds = (dmID) => world.held.get(dmID) ?? [];
  function add(dmID: string, files: readonly SentFile[], changes: Partial<Envelope> = {}): void {
    world.held.set(dmID, files);
    const looks = { recipientBox: office.boxId, annotation: first.subject, arrivedAt: new Date(isds.time ?? 0) };
    isds.listed.push(envelopeOf({ dmID, ...looks, ...changes }));
  }
  const outbox = newOutbox(store, clock);
  const send = (draft: typeof first, changes = {}) => sendTo(outbox, identityOf(isds, changes), office, draft, 's');
  const pass = (time: number): void => {
    clock.time += time;
    isds.time = (isds.time ?? 0) + time;
  };
  const count = (call: string) => isds.calls.filter((made) => made.startsWith(call)).length;
  return { isds, clock, store, world, outbox, send, pass, count, add };
}

/** Of both the answer was lost; only one of them, the first unless said otherwise, was taken. A minute later. */
async function twoDoubts(letters = [first, second], taken = letters[0]) {
  const all = house();
  all.world.answers = false;
  for (const letter of letters) {
    all.world.takes = letter === taken;
    await expect(all.send(letter)).rejects.toThrow('outcome-unknown');
  }
  all.world.answers = true;
  all.world.takes = true;
  all.pass(3 * MINUTE);
  return all;
}

const renamed = draftOf({ files: [fileOf('žádost 2.pdf', 'AAAA')] });

test.each([
  ['the first was taken and comes again first', [first, second], first, first],
  ['the first was taken, the second comes again first', [first, second], first, second],
  ['the second was taken, the first comes again first', [first, second], second, first],
  ['the second was taken and comes again first', [first, second], second, second],
  ['they differ in a name alone, and the second was taken', [first, renamed], renamed, first],
] as const)('of two letters that look alike each exists once: %s', async (_, letters, taken, earlier) => {
  const { send, world, count } = await twoDoubts([...letters], taken);
  const other = earlier === letters[0] ? letters[1] : letters[0];
  for (const letter of [earlier, other]) {
    expect(await send(letter)).toMatchObject(
      letter === taken ? { dmID: '1001', repeated: true } : { dmID: '1002', repeated: false },
    );
  }
  const contents = [...world.held.values()].map(([file]) => `${file?.name} ${file?.sha256}`);
  const wanted = letters.map(({ files: [file] }) => `${file?.name} ${file?.sha256}`);
  expect(contents.toSorted()).toEqual(wanted.toSorted());
  expect(count('create')).toBe(3);
  // Looked into once for all doubts of the box.
  expect(count('files of')).toBe(1);
});

test('what a colleague is just sending with the same content is not taken for ours, while it has no number yet', async () => {
  const { isds, send, world, pass } = await twoDoubts([first], second);
  const { promise, resolve } = Promise.withResolvers<void>();
  const { createMessage } = isds;
  isds.createMessage = async (message) => {
    const dmID = await createMessage(message);
    await promise;
    return dmID;
  };
  const colleague = send(first, { account: 'kolegyne' });
  await expect.poll(() => world.held.size).toBe(1);
  pass(3 * MINUTE);
  await expect(send(first)).rejects.toThrow('outcome-unknown');
  resolve();
  expect(await colleague).toMatchObject({ dmID: '1001', repeated: false });
  expect(await send(first)).toMatchObject({ dmID: '1002', repeated: false });
});

test('what the portal sent two minutes before, alike in everything, is not taken for ours', async () => {
  const { isds, add, send, world, pass, count } = house();
  isds.time = 3 * MINUTE;
  world.answers = false;
  world.takes = false;
  await expect(send(first)).rejects.toThrow('outcome-unknown');
  const [, text] = [...(await draftFiles())];
  add('777', [{ name: 'žádost.pdf', size: 13, sha256: 'AAAA' }, ...(text ? [text] : [])], {
    arrivedAt: new Date(MINUTE),
  });
  world.answers = true;
  world.takes = true;
  pass(3 * MINUTE);
  expect(await send(first)).toMatchObject({ repeated: false });
  expect(count('files of')).toBe(0);
});

/** The files as the outbox makes them of the first letter. */
async function draftFiles(): Promise<readonly SentFile[]> {
  const { isds } = house();
  const sent: OutgoingMessage[] = [];
  isds.createMessage = async (message) => {
    sent.push(message);
    return '1';
  };
  await sendTo(newOutbox(), identityOf(isds), office, first, 's');
  return sent[0]?.files ?? [];
}

test('two logins of a box in doubt about the same content: one message is the older one, the other is sent', async () => {
  const { send, world, pass, count } = house();
  const colleague = { account: 'kolegyne' };
  world.answers = false;
  await expect(send(first)).rejects.toThrow('outcome-unknown');
  world.takes = false;
  await expect(send(first, colleague)).rejects.toThrow('outcome-unknown');
  world.answers = true;
  world.takes = true;
  pass(3 * MINUTE);
  expect(await send(first, colleague)).toMatchObject({ dmID: '1002', repeated: false });
  expect(await send(first)).toMatchObject({ dmID: '1001', repeated: true });
  expect(count('create')).toBe(3);
});

test.each(['1229', '3005', '9500', '1219', '1230', '3008', '3009', '3013', '9005'])(
  '%s of a candidate settles nothing: later again',
  async (code) => {
    const { isds, send, world, pass, count } = await twoDoubts();
    const { sentFiles } = isds;
    isds.sentFiles = async (dmID) => {
      isds.calls.push(`files of ${dmID}`);
      throw status(code);
    };
    for (const draft of [first, second]) await expect(send(draft)).rejects.toThrow('outcome-unknown');
    isds.sentFiles = sentFiles;
    pass(15 * MINUTE);
    expect(await send(second)).toMatchObject({ dmID: '1002', repeated: false });
    expect(await send(first)).toMatchObject({ dmID: '1001', repeated: true });
    expect(world.held.size).toBe(2);
    expect(count('create')).toBe(3);
  },
);

test('a message without time stamp is not asked for a third time within twenty minutes', async () => {
  const { isds, send, pass, count } = await twoDoubts();
  isds.sentFiles = async (dmID) => {
    isds.calls.push(`files of ${dmID}`);
    throw status('9500');
  };
  for (let minute = 0; minute < 20; minute++) {
    await expect(send(first)).rejects.toThrow('outcome-unknown');
    pass(MINUTE);
  }
  expect(count('files of')).toBe(2);
});

test.each([
  ['unreachable', new IsdsError({ kind: 'unreachable' })],
  ['in maintenance', new IsdsError({ kind: 'maintenance' })],
  [
    'of another mind about the rights',
    new IsdsError({ kind: 'status', code: '1209', message: '', class: 'missing-right' }),
  ],
])('an ISDS that is %s settles nothing, and the mail may come again', async (_, error) => {
  const { isds, send, count } = await twoDoubts();
  isds.listSent = async () => {
    throw error;
  };
  await expect(send(first)).rejects.toMatchObject({
    reason: expect.stringMatching(/^isds-|^outcome-unknown$/) as string,
  });
  expect(count('create')).toBe(2);
});

test('a large message whose record does not say so is fetched where large ones are', async () => {
  const { isds, send } = await twoDoubts();
  const { sentFiles } = isds;
  const asked: boolean[] = [];
  isds.sentFiles = async (dmID: string, { vodz }: { vodz: boolean } = { vodz: false }) => {
    asked.push(vodz);
    if (!vodz) throw status('1281');
    return sentFiles(dmID);
  };
  expect(await send(first)).toMatchObject({ dmID: '1001', repeated: true });
  expect(asked).toEqual([false, true]);
});

test('a message that is listed by no time yet keeps its doubt open', async () => {
  const { isds, send, pass } = await twoDoubts();
  const [record] = isds.listed;
  isds.listed = [{ ...record!, state: 2, arrivedAt: undefined }];
  const { sentFiles, listSent } = isds;
  isds.listSent = async (query) => (query.from === undefined ? listSent(query) : []);
  isds.sentFiles = async () => {
    throw status('1229');
  };
  await expect(send(first)).rejects.toThrow('outcome-unknown');
  Object.assign(isds, { sentFiles, listSent });
  isds.listed = [record!];
  pass(3 * MINUTE);
  expect(await send(first)).toMatchObject({ dmID: '1001', repeated: true });
});

test.each([
  ['list', 255 & ~8],
  ['send', 255 & ~4],
])('a login that may not %s asks nothing and settles nothing, another one of the box does it', async (_, rights) => {
  const { isds, send, outbox, store } = await twoDoubts();
  isds.calls.length = 0;
  await expect(send(first, { rights })).rejects.toThrow('outcome-unknown');
  await outbox.tend(identityOf(isds, { rights }), 's', 'reading');
  expect(isds.calls).toEqual([]);
  await outbox.tend(identityOf(isds, { account: 'kolegyne' }), 'jiná relace', 'reading');
  expect(await store.reports.of('stastny1')).toHaveLength(1);
  expect(await store.reports.of('kolegyne')).toEqual([]);
});

test('at a log-in doubts are settled and told without the mail coming again, and looked at seldom', async () => {
  const { isds, send, outbox, store, pass, count, world } = await twoDoubts();
  const reports = () => store.reports.of('stastny1');
  await outbox.tend(identityOf(isds), 'odesílání', 'sending');
  // The mail may be about to come again: its reply will tell.
  expect(await reports()).toEqual([]);
  await outbox.tend(identityOf(isds), 'čtení', 'reading');
  expect(await reports()).toMatchObject([{ kind: 'outcome', sent: [{ box: office.boxId, dmID: '1001' }], failed: [] }]);
  pass(15 * MINUTE);
  await outbox.tend(identityOf(isds), 'čtení', 'reading');
  expect((await reports()).slice(1)).toMatchObject([
    { kind: 'outcome', sent: [], failed: [{ box: office.boxId, reason: 'not-sent' }] },
  ]);
  // Told once, and nothing is asked any more.
  isds.calls.length = 0;
  await outbox.tend(identityOf(isds), 'čtení', 'reading');
  expect(isds.calls).toEqual([]);
  expect(await reports()).toHaveLength(2);
  // A program that held the mails over a long weekend.
  pass(4 * DAY);
  expect(await send(first)).toMatchObject({ dmID: '1001', repeated: true });
  expect(await send(second)).toMatchObject({ repeated: false });
  expect(world.held.size).toBe(2);
  expect(count('create')).toBe(1);
});

test('what was not sent is told to nobody whose mail has come again and was sent', async () => {
  const { isds, send, outbox, store, pass } = await twoDoubts();
  await outbox.tend(identityOf(isds), 'odesílání', 'sending');
  await send(second);
  pass(15 * MINUTE);
  await outbox.tend(identityOf(isds), 'čtení', 'reading');
  expect(await store.reports.of('stastny1')).toMatchObject([{ sent: [{ dmID: '1001' }], failed: [] }]);
});

test('doubts that stay open are looked at every five minutes at most', async () => {
  const { isds, outbox, pass, count } = await twoDoubts();
  isds.sentFiles = async () => {
    throw status('1229');
  };
  for (let minute = 0; minute < 11; minute++) {
    await outbox.tend(identityOf(isds), 'čtení', 'reading');
    pass(MINUTE);
  }
  expect(count('sent since')).toBe(3);
});

test('after seven days a report says what to look for, and the mail is not sent unchanged any more', async () => {
  const { isds, send, outbox, store, pass, count } = await twoDoubts();
  const rights = 255 & ~8;
  pass(7 * DAY - 4 * MINUTE);
  await outbox.tend(identityOf(isds, { rights }), 'čtení', 'reading');
  expect(await store.reports.of('stastny1')).toEqual([]);
  pass(2 * MINUTE);
  await outbox.tend(identityOf(isds, { rights }), 'čtení', 'reading');
  const reports = await store.reports.of('stastny1');
  expect(reports).toMatchObject(
    ['AAAA', 'BBBB'].map(() => ({
      kind: 'unsettled',
      messageId: '<1@pocitac>',
      failed: [{ box: office.boxId, reason: 'outcome-unsettled', attempt: { at: 0, fileOctets: [13, 38] } }],
    })),
  );
  await expect(send(first)).rejects.toThrow('outcome-unsettled');
  pass(30 * DAY);
  await expect(send(first)).rejects.toThrow('outcome-unsettled');
  expect(count('create')).toBe(2);
  expect(await send({ ...first, subject: `${first.subject} podruhé` })).toMatchObject({ repeated: false });
});

test('a login that was believed without a question asks one before it sends: what is older than the attempt must be known', async () => {
  const { isds, send } = house();
  isds.time = undefined;
  await send(first);
  expect(isds.calls.slice(0, 2)).toEqual(['owner', `create ${office.boxId}`]);
});

test('without a clock of ISDS nothing is sent', async () => {
  const { isds, send, count } = house();
  isds.time = undefined;
  isds.getOwnerInfo = async () => {
    throw new IsdsError({ kind: 'unreachable' });
  };
  await expect(send(first)).rejects.toThrow('isds-unreachable');
  expect(count('create')).toBe(0);
});

test('a doubt of which there is nothing to know it by stays open for seven days, then it is told', async () => {
  const { isds, send, store, world, pass, count } = house();
  isds.time = undefined;
  isds.getOwnerInfo = async () => OWN_BOX;
  world.answers = false;
  await expect(send(first)).rejects.toThrow('outcome-unknown');
  pass(6 * DAY);
  await expect(send(first)).rejects.toThrow('outcome-unknown');
  expect(count('sent')).toBe(0);
  pass(DAY);
  await expect(send(first)).rejects.toThrow('outcome-unsettled');
  expect(await store.reports.of('stastny1')).toMatchObject([{ kind: 'unsettled' }]);
  expect(count('create')).toBe(1);
});

test('what a colleague sends with the same content while the list is read is not taken for ours', async () => {
  const { isds, send, world, pass, outbox } = await twoDoubts([first], second);
  const { createMessage, listSent } = isds;
  const { promise, resolve } = Promise.withResolvers<void>();
  isds.createMessage = async (message) => {
    const dmID = await createMessage(message);
    await promise;
    return dmID;
  };
  let colleague: ReturnType<typeof send> | undefined;
  isds.listSent = async (query) => {
    colleague ??= send(first, { account: 'kolegyne' });
    await expect.poll(() => world.held.size).toBe(1);
    return listSent(query);
  };
  await outbox.tend(identityOf(isds), 'čtení', 'reading');
  resolve();
  expect(await colleague).toMatchObject({ dmID: '1001', repeated: false });
  Object.assign(isds, { createMessage, listSent });
  pass(3 * MINUTE);
  expect(await send(first)).toMatchObject({ dmID: '1002', repeated: false });
  expect(world.held.size).toBe(2);
});

test('after a week without the gateway a doubt is looked for before it is given up', async () => {
  const { isds, clock, store, pass } = await twoDoubts();
  pass(8 * DAY);
  const restarted = newOutbox(store, clock);
  const tend = () => restarted.tend(identityOf(isds), 'čtení', 'reading');
  const told = async () => (await store.reports.of('stastny1')).map(({ kind, sent, failed }) => [kind, sent, failed]);
  await tend();
  expect(await told()).toEqual([]);
  pass(3 * MINUTE);
  const { listSent } = isds;
  isds.listSent = async () => {
    throw new IsdsError({ kind: 'maintenance' });
  };
  for (let minute = 0; minute < 2; minute++) await tend();
  expect(await told()).toEqual([]);
  pass(15 * MINUTE);
  isds.listSent = listSent;
  await tend();
  pass(15 * MINUTE);
  await tend();
  expect(await told()).toMatchObject([
    ['outcome', [{ dmID: '1001' }], []],
    ['outcome', [], [{ reason: 'not-sent' }]],
  ]);
});

test.each([
  [
    'refuses to list what was sent',
    async () => {
      throw new IsdsError({ kind: 'status', code: '1209', message: '', class: 'missing-right' });
    },
  ],
  [
    'never lists all that was sent',
    async () => Array.from({ length: 1_000 }, (_, index) => envelopeOf({ dmID: String(index) })),
  ],
])('a doubt of which ISDS %s is told after seven days all the same', async (_, listSent) => {
  const { isds, outbox, store, pass } = await twoDoubts();
  isds.listSent = listSent;
  pass(7 * DAY);
  await outbox.tend(identityOf(isds), 'čtení', 'reading');
  expect(await store.reports.of('stastny1')).toMatchObject([{ kind: 'unsettled' }, { kind: 'unsettled' }]);
});

test('what is settled is told while ISDS is away, whatever else is in doubt', async () => {
  const { isds, outbox, store, pass, send, world } = await twoDoubts([first]);
  await outbox.tend(identityOf(isds), 'odesílání', 'sending');
  world.answers = false;
  await expect(send(second)).rejects.toThrow('outcome-unknown');
  isds.listSent = async () => {
    throw new IsdsError({ kind: 'maintenance' });
  };
  pass(15 * MINUTE);
  await outbox.tend(identityOf(isds), 'čtení', 'reading');
  expect(await store.reports.of('stastny1')).toMatchObject([{ kind: 'outcome', sent: [{ dmID: '1001' }] }]);
});

test('a doubt that was settled by a clock far ahead swallows no mail for years', async () => {
  const { isds, outbox, clock, send, pass } = await twoDoubts([first]);
  clock.time += 1_000 * DAY;
  await outbox.tend(identityOf(isds), 'čtení', 'reading');
  clock.time -= 1_000 * DAY;
  pass(90 * DAY);
  expect(await send(first)).toMatchObject({ dmID: '1002', repeated: false });
});

test('of two logins in doubt about the same content neither takes the message of the other while its own cannot be read', async () => {
  const { isds, send, world, pass } = house();
  const colleague = { account: 'kolegyne' };
  world.answers = false;
  await expect(send(first)).rejects.toThrow('outcome-unknown');
  pass(5 * MINUTE);
  await expect(send(first, colleague)).rejects.toThrow('outcome-unknown');
  world.answers = true;
  pass(3 * MINUTE);
  const { sentFiles } = isds;
  isds.sentFiles = async (dmID) => {
    if (dmID === '1001') throw status('1229');
    return sentFiles(dmID);
  };
  await expect(send(first)).rejects.toThrow('outcome-unknown');
  isds.sentFiles = sentFiles;
  pass(15 * MINUTE);
  expect(await send(first, colleague)).toMatchObject({ dmID: '1002', repeated: true });
  expect(await send(first)).toMatchObject({ dmID: '1001', repeated: true });
  expect(world.held.size).toBe(2);
});

test('a single list that leaves everything out sends nothing twice', async () => {
  const { isds, send, world, pass } = await twoDoubts([first]);
  const { listSent } = isds;
  let lists = 0;
  isds.listSent = async (query) => (++lists <= 2 ? [] : listSent(query));
  await expect(send(first)).rejects.toThrow('outcome-unknown');
  pass(3 * MINUTE);
  expect(await send(first)).toMatchObject({ dmID: '1001', repeated: true });
  expect(world.held.size).toBe(1);
});

test('a doubt that is settled after weeks without the gateway is remembered for the mail that comes again', async () => {
  const { isds, clock, store, pass, world } = await twoDoubts([first]);
  pass(21 * DAY);
  const restarted = newOutbox(store, clock);
  pass(3 * MINUTE);
  await restarted.tend(identityOf(isds), 'čtení', 'reading');
  pass(6 * DAY);
  expect(await sendTo(restarted, identityOf(isds), office, first, 's')).toMatchObject({ dmID: '1001', repeated: true });
  expect(world.held.size).toBe(1);
});
