/** Where the running gateway of a configuration listens for commands. */
import { join } from 'node:path';
import { type Config, loadConfig } from '../config/index.ts';

export function controlPath(configPath: string | undefined): string {
  return controlSocketOf(loadConfig(configPath, process.env));
}

export function controlSocketOf({ dataDirectory }: Pick<Config, 'dataDirectory'>): string {
  return join(dataDirectory, 'control.sock');
}
