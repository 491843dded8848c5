import { describe, expect, test } from 'vitest';
import { classify } from '../../src/isds/index.ts';
import { STATUS_CLASSES, STATUS_CODES } from '../../src/isds/codes/status-codes.ts';
import { describedRows } from '../described.ts';
import { administrativeRanges, describedCodes } from './described-codes.ts';

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
  ['1999', 'temporary'],
  ['2999', 'temporary'],
  ['3999', 'temporary'],
  ['5999', 'temporary'],
  ['9999', 'temporary'],
  ['4000', 'temporary'],
])('the unknown code %s decides nothing for good: %s', (code, expected) => {
  expect(classify(code)).toEqual({ class: expected, meaning: 'unknown code' });
});

describe('docs/isds.md §9', () => {
  test('describes every code that a gateway can meet with its class and meaning, in ascending order', () => {
    const met = [...STATUS_CODES].filter(([, known]) => known.class !== 'administrative');
    expect(describedCodes.map((described) => [described.code, described.class, described.meaning])).toEqual(
      met.map(([code, known]) => [code, known.class, known.meaning]),
    );
    expect(STATUS_CODES.size).toBe(398);
  });

  test('names every code of the administration of boxes, and no other', () => {
    const named = [...STATUS_CODES.keys()].filter((code) =>
      administrativeRanges.some(([first, last]) => first <= code && code <= last),
    );
    expect(named).toEqual(
      [...STATUS_CODES].filter(([, known]) => known.class === 'administrative').map(([code]) => code),
    );
    const ends = administrativeRanges.flat().filter((code) => !STATUS_CODES.has(code));
    expect(ends).toEqual([]);
  });

  test('explains every class', () => {
    const explained = describedRows('docs/isds.md', ['Class', 'What it says']).map((row) => row.Class);
    expect(explained).toEqual(STATUS_CLASSES.filter((known) => known !== 'administrative'));
  });
});
