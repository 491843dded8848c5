/** Where the running gateway of a configuration listens for commands. */
import { join } from 'node:path';
import { type Config, loadConfig } from '../config/index.ts';

/** The socket of the gateway with this configuration. Throws when the configuration is refused. */
export function controlPath(configPath: string | undefined): string {
  return controlSocketOf(loadConfig(configPath, process.env));
}

/** The socket of a gateway that keeps its data there. */
export function controlSocketOf({ dataDirectory }: Pick<Config, 'dataDirectory'>): string {
  return join(dataDirectory, 'control.sock');
}
