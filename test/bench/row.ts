/** One line of the result: what was measured, beside what, and which bars it has to meet. */
import type { Figures } from './measure.ts';

export interface Bar {
  readonly what: 'time' | 'memory' | 'event loop' | 'calls';
  readonly measured: number;
  readonly most: number;
}

export interface Row {
  readonly name: string;
  readonly product?: Figures;
  /** The least that can be done, by a program that does nothing else. */
  readonly limit?: Figures;
  /** What libraries from the shelf do. */
  readonly stock?: Figures;
  /** Octets of files that are moved each time. */
  readonly octets?: number;
  /** What else was seen. */
  readonly note?: string;
  readonly bars: readonly Bar[];
}

/** Nobody else on the gateway notices (issue of the benchmark). */
const LONGEST_STOP_MS = 50;

export function isMet({ measured, most }: Bar): boolean {
  return measured <= most;
}

export function timeBar(figures: Figures, beside: Figures, most: number): Bar {
  return { what: 'time', measured: figures.seconds / beside.seconds, most };
}

export function memoryBar({ peakMiB }: Figures, most: number): Bar {
  return { what: 'memory', measured: peakMiB, most };
}

export function stopBar({ longestStopMs }: Figures): Bar {
  return { what: 'event loop', measured: longestStopMs, most: LONGEST_STOP_MS };
}
