import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { configKeys, configSchema } from '../../src/core/index.ts';

const text = readFileSync(join(import.meta.dirname, '../../config/postolka.example.toml'), 'utf8');

/** The example with what it shows commented out put in force. */
const everything = text.replace(/^# ([a-zA-Z0-9]+ = |\[\[)/gm, '$1');

/** A list of tables, which has no keys of its own in `configKeys`. */
const TABLES = 'certificates';
const tableKeys = configSchema.shape[TABLES].unwrap().element.shape;

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

test.each(Object.entries(tableKeys))(
  'the example shows %s of a certificate account, described as in the schema',
  (key, schema) => {
    expect(valueAt(`${TABLES}.0.${key}`)).toBeDefined();
    expect(text).toContain(`# ${schema.description}\n`);
  },
);

test('the table of a certificate account is valid as it stands in the example', () => {
  const input = { domain: 'a.cz', [TABLES]: valueAt(TABLES) };
  expect(configSchema.safeParse(input).success).toBe(true);
});

test('the example shows nothing that is not in the schema', () => {
  const shown = everything.match(/^[a-zA-Z0-9]+ = /gm)?.length;
  expect(shown).toBe(configKeys.length + Object.keys(tableKeys).length);
});

test.each(configKeys)('the README names $path', ({ path }) => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  const name = path.replace(/^(isds\.baseUrls)\..*/, '$1.*');
  expect(readme).toContain(`\`${name}\``);
});
