/** Where the files of an archive would be unpacked to: inside a folder, and not too deep. */
import type { Refusal } from '../../refusals/index.ts';
import type { ZipEntry } from '../zip/entry.ts';

/** Directory levels in a container (isds §6.3). */
const MAX_DEPTH = 4;

/** One of each kind is enough for the sender to see what is meant. */
export function checkPath(file: string, entries: readonly ZipEntry[]): Refusal[] {
  const unsafe = entries.find((entry) => entry.isSymbolicLink || leavesFolder(entry.name));
  const deep = entries.find((entry) => depthOf(entry) > MAX_DEPTH);
  return [
    ...(unsafe ? [{ reason: 'archive-path-unsafe' as const, facts: { file, inner: unsafe.name } }] : []),
    ...(deep ? [{ reason: 'archive-too-deep' as const, facts: { file, inner: deep.name, limit: MAX_DEPTH } }] : []),
  ];
}

/** Absolute, up and out, with a drive, or cut by a zero where another program reads on. */
function leavesFolder(name: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what this looks for
  return name === '' || /^\/|^[a-z]:|(?:^|\/)\.\.(?:\/|$)|[\u0000-\u001f\u007f]/i.test(name);
}

function depthOf({ name, isDirectory }: ZipEntry): number {
  const steps = name.split('/').filter((step) => step !== '' && step !== '.').length;
  return isDirectory ? steps : steps - 1;
}
