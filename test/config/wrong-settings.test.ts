/** Every setting written wrongly: from a variable and in the file, it is named, what it has to be is said, and nothing starts. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ConfigKey, configKeys, loadConfig } from '../../src/config/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();

/** A domain is the only setting that must be set; the others of a pair are no matter here. */
const BASE = { POSTOLKA_DOMAIN: 'a.cz' };

const REMEDY = /: (?:must |is the same port as |there is no such setting|the password )/;

function faultsOf(load: () => unknown): string[] {
  try {
    load();
    return [];
  } catch (error) {
    return String(error instanceof Error ? error.message : error).split('\n');
  }
}

/** Text is what a folder or a host is called; whether it exists shows when it is used. */
const ANY_TEXT = /(?:Directory|File|host)$/;

/** A secret may be anything but nothing. */
const SECRET = /^tls\.key$/;

function wrongTexts({ path, type }: ConfigKey): string[] {
  if (ANY_TEXT.test(path) || SECRET.test(path)) return [''];
  return type === 'integer' ? ['', ' ', 'pět', '1.5', '0x10', '1e2', '-1', '99999999999'] : ['', 'ne smysl', '…'];
}

function tomlOf(path: string, value: string): string {
  const names = path.split('.');
  const key = names.pop() ?? '';
  const table = names.length === 0 ? '' : `[${names.join('.')}]\n`;
  return `${path === 'domain' ? '' : 'domain = "a.cz"\n'}${table}${key} = ${value}\n`;
}

describe.each(configKeys.map((key) => [key.path, key] as const))('%s', (path, key) => {
  test.each(wrongTexts(key))('from its variable: "%s"', (text) => {
    const lines = faults({ [key.variable]: text });
    const own = lines.find((line) => line.startsWith(path));
    expect(own).toContain(`(${key.variable})`);
    expect(own).toMatch(REMEDY);
  });

  test.each(key.type === 'integer' ? ['"pět"', '[]', 'true', '{}'] : ['17', 'true', '{}', '2026-12-01'])(
    'of another type in the file: %s',
    (value) => {
      const file = join(folder, 'wrong.toml');
      writeFileSync(file, tomlOf(path, value));
      const own = faultsOf(() => loadConfig(file, {})).find((line) => line.startsWith(path));
      expect(own).toMatch(REMEDY);
    },
  );

  test('misspelt, from a variable and in the file', () => {
    const variable = `${key.variable}X`;
    expect(faultsOf(() => loadConfig(undefined, { ...BASE, [variable]: '1' })).join()).toMatch(
      new RegExp(`${variable}: there is no such setting; did you mean POSTOLKA_`),
    );
    const file = join(folder, 'misspelt.toml');
    writeFileSync(file, tomlOf(`${path}x`, '1'));
    expect(faultsOf(() => loadConfig(file, BASE)).join()).toMatch(
      new RegExp(`${path.replaceAll('.', String.raw`\.`)}x: there is no such setting`),
    );
  });
});

function faults(settings: Readonly<Record<string, string>>): string[] {
  return faultsOf(() => loadConfig(undefined, { ...BASE, ...settings }));
}

test('a port that is set twice on one address is named with the other setting', () => {
  expect(faults({ POSTOLKA_SMTP_TLS_PORT: '995' })).toContain(
    'smtp.tlsPort (POSTOLKA_SMTP_TLS_PORT): is the same port as pop3.tlsPort; set another one',
  );
  expect(faults({ POSTOLKA_SETUP_HTTP_PORT: '110', POSTOLKA_SETUP_HOST: '127.0.0.1' }).join()).toContain(
    'is the same port as pop3.startTlsPort',
  );
  expect(
    faults({ POSTOLKA_POP3_HOST: '192.0.2.1', POSTOLKA_SMTP_HOST: '192.0.2.2', POSTOLKA_SMTP_TLS_PORT: '995' }),
  ).toEqual([]);
  const anyPort = { POSTOLKA_POP3_TLS_PORT: '0', POSTOLKA_POP3_START_TLS_PORT: '0', POSTOLKA_SMTP_TLS_PORT: '0' };
  expect(faults(anyPort)).toEqual([]);
});
