/** Clears spools away whose names outlived their process: it was killed in the instant between making the file and taking its name. */
import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { SPOOL_NAME } from './spool.ts';

/** Another gateway may use the same folder, and has the name for less than this. */
const LEFT_FOR_MS = 60_000;

/** Answers how many there were. What cannot be looked at or removed is left: whether there is room shows when it is needed. */
export async function clearSpoolLeftovers(directory: string, now: number): Promise<number> {
  let cleared = 0;
  for (const name of await readdir(directory).catch(() => [])) {
    if (!SPOOL_NAME.test(name)) continue;
    const path = join(directory, name);
    try {
      if (now - (await stat(path)).mtimeMs < LEFT_FOR_MS) continue;
      await unlink(path);
      cleared++;
    } catch {
      // Somebody else's, or just gone.
    }
  }
  return cleared;
}
