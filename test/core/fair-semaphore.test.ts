/** Places for work: account by account, however much one of them asks for. */
import { expect, test } from 'vitest';
import { FairSemaphore } from '../../src/core/index.ts';

/** Who entered, in that order, and a way to let the earliest of them leave. */
function room(places: number, mostOfOne: number) {
  const fair = new FairSemaphore(places, mostOfOne);
  const entered: string[] = [];
  const leaves: (() => void)[] = [];
  return {
    entered,
    ask: async (account: string, signal?: AbortSignal) => {
      leaves.push(await fair.enter(account, signal));
      entered.push(account);
    },
    leave: async () => {
      await settled();
      leaves.shift()?.();
      await settled();
    },
  };
}

/** What was to happen at once has happened. */
const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

test('accounts are served in turn, each in the order of its coming', async () => {
  const { entered, ask, leave } = room(1, 1);
  for (const account of ['a', 'a', 'a', 'a', 'b', 'b', 'c']) void ask(account);
  for (let count = 0; count < 7; count++) await leave();
  expect(entered).toEqual(['a', 'a', 'b', 'c', 'a', 'b', 'a']);
});

test('no account has more places than one may have, even when others are free', async () => {
  const { entered, ask, leave } = room(3, 2);
  for (const account of ['a', 'a', 'a', 'a']) void ask(account);
  await settled();
  expect(entered).toEqual(['a', 'a']);
  void ask('b');
  await settled();
  expect(entered).toEqual(['a', 'a', 'b']);
  await leave();
  expect(entered).toEqual(['a', 'a', 'b', 'a']);
});

test('an account at its bound does not hold up those behind it', async () => {
  const { entered, ask, leave } = room(2, 1);
  for (const account of ['b', 'a', 'a', 'a', 'c']) void ask(account);
  await leave();
  expect(entered).toEqual(['b', 'a', 'c']);
});

test('who leaves the queue is passed over, and so is who comes when it is over', async () => {
  const { entered, ask, leave } = room(1, 1);
  const gone = new AbortController();
  void ask('a');
  const waiting = ask('b', gone.signal);
  void ask('c');
  gone.abort(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  await expect(ask('d', gone.signal)).rejects.toThrow('gone');
  await leave();
  expect(entered).toEqual(['a', 'c']);
});

test('a place given back twice is free once', async () => {
  const fair = new FairSemaphore(1, 1);
  const leave = await fair.enter('a');
  leave();
  leave();
  await fair.enter('b');
  const late = fair.enter('c').then(() => 'entered');
  expect(await Promise.race([late, settled().then(() => 'waits')])).toBe('waits');
});
