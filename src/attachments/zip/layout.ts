/** How the files of a ZIP archive lie in it: one after the other, without gaps, up to the directory. */
import type { ZipFault } from './faults.ts';

/** Where an entry lies in the archive, in octets from its beginning. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly hasDescriptor: boolean;
}

/** With and without signature, with short and long sizes (APPNOTE 4.3.9); none when the writer went back after all. */
const DESCRIPTOR_SIZES: readonly number[] = [0, 12, 16, 20, 24];

/**
 * Files that share octets are how a small archive unpacks to petabytes; octets that belong to no file may be a file that a
 * reader of the stream sees and a reader of the directory does not.
 */
export function checkLayout(spans: readonly Span[], directoryStart: number): ZipFault[] {
  const faults = new Set<ZipFault>();
  let end = 0;
  let mayFollow: readonly number[] = [0];
  const step = (start: number): void => {
    if (start < end) faults.add('overlap');
    else if (!mayFollow.includes(start - end)) faults.add(end === 0 ? 'leading-data' : 'hidden-data');
  };
  for (const span of spans.toSorted((one, other) => one.start - other.start)) {
    step(span.start);
    end = Math.max(end, span.end);
    mayFollow = span.hasDescriptor ? DESCRIPTOR_SIZES : [0];
  }
  step(directoryStart);
  return [...faults];
}
