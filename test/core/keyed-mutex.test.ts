/** One at a time for each key. */
import { expect, test, vi } from 'vitest';
import { KeyedMutex, SingleFlight } from '../../src/core/index.ts';

const NEVER = new AbortController().signal;

test('holders of one key go one after the other, in the order they came', async () => {
  const mutex = new KeyedMutex();
  const order: number[] = [];
  const first = await mutex.enter('abc123', NEVER);
  const others = [1, 2, 3].map(async (number) => {
    const release = await mutex.enter('abc123', NEVER);
    order.push(number);
    release();
  });
  await Promise.resolve();
  expect(order).toEqual([]);
  first();
  await Promise.all(others);
  expect(order).toEqual([1, 2, 3]);
});

test('keys do not wait for one another', async () => {
  const mutex = new KeyedMutex();
  await mutex.enter('abc123', NEVER);
  await expect(mutex.enter('xyz789', NEVER)).resolves.toBeTypeOf('function');
});

test('a waiter may leave, and the next one passes', async () => {
  const mutex = new KeyedMutex();
  const aborter = new AbortController();
  const first = await mutex.enter('abc123', NEVER);
  const leaving = mutex.enter('abc123', aborter.signal);
  const staying = mutex.enter('abc123', NEVER);
  aborter.abort(new Error('odešel'));
  await expect(leaving).rejects.toThrow('odešel');
  first();
  await expect(staying).resolves.toBeTypeOf('function');
});

test('a turn that ends twice ends once', async () => {
  const mutex = new KeyedMutex();
  const first = await mutex.enter('abc123', NEVER);
  const second = mutex.enter('abc123', NEVER);
  const third = vi.fn<() => void>();
  first();
  first();
  const release = await second;
  void mutex.enter('abc123', NEVER).then(third);
  await Promise.resolve();
  expect(third).not.toHaveBeenCalled();
  release();
  await vi.waitFor(() => expect(third).toHaveBeenCalled());
});

test('work of one key waits for that before it, however it ended', async () => {
  const mutex = new KeyedMutex();
  const order: string[] = [];
  const failing = mutex.run('a', async () => {
    order.push('první');
    throw new Error('chyba');
  });
  const next = mutex.run('a', async () => order.push('druhá'));
  await expect(failing).rejects.toThrow('chyba');
  await next;
  expect(order).toEqual(['první', 'druhá']);
});

test('a flight under way is joined; when it has ended, the next one begins anew', async () => {
  const flights = new SingleFlight<number>();
  const { promise, resolve } = Promise.withResolvers<number>();
  const first = flights.join('a', () => promise);
  expect(flights.join('a', async () => 2)).toBe(first);
  resolve(1);
  expect(await first.result).toBe(1);
  expect(await flights.join('a', async () => 3).result).toBe(3);
});
