/** How the time of some work grows with the size of what it works on, told by ratios within one run. */

/** Times below this are mostly the grain of the clock, some four milliseconds of a thread's processor time. */
const TELLING_MS = 25;

/** How much larger the larger size is. */
const FACTOR = 4;

const RUNS = 3;
const ATTEMPTS = 3;

/** Four for time that grows with the size, sixteen for its square; a busy machine and the garbage collector take their part. */
const MOST = 10;

export interface Shape {
  readonly name: string;
  /** Work on something of this size. */
  readonly run: (size: number) => unknown;
  /** The smallest size that is tried, and the largest. */
  readonly sizes: readonly [first: number, last: number];
}

/**
 * How many times longer four times the size takes, the least of some attempts; sizes are doubled until there is something to
 * compare. Only the processor time of this thread counts, so that what runs beside does not matter.
 */
export async function growthOf({ run, sizes: [first, last] }: Shape): Promise<number> {
  let size = first;
  let time = await leastTime(run, size);
  while (time < TELLING_MS && 2 * FACTOR * size <= last) time = await leastTime(run, (size *= 2));
  let growth = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < ATTEMPTS && growth > MOST; attempt++) {
    if (attempt > 0) time = await leastTime(run, size);
    growth = (await leastTime(run, FACTOR * size)) / Math.max(time, TELLING_MS / FACTOR);
  }
  return growth;
}

export const isLinear = (growth: number): boolean => growth < MOST;

async function leastTime(run: Shape['run'], size: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let time = 0; time < RUNS; time++) {
    const began = threadMs();
    await run(size);
    least = Math.min(least, threadMs() - began);
  }
  return least;
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
