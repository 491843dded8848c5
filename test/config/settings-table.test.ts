/** The table of settings for administrators is made from the schema: run with `-u` it writes the file anew. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configKeys } from '../../src/config/index.ts';
import { tableKeys } from './table-keys.ts';

const FILE = join(import.meta.dirname, '../../docs/settings.md');

const INTRODUCTION = `# Settings

Every setting, the variable of the environment that sets it, and its default; "–" is none. How they are given stands in [configuration.md](configuration.md), an example of each in \`config/postolka.example.toml\`.
`;

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function shown(fallback: unknown): string {
  if (fallback === undefined || (Array.isArray(fallback) && fallback.length === 0)) return '–';
  return `\`${typeof fallback === 'string' ? fallback : JSON.stringify(fallback)}\``;
}

test('docs/settings.md is the table of the schema', async () => {
  const keys = configKeys.map(({ path, variable, fallback, description }) => [
    `\`${path}\``,
    `\`${variable}\``,
    shown(fallback),
    description,
  ]);
  const tables = tableKeys.map(({ table, key, description }) => [
    `\`[[${table}]] ${key}\``,
    'in the file only',
    '–',
    description,
  ]);
  const rows = [['setting', 'variable', 'default', 'meaning'], ['---', '---', '---', '---'], ...keys, ...tables];
  await expect(`${INTRODUCTION}\n<!-- prettier-ignore -->\n${rows.map(row).join('\n')}\n`).toMatchFileSnapshot(FILE);
});
