/** The instrument of the growth tests: it tells what grows with the square from what does not. */
import { expect, test } from 'vitest';
import { growthOf, isLinear } from './growth.ts';

test.each([
  ['with the size', (size: number) => turns(size * 1_000), true],
  ['with its square', (size: number) => turns(size * size), false],
])('time that grows %s is told', async (name, run, linear) => {
  expect(isLinear(await growthOf({ name, run, sizes: [500, 10_000_000] }))).toBe(linear);
});

function turns(count: number): number {
  let sum = 0;
  for (let turn = 0; turn < count; turn++) sum = (sum * 31 + turn) % 1_000_003;
  return sum;
}
