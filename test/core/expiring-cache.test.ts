import { expect, test } from 'vitest';
import { ExpiringCache } from '../../src/core/index.ts';

test('an entry ends when its time is over', () => {
  const clock = { time: 0, now: () => clock.time };
  const memory = new ExpiringCache<string>(clock, 1_000, 10);
  memory.set('a', 'hodnota');
  clock.time = 999;
  expect(memory.get('a')).toBe('hodnota');
  clock.time = 1_000;
  expect(memory.get('a')).toBeUndefined();
});

test('a full memory forgets the oldest entry first', () => {
  const memory = new ExpiringCache<number>({ now: () => 0 }, 1_000, 2);
  memory.set('a', 1);
  memory.set('b', 2);
  memory.set('a', 3);
  memory.set('c', 4);
  expect([memory.get('a'), memory.get('b'), memory.get('c')]).toEqual([3, undefined, 4]);
});

test('an entry made while the clock was a day ahead ends in its time', () => {
  const clock = { wall: 86_400_000, time: 0, now: () => clock.wall, elapsed: () => clock.time };
  const memory = new ExpiringCache<string>(clock, 1_000, 10);
  memory.set('a', 'hodnota');
  clock.wall = 0;
  clock.time = 999;
  expect(memory.keys()).toEqual(['a']);
  clock.time = 1_000;
  expect(memory.keys()).toEqual([]);
  expect(memory.get('a')).toBeUndefined();
});
