/** Threads with limits: each kind of too much ends the work, and says which kind it was. */
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { Overdue, ThreadPool } from '../../src/core/index.ts';

const program = new URL('greedy-thread.ts', import.meta.url);

async function work(pool: ThreadPool, what: string, processorMs: number): Promise<string> {
  const { thread, signal, end } = await pool.lease('ab12345', processorMs);
  let isDone = false;
  try {
    thread.postMessage(what);
    await once(thread, 'message', { signal });
    isDone = true;
    return 'done';
  } catch (error) {
    const overdue: unknown = signal.reason;
    if (!(overdue instanceof Overdue)) throw error;
    return overdue.of;
  } finally {
    await end(isDone);
  }
}

const plenty = { program, megabytes: 64, clockMs: 25_000 };

test('work that takes too much of the processor', async () => {
  expect(await work(new ThreadPool(plenty), 'processor', 200)).toBe('processor');
});

test('work that takes too much memory', async () => {
  expect(await work(new ThreadPool(plenty), 'memory', 20_000)).toBe('memory');
});

test('work that takes too long by the clock', async () => {
  expect(await work(new ThreadPool({ ...plenty, clockMs: 50 }), 'processor', 20_000)).toBe('clock');
});

test('after each of them the next one is done, and a thread that is done serves again', async () => {
  const pool = new ThreadPool(plenty);
  expect(await work(pool, 'processor', 200)).toBe('processor');
  expect(await work(pool, 'nothing', 20_000)).toBe('done');
  const first = await pool.lease('ab12345', 20_000);
  await first.end(true);
  const second = await pool.lease('ab12345', 20_000);
  expect(second.thread).toBe(first.thread);
  await second.end(false);
});

test('closing ends the threads without work, and the others with their work', async () => {
  const pool = new ThreadPool(plenty);
  const [idle, busy] = [await pool.lease('ab12345', 20_000), await pool.lease('cd67890', 20_000)];
  const ended = [once(idle.thread, 'exit'), once(busy.thread, 'exit')];
  await idle.end(true);
  await pool.close();
  expect(await ended[0]).toEqual([expect.any(Number)]);
  await busy.end(true);
  expect(await ended[1]).toEqual([expect.any(Number)]);
});
