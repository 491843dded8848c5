/** One thing that was looked at, and how it is. */

/** One thing that was looked at. */
export interface Finding {
  /** A fault keeps somebody from his mail; advice is what makes setting up easier. */
  readonly level: 'ok' | 'advice' | 'fault';
  readonly what: string;
  /** What is wrong and how to mend it. */
  readonly why?: string;
}

/** A finding that is as it should be. */
export function ok(what: string): Finding {
  return { level: 'ok', what };
}

/** Makes a finding of something that is wrong. */
export type Complaint = (what: string, why: string) => Finding;

export const fault: Complaint = (what, why) => ({ level: 'fault', what, why });

export const advice: Complaint = (what, why) => ({ level: 'advice', what, why });

/** A line for a terminal or a monitoring system. */
export function worded({ level, what, why }: Finding): string {
  return `${level.padEnd(6)} ${what}${why === undefined ? '' : `: ${why}`}`;
}
