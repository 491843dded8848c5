/** The file of the store as the operator meets it: for its owner alone, refused in words when it is not usable, missed when it is gone. */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { memoryStore, openStore } from '../../src/store/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const moment = { at: 0, elapsed: 0, origin: undefined };

async function filled(): Promise<string> {
  const path = join(temporaryFolder(), 'postolka.sqlite');
  const store = await openStore(path);
  for (let number = 0; number < 300; number++) {
    await store.loginFailures.add({ account: `účet ${number}`, network: '192.0.2.1', kind: 'known' }, moment);
  }
  await store.close();
  return path;
}

test('the file and what stands beside it are for its owner alone, whatever the umask', async () => {
  const before = process.umask(0);
  onTestFinished(() => void process.umask(before));
  const path = join(temporaryFolder(), 'data', 'postolka.sqlite');
  const store = await openStore(path);
  onTestFinished(() => store.close());
  await store.hidden.add('urad01', '', ['1'], 0);
  const modes = [path, `${path}-wal`].map((file) => (statSync(file).mode & 0o777).toString(8));
  expect(modes).toEqual(['600', '600']);
});

test('a file that is no store is named, with what to do', async () => {
  const path = join(temporaryFolder(), 'postolka.sqlite');
  writeFileSync(path, 'Toto není databáze. '.repeat(100));
  await expect(openStore(path)).rejects.toThrow(`${path} is no store of Poštolka: put it aside, restore a copy`);
});

test.each(['an octet is wrong in every page', 'its end is missing'])('a damaged store is named: %s', async (how) => {
  const path = await filled();
  const octets = readFileSync(path);
  if (how === 'its end is missing') truncateSync(path, Math.floor(octets.length / 2));
  else {
    for (let page = 4_096; page < octets.length; page += 4_096) octets.fill(0xff, page, page + 64);
    writeFileSync(path, octets);
  }
  await expect(openStore(path)).rejects.toThrow(
    new RegExp(`^${path} is (?:damaged|no store of Poštolka).*: put it aside`),
  );
});

test('a folder in the place of the file is named', async () => {
  const path = join(temporaryFolder(), 'postolka.sqlite');
  mkdirSync(path);
  await expect(openStore(path)).rejects.toThrow(`${path} cannot be made (EISDIR): dataDirectory must name a folder`);
});

test('a folder that may not be written is named', async () => {
  // Where nobody may make a folder, not even root.
  await expect(openStore('/sys/postolka/postolka.sqlite')).rejects.toThrow(
    /^\/sys\/postolka\/postolka\.sqlite cannot be written \(E(?:ACCES|PERM|ROFS)\): give dataDirectory to the user/,
  );
});

test.each(['removed', 'replaced'])('a file that was %s is missed', async (how) => {
  const path = await filled();
  const store = await openStore(path);
  onTestFinished(() => store.close());
  expect(store.fault()).toBeUndefined();
  if (how === 'removed') rmSync(path);
  else {
    renameSync(path, `${path}.old`);
    writeFileSync(path, '');
  }
  expect(store.fault()).toBe(`${path} was ${how} while the gateway runs: stop it and put the file back`);
});

test('what is kept in memory cannot be taken away', () => {
  expect(memoryStore().fault()).toBeUndefined();
});
