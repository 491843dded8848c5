/** Loaded into each measured process before its program: answers what it has cost since it was asked to begin. */
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

export interface Cost {
  /** Largest resident memory since the process began. */
  readonly peakMiB: number;
  /** Processor time of all threads. */
  readonly cpuSeconds: number;
  /** Longest time in which the event loop turned to nobody, a busy machine's pauses included. */
  readonly longestStopMs: number;
  /** Longest time that its thread worked without turning to anybody. */
  readonly longestWorkMs: number;
}

/** The histogram holds the time between two looks, this much when nothing stands in the way. */
const RESOLUTION_MS = 1;
const NANOSECONDS = 1e6;
const MICROSECONDS = 1e6;

if (isMainThread && process.send !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  let before = process.cpuUsage();
  let worked = threadMs();
  let longestWork = 0;
  // A turn of the loop later the next look is taken, so that what lies between two of them was done in one go.
  setInterval(() => {
    const now = threadMs();
    longestWork = Math.max(longestWork, now - worked);
    worked = now;
  }, RESOLUTION_MS).unref();
  process.on('message', (asked) => {
    if (asked === 'begin') {
      before = process.cpuUsage();
      delay.reset();
      longestWork = 0;
    }
    if (asked !== 'begin' && asked !== 'cost') return;
    const { user, system } = process.cpuUsage(before);
    const cost: Cost = {
      peakMiB: peakKiB() / 1024,
      cpuSeconds: (user + system) / MICROSECONDS,
      longestStopMs: Math.max(0, delay.max / NANOSECONDS - RESOLUTION_MS),
      longestWorkMs: longestWork,
    };
    process.send?.({ asked, answer: cost });
  });
  process.on('disconnect', () => process.exit(1));
  // Its program ends when it wants to.
  process.channel?.unref();
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

function peakKiB(): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1]);
}
