/** May these files travel: names, extensions, sizes and count, before ISDS is asked (isds §6.3). */
import type { Refusal } from '../core/index.ts';
import { extensionOf, formatOf } from './formats.ts';

/** Longest dmFileDescr, extension included (isds §6.3, status 1280). */
export const LONGEST_FILE_NAME = 255;

export interface JudgedFile {
  readonly name: string;
  readonly size: number;
}

export interface FileLimits {
  readonly maxFiles: number;
  readonly maxTotalOctets: number;
}

/** Everything that is wrong, so that the sender can mend it in one go; empty when the files may travel. */
export function judgeFiles(files: readonly JudgedFile[], limits: FileLimits): readonly Refusal[] {
  return [...files.flatMap(judgeFile), ...judgeCount(files, limits), ...judgeTotal(files, limits)];
}

/** Octets as megabytes of a text: a decimal comma, one place, a size rounded up and a limit down, so that they never look equal. */
export function inMegabytes(octets: number, rounding: 'up' | 'down'): string {
  const tenths = octets / 100_000;
  return String((rounding === 'up' ? Math.ceil(tenths) : Math.floor(tenths)) / 10).replace('.', ',');
}

function judgeFile(file: JudgedFile): Refusal[] {
  return [...judgeName(file.name), ...(file.size === 0 ? [refusal('file-empty', { file: file.name })] : [])];
}

function judgeName(name: string): Refusal[] {
  const problems: Refusal[] = [];
  // Characters as ISDS counts them in an XML Schema string: code points, not UTF-16 units.
  if (Array.from(name).length > LONGEST_FILE_NAME)
    problems.push(refusal('file-name-too-long', { file: name, limit: LONGEST_FILE_NAME }));
  const extension = extensionOf(name);
  if (extension === undefined) problems.push(refusal('file-without-extension', { file: name }));
  else if (formatOf(name) === undefined) problems.push(refusal('file-type-refused', { file: name, extension }));
  return problems;
}

function judgeCount(files: readonly JudgedFile[], { maxFiles }: FileLimits): Refusal[] {
  return files.length > maxFiles ? [refusal('files-too-many', { count: files.length, limit: maxFiles })] : [];
}

function judgeTotal(files: readonly JudgedFile[], { maxTotalOctets }: FileLimits): Refusal[] {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  if (total <= maxTotalOctets) return [];
  const facts = { size: inMegabytes(total, 'up'), limit: inMegabytes(maxTotalOctets, 'down') };
  return [refusal('files-too-large', facts)];
}

function refusal(reason: Refusal['reason'], facts: Refusal['facts']): Refusal {
  return { reason, facts };
}
