/**
 * May these files travel: everything that can be said before ISDS is asked (isds §6.3).
 *
 * ISDS judges every file again. So what is certain is refused here, with a remedy, and what is doubtful passes: a refusal
 * that is wrong cannot be appealed against, and one of ISDS comes with its own words.
 */
import type { Refusal } from '../refusals/index.ts';
import { formatOf } from './formats.ts';
import { checkFile } from './check-file.ts';
import type { FileLimits, CheckedFile, Verdict } from './types.ts';

/** ZIP and ASiC files in one message (isds §6.3). */
const MAX_CONTAINERS = 10;

/** Checks the files of one message, each by itself and all together. Refuses nothing itself; rejects only when a file cannot be read. */
export async function checkFiles(files: readonly CheckedFile[], limits: FileLimits): Promise<Verdict> {
  const problems: Refusal[] = [];
  const mimeTypes: string[] = [];
  // One after the other: a mail with a hundred archives takes no more memory than one.
  for (const file of files) {
    const verdict = await checkFile(file);
    problems.push(...verdict.problems);
    mimeTypes.push(verdict.mimeType);
  }
  problems.push(...checkCount(files, limits), ...checkContainers(files), ...checkSizes(files, limits));
  return { problems, mimeTypes };
}

/** Octets as megabytes of a text: one decimal place, a size rounded up and a limit down, so that they never look equal. */
export function inMegabytes(octets: number, rounding: 'up' | 'down'): number {
  const tenths = octets / 100_000;
  return (rounding === 'up' ? Math.ceil(tenths) : Math.floor(tenths)) / 10;
}

function checkCount(files: readonly CheckedFile[], { maxFiles }: FileLimits): Refusal[] {
  return files.length > maxFiles ? [refusal('files-too-many', { count: files.length, limit: maxFiles })] : [];
}

function checkContainers(files: readonly CheckedFile[]): Refusal[] {
  const count = files.filter(({ name }) => formatOf(name)?.container).length;
  return count > MAX_CONTAINERS ? [refusal('containers-too-many', { count, limit: MAX_CONTAINERS })] : [];
}

/** Dividing the mail helps unless a file is too large by itself. */
function checkSizes(files: readonly CheckedFile[], { maxTotalOctets }: FileLimits): Refusal[] {
  const limit = inMegabytes(maxTotalOctets, 'down');
  const large = files.filter(({ size }) => size > maxTotalOctets);
  const rest = files.reduce((sum, { size }) => sum + (size > maxTotalOctets ? 0 : size), 0);
  const problems = large.map(({ name, size }) =>
    refusal('file-too-large', { file: name, size: inMegabytes(size, 'up'), limit }),
  );
  if (rest > maxTotalOctets) problems.push(refusal('files-too-large', { size: inMegabytes(rest, 'up'), limit }));
  return problems;
}

function refusal(reason: Refusal['reason'], facts: Refusal['facts']): Refusal {
  return { reason, facts };
}
