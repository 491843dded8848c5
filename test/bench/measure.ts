/** Runs what is compared in turns, each time in a new process, and takes medians. */
import type { Child } from './child.ts';
import type { Cost } from './measured.ts';

/** One side of a comparison, running. */
export interface Running {
  readonly child: Child;
  /** Does once what is measured. */
  once(): Promise<void>;
  /** Connections, and whatever else belongs to it; the process itself is stopped by who started it. */
  leave(): Promise<void> | void;
}

export type Start = () => Promise<Running>;

export interface Figures {
  /** Seconds for one time. */
  readonly seconds: number;
  readonly peakMiB: number;
  /** Processor seconds for one time. */
  readonly cpuSeconds: number;
  readonly longestStopMs: number;
  readonly longestWorkMs: number;
}

export interface Thoroughness {
  /** New processes of each side. */
  readonly rounds: number;
  /** Times in each process, after one that only warms up. */
  readonly times: number;
}

export type Sides = Readonly<Record<string, Start>>;

/** Medians of all rounds for each side, by its name. */
export async function compare<Names extends string>(
  sides: Readonly<Record<Names, Start>>,
  { rounds, times }: Thoroughness,
): Promise<Record<Names, Figures>> {
  const names = Object.keys(sides) as Names[];
  const found = new Map<Names, Figures[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) found.get(name)?.push(await figuresOf(sides[name], times));
  }
  return Object.fromEntries(names.map((name) => [name, medians(found.get(name) ?? [])])) as Record<Names, Figures>;
}

async function figuresOf(start: Start, times: number): Promise<Figures> {
  const running = await start();
  try {
    await running.child.begin();
    await running.once();
    const warm = await running.child.cost();
    const seconds: number[] = [];
    for (let time = 0; time < times; time++) {
      const began = performance.now();
      await running.once();
      seconds.push((performance.now() - began) / 1_000);
    }
    const cost = await running.child.cost();
    return { ...cost, seconds: median(seconds), cpuSeconds: (cost.cpuSeconds - warm.cpuSeconds) / times };
  } finally {
    await running.leave();
    await running.child.stop();
  }
}

function medians(all: readonly Figures[]): Figures {
  const of = (what: keyof Figures): number => median(all.map((figures) => figures[what]));
  return {
    seconds: of('seconds'),
    peakMiB: of('peakMiB'),
    cpuSeconds: of('cpuSeconds'),
    longestStopMs: of('longestStopMs'),
    longestWorkMs: of('longestWorkMs'),
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export type { Cost };
