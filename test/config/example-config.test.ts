import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { configKeys, configSchema } from '../../src/config/index.ts';
import { tableKeys } from './table-keys.ts';

const text = readFileSync(join(import.meta.dirname, '../../config/postolka.example.toml'), 'utf8');

/** The example with what it shows commented out put in force. */
const everything = text.replace(/^# ([a-zA-Z0-9]+ = |\[\[)/gm, '$1');

function valueAt(path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], parse(everything));
}

test('the example is a valid configuration', () => {
  expect(configSchema.safeParse(parse(text)).success).toBe(true);
});

test.each(configKeys)('the example shows $path, described as in the schema and with its default', (key) => {
  const value = valueAt(key.path);
  expect(value).toBeDefined();
  expect(text).toContain(`# ${key.description}\n`);
  expect(value).toEqual(key.fallback ?? value);
});

test.each(tableKeys)('the example shows $key of $table, described as in the schema', ({ table, key, description }) => {
  expect(valueAt(`${table}.0.${key}`)).toBeDefined();
  expect(text).toContain(`# ${description}\n`);
});

test('the tables are valid as they stand in the example', () => {
  const input = {
    domain: 'a.cz',
    certificates: valueAt('certificates'),
    tls: { certificates: valueAt('tls.certificates') },
  };
  expect(configSchema.safeParse(input).success).toBe(true);
});

test('the example shows nothing that is not in the schema', () => {
  const shown = everything.match(/^[a-zA-Z0-9]+ = /gm)?.length;
  expect(shown).toBe(configKeys.length + tableKeys.length);
});
