/** Long work takes turns on the event loop: one slice in a turn, account after account. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Slices, Turns } from '../../src/core/index.ts';

/** A clock that stands still until somebody sets it, in milliseconds. */
class StillClock {
  ms = 0;
  readonly turns = new Turns(() => this.ms);
}

/** Each step takes longer than a slice. */
async function work(name: string, steps: number, slices: Slices, clock: StillClock, done: string[]): Promise<void> {
  for (let step = 1; step <= steps; step++) {
    await slices.next();
    clock.ms += 1_000;
    done.push(`${name}${step}`);
  }
}

test('an account with many pieces of work waits as long for each as another with one', async () => {
  const clock = new StillClock();
  const done: string[] = [];
  const greedy = ['a', 'b', 'c', 'd'].map((name) => work(name, 2, new Slices('ab12345', clock.turns), clock, done));
  const modest = work('m', 2, new Slices('xy98765', clock.turns), clock, done);
  const others = ['o', 'p'].map((name) => work(name, 1, new Slices(undefined, clock.turns), clock, done));
  await Promise.all([...greedy, modest, ...others]);
  expect(done).toEqual(['a1', 'm1', 'o1', 'p1', 'b1', 'm2', 'c1', 'd1', 'a2', 'b2', 'c2', 'd2']);
});

test('in one turn of the loop there is one slice, however many pieces of work there are', async () => {
  const clock = new StillClock();
  const done: string[] = [];
  const pieces = ['a', 'b', 'c'].map((name) => work(name, 1, new Slices(undefined, clock.turns), clock, done));
  const seen: number[] = [];
  for (let turn = 0; turn < 4; turn++) {
    await nextTurn();
    seen.push(done.length);
  }
  await Promise.all(pieces);
  expect(seen).toEqual([1, 2, 3, 3]);
});

test('steps that fit into one slice do not wait for another turn', async () => {
  const clock = new StillClock();
  const slices = new Slices('ab12345', clock.turns);
  await slices.next();
  let isNextTurn = false;
  const turn = nextTurn().then(() => (isNextTurn = true));
  for (let step = 0; step < 100; step++) await slices.next();
  expect(isNextTurn).toBe(false);
  clock.ms += 1_000;
  await slices.next();
  expect(isNextTurn).toBe(true);
  await turn;
});
