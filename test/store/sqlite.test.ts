import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openStore } from '../../src/store/index.ts';

function newPath(): string {
  return join(mkdtempSync(join(tmpdir(), 'postolka-store-')), 'data', 'postolka.sqlite');
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
  const uids = ['1', undefined as unknown as string];
  await expect(store.hidden.add('urad01', '', uids, 0)).rejects.toThrow(/NOT NULL|cannot be bound/);
  expect(await store.hidden.of('urad01', '')).toEqual(new Set());
});

test('hiding a message twice is no fault', async () => {
  const store = openStore(':memory:');
  await store.hidden.add('urad01', '', ['1'], 0);
  await store.hidden.add('urad01', '', ['1'], 1);
  expect(await store.hidden.of('urad01', '')).toEqual(new Set(['1']));
});

test('a message is marked as read once', async () => {
  const store = openStore(':memory:');
  expect(await store.readMarks.has('urad01', '1')).toBe(false);
  await store.readMarks.add('urad01', '1', 0);
  expect(await store.readMarks.has('urad01', '1')).toBe(true);
  expect(await store.readMarks.has('jiny01', '1')).toBe(false);
});

test('the newest true size of a mail is remembered', async () => {
  const store = openStore(':memory:');
  await store.sizes.remember('urad01', '1', 100);
  await store.sizes.remember('urad01', '1', 200);
  expect(await store.sizes.of('urad01')).toEqual(new Map([['1', 200]]));
});

test('a submission is begun, then sent, and found by its digest within its time', async () => {
  const store = openStore(':memory:');
  const key = await store.submissions.begin('urad01', 'otisk', 'relace', 1_000);
  expect(await store.submissions.find('urad01', 'otisk', 1_000)).toEqual({
    state: 'begun',
    dmID: undefined,
    begunAt: 1_000,
  });
  await store.submissions.settle(key, { state: 'sent', dmID: '42' });
  expect(await store.submissions.find('urad01', 'otisk', 0)).toMatchObject({ state: 'sent', dmID: '42' });
  expect(await store.submissions.find('urad01', 'otisk', 1_001)).toBeUndefined();
  expect(await store.submissions.find('jiny01', 'otisk', 0)).toBeUndefined();
});

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
