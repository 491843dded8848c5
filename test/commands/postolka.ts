/** Runs the program the way a shell does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const SOURCE = join(import.meta.dirname, '../../src/main.ts');

/** As it is installed; `npm test` builds it first. */
export const BUILT = join(import.meta.dirname, '../../dist/main.js');

export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

export interface Running {
  readonly process: ChildProcess;
  /** Resolves with the first piece of output that matches. */
  output(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<Ended>;
}

export function postolka(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  nodeOptions: readonly string[] = [],
  main = SOURCE,
): Running {
  const child = spawn(process.execPath, [...nodeOptions, main, ...args], {
    env: { PATH: process.env['PATH'], ...environment },
  });
  let output = '';
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (octets: Buffer) => {
      output += octets.toString();
      for (const watch of watchers) watch();
    });
  }
  const ended = new Promise<Ended>((resolve) => child.once('close', (status) => resolve({ status, output })));
  return {
    process: child,
    ended,
    output: (pattern) =>
      new Promise((resolve, reject) => {
        const watch = () => {
          const match = pattern.exec(output);
          if (match) resolve(match);
        };
        watchers.add(watch);
        watch();
        void ended.then(() => reject(new Error(`ended without ${pattern}: ${output}`)));
      }),
  };
}
