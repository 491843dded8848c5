/** What mail programs send as user names, and what each of them means. */
import { expect, test } from 'vitest';
import { parseLoginName } from '../../src/accounts/index.ts';

const domain = 'datovka.example.cz';

test.each([
  ['stastny1', 'stastny1', '', undefined],
  ['stastny1@datovka.example.cz', 'stastny1', '', undefined],
  ['stastny1@DATOVKA.example.cz', 'stastny1', '', undefined],
  [' stastny1 ', 'stastny1', '', undefined],
  // As ISDS gets it; the account behind it is the same.
  ['Stastny1', 'Stastny1', '', undefined],
  ['stastny1+telefon@datovka.example.cz', 'stastny1', 'telefon', undefined],
  ['stastny1+Telefon', 'stastny1', 'telefon', undefined],
  ['aydaadk@datovka.example.cz', 'aydaadk', '', 'aydaadk'],
  ['Aydaadk@datovka.example.cz', 'Aydaadk', '', 'aydaadk'],
  ['aydaadk+telefon@datovka.example.cz', 'aydaadk', 'telefon', 'aydaadk'],
  // Without the domain it is a login that happens to look like a box ID.
  ['aydaadk', 'aydaadk', '', undefined],
  // A wrong checksum: no box can have this name.
  ['aydaadj@datovka.example.cz', 'aydaadj', '', undefined],
])('%j is the login %s with the view %j and the box %s', (name, login, view, boxId) => {
  expect(parseLoginName(name, domain)).toEqual({ login, view, boxId });
});

test.each([
  '',
  'stast',
  'stastny123456',
  'stastny1@jinde.cz',
  'stastny1@datovka.example.cz@jinde.cz',
  'aydaadk@jinde.cz',
  '@datovka.example.cz',
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
