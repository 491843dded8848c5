/** The gateway's settings: read from file and environment, checked whole, refused by name. */
export { type ConfigKey, configKeys } from './keys.ts';
export { ConfigError, loadConfig } from './load.ts';
export { type Config, configSchema } from './schema.ts';
export { readSetting } from './setting-file.ts';
