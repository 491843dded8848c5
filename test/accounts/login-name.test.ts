import { expect, test } from 'vitest';
import { parseLoginName } from '../../src/accounts/index.ts';

const domain = 'datovka.example.cz';

test.each([
  ['stastny1', 'stastny1', ''],
  ['stastny1@datovka.example.cz', 'stastny1', ''],
  ['stastny1@DATOVKA.example.cz', 'stastny1', ''],
  [' stastny1 ', 'stastny1', ''],
  ['stastny1+telefon@datovka.example.cz', 'stastny1', 'telefon'],
  ['stastny1+Telefon', 'stastny1', 'telefon'],
])('%j is the login %s with the view %j', (name, login, view) => {
  expect(parseLoginName(name, domain)).toEqual({ login, view });
});

test.each([
  '',
  'stast',
  'stastny123456',
  'stastny1@jinde.cz',
  'stastny1@datovka.example.cz@jinde.cz',
  'stastný1',
  'stast:ny1',
  'stast ny1',
  'stastny1\u0000',
  'stastny1+',
  'stastny1+a+b',
  'stastny1+žlutý',
  `stastny1+${'a'.repeat(33)}`,
])('%j cannot be a login and never reaches ISDS', (name) => {
  expect(() => parseLoginName(name, domain)).toThrow('login-name-invalid');
});
