/** The files that settings name. */
import { readFile } from 'node:fs/promises';
import { ConfigError } from './load.ts';

/** The file that a setting names; one that cannot be read is a fault of that setting. */
export async function readSetting(key: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ConfigError(`${key}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
