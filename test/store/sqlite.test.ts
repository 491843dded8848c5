import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { type IndexChange, type IndexedMessage, openStore, type Store } from '../../src/store/index.ts';
import { steps } from '../../src/store/sqlite/migrations.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function newPath(): string {
  return join(temporaryFolder(), 'data', 'postolka.sqlite');
}

test('what was hidden is hidden after a restart, for that view only', async () => {
  const path = newPath();
  const first = openStore(path);
  await first.hidden.add('urad01', '', ['1', '2'], 0);
  await first.hidden.add('urad01', 'telefon', ['3'], 0);
  first.close();
  const second = openStore(path);
  expect(await second.hidden.of('urad01', '')).toEqual(new Set(['1', '2']));
  expect(await second.hidden.of('urad01', 'telefon')).toEqual(new Set(['3']));
  expect(await second.hidden.of('jiny01', '')).toEqual(new Set());
  second.close();
});

test('hiding is all or nothing', async () => {
  const store = openStore(':memory:');
  const uids = JSON.parse('["1", {}]') as string[];
  await expect(store.hidden.add('urad01', '', uids, 0)).rejects.toThrow(/NOT NULL|cannot be bound/);
  expect(await store.hidden.of('urad01', '')).toEqual(new Set());
});

test('hiding a message twice is no fault', async () => {
  const store = openStore(':memory:');
  await store.hidden.add('urad01', '', ['1'], 0);
  await store.hidden.add('urad01', '', ['1'], 1);
  expect(await store.hidden.of('urad01', '')).toEqual(new Set(['1']));
});

const message: IndexedMessage = {
  dmID: '1',
  kind: 'message',
  arrivedAt: 500,
  octets: 100,
  read: false,
  goneAt: undefined,
};

test('a list is known until the next one, oldest arrival first', async () => {
  const store = openStore(':memory:');
  const older = { ...message, dmID: '2', arrivedAt: 400 };
  const change = { messages: [message, older], gone: [], calledAt: 1_000, full: true, since: 450 };
  await store.index.apply('urad01', change);
  expect(await store.index.messages('urad01')).toEqual([older, message]);
  expect(await store.index.messages('jiny01')).toEqual([]);
  expect(await store.index.state('urad01')).toEqual({
    lastCallAt: 1_000,
    lastFullAt: 1_000,
    since: 450,
    permittedAt: undefined,
  });
});

test('a list of thousands is written in parts, and counts as known only with the last one', async () => {
  const store = openStore(':memory:');
  const messages = Array.from({ length: 5_000 }, (_, index) => ({ ...message, dmID: String(index) }));
  const applying = store.index.apply('urad01', { messages, gone: [], calledAt: 1_000, full: true, since: 450 });
  const begun = await store.index.messages('urad01');
  expect(begun.length).toBeGreaterThan(0);
  expect(begun.length).toBeLessThan(messages.length);
  expect(await store.index.state('urad01')).toMatchObject({ lastCallAt: undefined, lastFullAt: undefined });
  await applying;
  expect(await store.index.messages('urad01')).toHaveLength(messages.length);
  expect(await store.index.state('urad01')).toMatchObject({ lastCallAt: 1_000, lastFullAt: 1_000 });
});

test('a later list of new messages keeps the rest and the time of the full one', async () => {
  const store = openStore(':memory:');
  await store.index.apply('urad01', { messages: [message], gone: [], calledAt: 1_000, full: true, since: 450 });
  const newer = { ...message, dmID: '3', arrivedAt: 600 };
  await store.index.apply('urad01', { messages: [newer], gone: [], calledAt: 2_000, full: false, since: 550 });
  expect(await store.index.messages('urad01')).toEqual([message, newer]);
  expect(await store.index.state('urad01')).toMatchObject({ lastCallAt: 2_000, lastFullAt: 1_000, since: 550 });
});

test('a message that is gone keeps the time when it was first missed, and may come back', async () => {
  const store = openStore(':memory:');
  const full = { messages: [], calledAt: 1_000, full: true, since: undefined };
  await store.index.apply('urad01', { ...full, messages: [message], gone: [] });
  await store.index.apply('urad01', { ...full, gone: ['1'], calledAt: 2_000 });
  await store.index.apply('urad01', { ...full, gone: ['1'], calledAt: 3_000 });
  expect(await store.index.messages('urad01')).toMatchObject([{ goneAt: 2_000 }]);
  await store.index.apply('urad01', { ...full, messages: [message], gone: [] });
  expect(await store.index.messages('urad01')).toMatchObject([{ goneAt: undefined }]);
});

test('a permission stands until a call that knew of it uses it up', async () => {
  const store = openStore(':memory:');
  await store.index.permit('urad01', 700);
  expect(await store.index.state('urad01')).toMatchObject({ permittedAt: 700, lastCallAt: undefined });
  const call = { messages: [], gone: [], calledAt: 1_000, full: true, since: undefined };
  await store.index.apply('urad01', { ...call, permittedAt: undefined });
  await store.index.apply('urad01', { ...call, permittedAt: 600 });
  expect(await store.index.state('urad01')).toMatchObject({ permittedAt: 700 });
  await store.index.apply('urad01', { ...call, permittedAt: 700 });
  expect(await store.index.state('urad01')).toMatchObject({ permittedAt: undefined });
});

test('the true size of a mail and that it was read are remembered', async () => {
  const store = openStore(':memory:');
  await store.index.apply('urad01', { messages: [message], gone: [], calledAt: 1_000, full: true, since: 450 });
  await store.index.resize('urad01', '1', 200);
  await store.index.markRead('urad01', '1');
  expect(await store.index.messages('urad01')).toMatchObject([{ octets: 200, read: true }]);
});

const pickup = {
  at: 1_000,
  from: 990,
  account: 'urad01',
  boxId: 'zzzzzzq',
  rights: 9,
  sessionId: 's1',
  reason: 'poll',
};
const NOTHING_TOLD = { delivered: [], fiction: [], elsewhere: [], unknown: [] };

test('a delivery is on record from before the call, with what it told', async () => {
  const store = openStore(':memory:');
  const key = await store.deliveries.begin(pickup);
  expect(await store.deliveries.newest('urad01', 10)).toEqual([
    { at: 990, account: 'urad01', sessionId: 's1', reason: 'poll', outcome: undefined, ...NOTHING_TOLD },
  ]);
  await store.deliveries.finish(key, {
    from: 991,
    to: 995,
    outcome: 'listed',
    told: [
      { dmID: '1', manner: 'delivered', call: key, deliveredAt: 993 },
      { dmID: '2', manner: 'fiction', call: key, deliveredAt: 5 },
      { dmID: '3', manner: 'elsewhere', call: key, deliveredAt: 6 },
      { dmID: '4', manner: 'unknown', call: key, deliveredAt: undefined },
      { dmID: '5', manner: 'waiting', call: key, deliveredAt: undefined },
    ],
  });
  await store.deliveries.begin({ ...pickup, account: 'jiny01' });
  expect(await store.deliveries.newest('urad01', 10)).toMatchObject([
    { at: 991, outcome: 'listed', delivered: ['1'], fiction: ['2'], elsewhere: ['3'], unknown: ['4'] },
  ]);
  expect(await store.deliveries.newest(undefined, 1)).toMatchObject([{ account: 'jiny01' }]);
});

test('how a message was delivered is said once, of one that waited when it was; calls are found by box and time', async () => {
  const store = openStore(':memory:');
  const one = await store.deliveries.begin(pickup);
  const other = await store.deliveries.begin({ ...pickup, from: 2_000 });
  await store.deliveries.begin({ ...pickup, boxId: 'jinaabc' });
  const told = { dmID: '1', manner: 'waiting', call: one, deliveredAt: undefined } as const;
  await store.deliveries.finish(one, { from: 990, to: 995, outcome: 'listed', told: [told] });
  expect(await store.deliveries.told(['1', '2'])).toEqual(
    new Map([['1', { manner: 'waiting', call: one, deliveredAt: undefined }]]),
  );
  for (const manner of ['delivered', 'elsewhere'] as const) {
    const again = { ...told, manner, call: other, deliveredAt: 2_001 };
    await store.deliveries.finish(other, { from: 2_000, to: 2_005, outcome: 'failed', told: [again] });
  }
  expect(await store.deliveries.told(['1'])).toEqual(
    new Map([['1', { manner: 'delivered', call: other, deliveredAt: 2_001 }]]),
  );
  expect(await store.deliveries.sent('zzzzzzq', 990, 2_000)).toEqual([
    { key: one, rights: 9, from: 990, to: 995, outcome: 'listed' },
    { key: other, rights: 9, from: 2_000, to: 2_005, outcome: 'failed' },
  ]);
  expect(await store.deliveries.sent('zzzzzzq', 991, 1_999)).toEqual([]);
});

test('what an older version wrote into the record stays, without its claims: they rested on the wrong clock', () => {
  const path = newPath();
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path);
  const before = steps.findIndex((step) => step.includes('isds_from'));
  database.exec(`${steps.slice(0, before).join('')} PRAGMA user_version = ${before};`);
  database.exec(`
    INSERT INTO delivery VALUES (1, 1000, 'urad01', 's1', 'poll', 'listed'), (2, 1020, 'jiny01', 's2', 'poll', 'failed');
    INSERT INTO delivered VALUES (1, '1'), (2, '1'), (2, '2');
    INSERT INTO listed VALUES ('urad01', '1', 'message', 0, 9, 0, NULL), ('urad01', '3', 'message', 0, 9, 0, NULL),
      ('jiny01', '3', 'message', 0, 9, 0, NULL), ('jiny01', '4', 'envelope', 0, 9, 0, NULL);
  `);
  database.close();
  return withStore(path, async (store) => {
    expect(await store.deliveries.newest(undefined, 10)).toEqual([
      {
        at: 1_020,
        account: 'jiny01',
        sessionId: 's2',
        reason: 'poll',
        outcome: 'failed',
        ...NOTHING_TOLD,
        unknown: ['2'],
      },
      {
        at: 1_000,
        account: 'urad01',
        sessionId: 's1',
        reason: 'poll',
        outcome: 'listed',
        ...NOTHING_TOLD,
        unknown: ['1'],
      },
    ]);
    expect(await store.deliveries.told(['3', '4'])).toEqual(
      new Map([['3', { manner: 'unknown', call: undefined, deliveredAt: undefined }]]),
    );
    await store.deliveries.begin(pickup);
  });
});

async function withStore(path: string, work: (store: Store) => Promise<void>): Promise<void> {
  const store = openStore(path);
  try {
    await work(store);
  } finally {
    store.close();
  }
}

test('the file is readable by its owner only', () => {
  const path = newPath();
  openStore(path).close();
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a second process on the same file is refused', () => {
  const path = newPath();
  const first = openStore(path);
  expect(() => new DatabaseSync(path, { timeout: 0 }).exec('SELECT * FROM hidden')).toThrow(/locked/);
  first.close();
});

test('a store of a newer version is refused', () => {
  const path = newPath();
  openStore(path).close();
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 999');
  database.close();
  expect(() => openStore(path)).toThrow(/newer version/);
});

test('a message that waits is announced once, never over what was listed, and gives way to the message', async () => {
  const store = openStore(':memory:');
  const waiting: IndexedMessage = { ...message, kind: 'waiting', octets: 7 };
  await store.index.announce('urad01', [waiting]);
  await store.index.announce('urad01', [{ ...waiting, octets: 8 }]);
  expect(await store.index.messages('urad01')).toEqual([waiting]);
  expect(await store.index.state('urad01')).toMatchObject({ lastCallAt: undefined, lastFullAt: undefined });
  await store.index.apply('urad01', { messages: [message], gone: [], calledAt: 1, full: true, since: undefined });
  await store.index.announce('urad01', [waiting]);
  expect(await store.index.messages('urad01')).toEqual([message]);
});

test('a store of the first version keeps its messages', async () => {
  const path = newPath();
  mkdirSync(dirname(path));
  const database = new DatabaseSync(path);
  database.exec(`${steps[0]} PRAGMA user_version = 1;`);
  database.exec("INSERT INTO listed VALUES ('urad01', '1', 'message', 500, 100, 0, NULL)");
  database.close();
  const after = openStore(path);
  await after.index.announce('urad01', [{ ...message, dmID: '2', kind: 'waiting' }]);
  expect(await after.index.messages('urad01')).toEqual([message, { ...message, dmID: '2', kind: 'waiting' }]);
  after.close();
});

const NOTHING_NEW: IndexChange = { messages: [], gone: [], calledAt: 1, full: false, since: undefined };

test.each<[string, (store: Store) => Promise<void>]>([
  ['a list', ({ index }) => index.apply('urad01', { ...NOTHING_NEW, messages: [message] })],
  ['what a list no longer has', ({ index }) => index.apply('urad01', { ...NOTHING_NEW, gone: ['1'] })],
  ['a message that waits', ({ index }) => index.announce('urad01', [{ ...message, kind: 'waiting' }])],
  ['another size', ({ index }) => index.resize('urad01', '1', 5)],
  ['what was read', ({ index }) => index.markRead('urad01', '1')],
  ['what was hidden', ({ hidden }) => hidden.add('urad01', '', ['1'], 0)],
  ['what was received', ({ received }) => received.add('urad01', 'telefon', '1', 0)],
])('%s changes the revision of its account and of no other', async (_, change) => {
  const store = openStore(':memory:');
  const [own, other] = [await store.index.revision('urad01'), await store.index.revision('jiny01')];
  await change(store);
  expect(await store.index.revision('urad01')).not.toBe(own);
  expect(await store.index.revision('jiny01')).toBe(other);
});

test('a list with nothing new leaves the revision', async () => {
  const store = openStore(':memory:');
  const before = await store.index.revision('urad01');
  await store.index.apply('urad01', NOTHING_NEW);
  await store.index.announce('urad01', []);
  expect(await store.index.revision('urad01')).toBe(before);
});

test('messages are found by their numbers, unknown ones are not', async () => {
  const store = openStore(':memory:');
  await store.index.apply('urad01', { ...NOTHING_NEW, messages: [message, { ...message, dmID: '2' }] });
  expect(await store.index.find('urad01', ['2', '3'])).toEqual([{ ...message, dmID: '2' }]);
  expect(await store.index.find('jiny01', ['2'])).toEqual([]);
});

test('a report of before there were kinds is about failures', async () => {
  const path = newPath();
  mkdirSync(dirname(path));
  const database = new DatabaseSync(path);
  const before = steps.findIndex((step) => step.includes('ALTER TABLE report ADD COLUMN kind'));
  database.exec(`${steps.slice(0, before).join('')} PRAGMA user_version = ${before};`);
  database.exec("INSERT INTO report VALUES (1, 'urad01', 'otisk', 5, 'relace', NULL)");
  database.close();
  const after = openStore(path);
  expect(await after.reports.of('urad01')).toMatchObject([{ kind: 'failures', at: 5 }]);
  after.close();
});

test('failed retrievals of an older version keep their times, which are those of the clock alone', async () => {
  const path = newPath();
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path);
  const before = steps.findIndex((step) => step.includes('ADD COLUMN failed_elapsed'));
  database.exec(`${steps.slice(0, before).join('')} PRAGMA user_version = ${before};`);
  database.exec("INSERT INTO retrieval_failure VALUES ('urad01', '1', 5, 7, 1, 6, NULL)");
  database.close();
  const after = openStore(path);
  expect(await after.retrievalFailures.of('urad01')).toEqual(
    new Map([
      [
        '1',
        {
          failedAt: { at: 7, elapsed: 0, origin: undefined },
          tries: 1,
          firstTryAt: { at: 6, elapsed: 0, origin: undefined },
          lastTryAt: undefined,
        },
      ],
    ]),
  );
  after.close();
});

test('an original that is waited for is known after a restart, with its tries', async () => {
  const path = newPath();
  const moment = { at: 1_000, elapsed: 5, origin: 'start' };
  const original = { view: 'telefon', dmID: '1', octets: 9, since: moment };
  const first = openStore(path);
  await first.pendingOriginals.add('urad01', original);
  const triedAt = { ...moment, at: 2_000 };
  await first.pendingOriginals.tried('urad01', [{ ...original, tries: 2 }], triedAt);
  await first.pendingOriginals.add('urad01', { ...original, dmID: '2' });
  await first.pendingOriginals.forget('urad01', { view: '', dmID: '2' });
  first.close();
  const second = openStore(path);
  expect(await second.pendingOriginals.of('jiny01')).toEqual([]);
  expect(await second.pendingOriginals.of('urad01')).toEqual([
    { ...original, dmID: '2', tries: 0, triedAt: undefined },
    { ...original, tries: 2, triedAt },
  ]);
  await second.pendingOriginals.add('urad01', original);
  expect(await second.pendingOriginals.of('urad01')).toContainEqual({ ...original, tries: 0, triedAt: undefined });
  second.close();
});

test('reports are kept by account; one with the same digest within the time is not kept again', async () => {
  const path = newPath();
  const report = {
    kind: 'failures' as const,
    at: 5,
    sessionId: 'relace',
    messageId: '<1@pocitac>',
    sent: [{ box: 'aydaadk', dmID: '7' }],
    failed: [
      { box: 'bcdefgh', reason: 'recipient-closed', isdsCode: '1205' },
      { box: 'cdefghi', reason: 'outcome-unsettled', isdsCode: undefined, attempt: { at: 3, fileOctets: [20, 7] } },
      { box: 'defghij', reason: 'outcome-unsettled', isdsCode: undefined, attempt: { at: 3, fileOctets: [] } },
    ],
  };
  const first = openStore(path);
  await first.reports.add('urad01', 'otisk', 0, report);
  await first.reports.add('urad01', 'otisk', 5, { ...report, at: 6 });
  await first.reports.add('urad01', 'otisk', 6, { ...report, at: 7, kind: 'outcome', messageId: undefined, sent: [] });
  first.close();
  const second = openStore(path);
  expect(await second.reports.of('urad01')).toEqual([
    { id: '1', ...report },
    { id: '2', ...report, at: 7, kind: 'outcome', messageId: undefined, sent: [] },
  ]);
  expect(await second.reports.of('jiny01')).toEqual([]);
  second.close();
});

test('networks from which somebody has logged in lately are known after a restart', async () => {
  const path = newPath();
  const entry = { account: 'urad01', login: 'Urad01', boxId: 'aydaadk' };
  const first = openStore(path);
  await first.logins.note({ ...entry, network: '192.0.2.1' }, 5, 0);
  await first.logins.note({ ...entry, account: 'urad02', network: '192.0.2.1' }, 7, 0);
  await first.logins.note({ ...entry, network: '2001:db8:0:1::/64' }, 4, 0);
  first.close();
  const second = openStore(path);
  expect(await second.logins.networks(5)).toEqual(['192.0.2.1']);
  second.close();
});

test('failed log-ins and blocks of ISDS outlive the process, until they are forgiven', async () => {
  const path = join(temporaryFolder(), 'a.sqlite');
  const moment = { at: 1_000, elapsed: 500.7, origin: 'start-1' };
  const before = openStore(path);
  const failure = { account: 'pekar1', network: '192.0.2.1', kind: 'stranger' } as const;
  const key = await before.loginFailures.add(failure, moment);
  const other = await before.loginFailures.add({ ...failure, account: 'nova1', kind: 'known' }, moment);
  await before.loginFailures.happened(key, { at: 2_000, elapsed: 1_500, origin: undefined });
  await before.loginFailures.block('pekar1', 60_000, moment);
  before.close();
  const after = openStore(path);
  onTestFinished(() => after.close());
  const { loginFailures } = after;
  expect(await loginFailures.all()).toEqual([
    { key, ...failure, moment: { at: 2_000, elapsed: 1_500, origin: undefined } },
    { key: other, ...failure, account: 'nova1', kind: 'known', moment: { ...moment, elapsed: 501 } },
  ]);
  expect(await loginFailures.blocks()).toEqual([
    { account: 'pekar1', lasts: 60_000, moment: { ...moment, elapsed: 501 } },
  ]);
  await loginFailures.remove(other);
  await loginFailures.forgive('pekar1');
  expect(await loginFailures.all()).toMatchObject([{ key, account: '', network: '', kind: 'stranger' }]);
  expect(await loginFailures.blocks()).toEqual([]);
  await loginFailures.forgive(undefined);
  expect(await loginFailures.all()).toEqual([]);
});
