import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { type IndexedMessage, memoryStore, openStore, type Store } from '../../src/store/index.ts';
import { steps } from '../../src/store/sqlite/migrations.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function newPath(): string {
  return join(temporaryFolder(), 'data', 'postolka.sqlite');
}

const message: IndexedMessage = {
  dmID: '1',
  kind: 'message',
  arrivedAt: 500,
  octets: 100,
  read: false,
  goneAt: undefined,
};

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

test('what an older version wrote into the record stays, without its claims: they rested on the wrong clock', async () => {
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
  const store = await openStore(path);
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

test('the file is readable by its owner only', async () => {
  const path = newPath();
  await (await openStore(path)).close();
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a second process on the same file is refused', async () => {
  const path = newPath();
  const first = await openStore(path);
  expect(() => new DatabaseSync(path, { timeout: 0 }).exec('SELECT * FROM hidden')).toThrow(/locked/);
  await first.close();
});

test('a store of a newer version is refused', async () => {
  const path = newPath();
  await (await openStore(path)).close();
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 999');
  database.close();
  await expect(openStore(path)).rejects.toThrow(/newer version/);
});

test('a store of the first version keeps its messages', async () => {
  const path = newPath();
  mkdirSync(dirname(path));
  const database = new DatabaseSync(path);
  database.exec(`${steps[0]} PRAGMA user_version = 1;`);
  database.exec("INSERT INTO listed VALUES ('urad01', '1', 'message', 500, 100, 0, NULL)");
  database.close();
  const after = await openStore(path);
  await after.index.announce('urad01', [{ ...message, dmID: '2', kind: 'waiting' }]);
  expect(await after.index.messages('urad01')).toEqual([message, { ...message, dmID: '2', kind: 'waiting' }]);
  await after.close();
});

test('a report of before there were kinds is about failures', async () => {
  const path = newPath();
  mkdirSync(dirname(path));
  const database = new DatabaseSync(path);
  const before = steps.findIndex((step) => step.includes('ALTER TABLE report ADD COLUMN kind'));
  database.exec(`${steps.slice(0, before).join('')} PRAGMA user_version = ${before};`);
  database.exec("INSERT INTO report VALUES (1, 'urad01', 'otisk', 5, 'relace', NULL)");
  database.close();
  const after = await openStore(path);
  expect(await after.reports.of('urad01')).toMatchObject([{ kind: 'failures', at: 5 }]);
  await after.close();
});

test('failed retrievals of an older version keep their times, which are those of the clock alone', async () => {
  const path = newPath();
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path);
  const before = steps.findIndex((step) => step.includes('ADD COLUMN failed_elapsed'));
  database.exec(`${steps.slice(0, before).join('')} PRAGMA user_version = ${before};`);
  database.exec("INSERT INTO retrieval_failure VALUES ('urad01', '1', 5, 7, 1, 6, NULL)");
  database.close();
  const after = await openStore(path);
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
  await after.close();
});

test('a list of thousands is written in parts, and counts as known only with the last one', async () => {
  const store = memoryStore();
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

test('one that an earlier version began is open for its account, with nothing to know it by', async () => {
  const path = newPath();
  mkdirSync(dirname(path));
  const database = new DatabaseSync(path);
  const before = steps.findIndex((step) => step.includes('CREATE TABLE attempt_file'));
  database.exec(`${steps.slice(0, before).join('')} PRAGMA user_version = ${before};`);
  database.exec(`INSERT INTO submission (account, digest, session, begun_at, state, octets)
    VALUES ('urad01', 'otisk', 'relace', 5, 'begun', 700), ('urad01', 'jiný', 'relace', 6, 'sent', 700)`);
  database.close();
  const store = await openStore(path);
  expect(await store.submissions.open('zzzzzzq', 'urad01')).toMatchObject([
    { begunAt: 5, recipient: undefined, mark: undefined },
  ]);
  expect(await store.submissions.open('zzzzzzq', 'jiny01')).toEqual([]);
  await store.close();
});
