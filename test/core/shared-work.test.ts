import { expect, test } from 'vitest';
import { LATE, SharedWork, within } from '../../src/core/index.ts';

const LONG = 60_000;
const never = new Promise<string>(() => {});

test('a promise is fulfilled within the time, too late, or rejected', async () => {
  expect(await within(Promise.resolve('včas'), LONG)).toBe('včas');
  expect(await within(never, 1)).toBe(LATE);
  await expect(within(Promise.reject(new Error('no')), LONG)).rejects.toThrow('no');
});

test('who has left waits no longer', async () => {
  expect(await within(never, LONG, AbortSignal.abort())).toBe(LATE);
  const leaving = new AbortController();
  const waiting = within(never, LONG, leaving.signal);
  leaving.abort();
  expect(await waiting).toBe(LATE);
});

test('shared work goes on for those who still wait, and is told when the last of them has left', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  let told: AbortSignal | undefined;
  const work = new SharedWork((deserted) => {
    told = deserted;
    return promise;
  });
  const patient = work.within(LONG);
  expect(await work.within(1)).toBe(LATE);
  expect(told?.aborted).toBe(false);
  resolve('hotovo');
  expect(await patient).toBe('hotovo');
  expect(told?.aborted).toBe(true);
});

test('shared work that fails when nobody waits any more ends nothing but itself', async () => {
  const { promise, reject } = Promise.withResolvers<string>();
  const work = new SharedWork(() => promise);
  expect(await work.within(1)).toBe(LATE);
  expect(work.deserted).toBe(true);
  reject(new Error('pozdě'));
  await expect(work.within(LONG)).rejects.toThrow('pozdě');
});
