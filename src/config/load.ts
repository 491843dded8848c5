/** Reads the configuration: a TOML file, then the environment over it, all through one schema. */
import { readFileSync } from 'node:fs';
import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';
import { type ConfigKey, configKeys } from './keys.ts';
import { nearestName } from './nearest-name.ts';
import { remedyOf } from './remedy.ts';
import { configSchema, type Config } from './schema.ts';

/** What is wrong with the configuration, a line for each key. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const sectionSchema = z.record(z.string(), z.unknown());

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `POSTOLKA_<SECTION>_<KEY>` sets a key, `POSTOLKA_<SECTION>_<KEY>_FILE` sets it to the content of a file; both win over the file
 * at `path`. Throws ConfigError with every fault at once, each naming its key or variable.
 */
export function loadConfig(path: string | undefined, environment: Environment): Config {
  const input = path === undefined ? {} : readToml(path);
  const variables = new Map<string, string>();
  for (const key of configKeys) {
    const text = fromEnvironment(key.variable, environment);
    if (text === undefined) continue;
    setAt(input, key.path.split('.'), valueOf(text, key.type));
    variables.set(key.path, key.variable);
  }
  const unknown = unknownVariables(environment);
  const result = configSchema.safeParse(input);
  if (result.success && unknown.length === 0) return result.data;
  const faults = [...unknown, ...(result.error?.issues.flatMap((issue) => describe(issue, variables)) ?? [])];
  throw new ConfigError([...faults, ...(path === undefined ? [NO_FILE] : [])].join('\n'));
}

const NO_FILE =
  'No file was named: --config FILE or POSTOLKA_CONFIG does; without one, settings come from the environment only.';

function readToml(path: string): Record<string, unknown> {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof TomlError) throw new ConfigError(`${path}:${error.line}:${error.column}: ${firstLine(error)}`);
    if (error instanceof Error) throw new ConfigError(`${path}: ${error.message}`);
    throw error;
  }
}

function fromEnvironment(variable: string, environment: Environment): string | undefined {
  const direct = environment[variable];
  if (direct !== undefined) return direct;
  const path = environment[`${variable}_FILE`];
  if (path === undefined || configKeys.some((key) => key.variable === `${variable}_FILE`)) return undefined;
  try {
    return readFileSync(path, 'utf8').trimEnd();
  } catch (error) {
    throw new ConfigError(`${variable}_FILE: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What Kubernetes and Docker set for a service of that name. */
const OF_THE_PLATFORM = /^POSTOLKA_(?:SERVICE_|PORT$|PORT_\d)/;

/** Names the file, and is no setting itself. */
const CONFIG_VARIABLE = 'POSTOLKA_CONFIG';

/** A misspelt variable would be a setting that is not in force, and some settings decide about deliveries. */
function unknownVariables(environment: Environment): string[] {
  const names = [CONFIG_VARIABLE, ...configKeys.flatMap(({ variable }) => [variable, `${variable}_FILE`])];
  const given = Object.keys(environment).filter((name) => name.startsWith('POSTOLKA_') && !OF_THE_PLATFORM.test(name));
  return given
    .filter((name) => !names.includes(name))
    .map((name) => `${name}: there is no such setting${meant(name, names)}`);
}

function meant(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}

const WHOLE_NUMBER = /^-?\d{1,15}$/;

/** Lists are separated by commas. */
function valueOf(text: string, type: ConfigKey['type']): unknown {
  if (type === 'list') return text.split(',').map((item) => item.trim());
  // What is no number stays as it is, for the schema to say so: an empty variable is not 0.
  return type === 'integer' && WHOLE_NUMBER.test(text) ? Number(text) : text;
}

function setAt(target: Record<string, unknown>, [head = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    target[head] = value;
    return;
  }
  const section = { ...sectionSchema.safeParse(target[head]).data };
  target[head] = section;
  setAt(section, rest, value);
}

/** The key, with the variable that set it, and what it has to be. */
function describe(issue: z.core.$ZodIssue, variables: ReadonlyMap<string, string>): string[] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const paths = issue.keys.map((key) => (path === '' ? key : `${path}.${key}`));
    const names = configKeys.map((key) => key.path);
    return paths.map((one) => `${one}: there is no such setting${meant(one, names)}`);
  }
  const variable = [...variables].find(([set]) => path === set || path.startsWith(`${set}.`))?.[1];
  return [`${path}${variable === undefined ? '' : ` (${variable})`}: ${remedyOf(issue)}`];
}

function firstLine(error: Error): string {
  return error.message.split('\n', 1)[0] ?? '';
}
