import { describe, expect, test } from 'vitest';
import { classify } from '../../src/isds/index.ts';
import { STATUS_CODES, type StatusClass } from '../../src/isds/status-codes.ts';
import { dossierFile, HAS_DOSSIER } from './dossier.ts';

test('a code is a string of four digits and keeps its zeros', () => {
  expect(classify('0000')).toEqual({ class: 'success', meaning: 'Done' });
  expect(classify('0')).not.toEqual(classify('0000'));
});

test.each([
  ['0002', 'success-empty'],
  ['0004', 'partial'],
  ['0005', 'success'],
  ['1202', 'user-error'],
  ['1206', 'missing-right'],
  ['1219', 'not-obtainable'],
  ['1222', 'list-first'],
  ['1281', 'other-service'],
  ['2006', 'client-bug'],
  ['2102', 'skip'],
  ['3006', 'repeat-at-once'],
  ['3009', 'account-busy'],
  ['9005', 'temporary'],
])('%s is %s', (code, expected) => {
  expect(classify(code).class).toBe(expected);
});

test.each([
  ['0042', 'success'],
  ['1999', 'user-error'],
  ['2999', 'client-bug'],
  ['3999', 'temporary'],
  ['5999', 'user-error'],
  ['9999', 'temporary'],
  ['4000', 'temporary'],
])('the unknown code %s is understood by its range: %s', (code, expected) => {
  expect(classify(code)).toEqual({ class: expected, meaning: 'unknown code' });
});

interface DossierCode {
  readonly code: string;
  readonly meaning: string;
  readonly classification: string;
}

/** The dossier's words for our classes. */
const CLASS_OF: Readonly<Record<string, StatusClass>> = {
  success: 'success',
  'success, nothing found': 'success-empty',
  partial: 'partial',
  temporary: 'temporary',
  'temporary: repeat at once': 'repeat-at-once',
  'temporary: account busy': 'account-busy',
  'list first, then retry': 'list-first',
  'permanent: not obtainable': 'not-obtainable',
  'permanent: missing right': 'missing-right',
  'permanent user error': 'user-error',
  'permanent system error (client bug)': 'client-bug',
  auth: 'auth',
  'use the other service family': 'other-service',
  'upload again, then retry': 'upload-again',
  'end of enumeration': 'end-of-enumeration',
  'skip (certificate login)': 'skip',
  'not reachable for a gateway': 'administrative',
};

describe.skipIf(!HAS_DOSSIER)('compared with the dossier (skipped without the shared folder)', () => {
  test('the table holds exactly its codes, with its classes and meanings', () => {
    const { codes } = JSON.parse(dossierFile('status-codes.json')) as { codes: DossierCode[] };
    const expected = codes.map(({ code, meaning, classification }) => [
      code,
      { class: CLASS_OF[classification], meaning },
    ]);
    expect(Object.fromEntries(STATUS_CODES)).toEqual(Object.fromEntries(expected));
    expect(STATUS_CODES.size).toBe(398);
  });
});
