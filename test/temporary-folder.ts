/** A folder that is gone when the tests of a file are done. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'postolka-test-'));
  process.once('exit', () => rmSync(path, { recursive: true, force: true }));
  return path;
}
