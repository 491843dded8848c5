import { expect, test } from 'vitest';
import { isSystemBox, parseBoxId } from '../../src/core/index.ts';

test.each(['aydaadk', 'aaaaaaa', 'zzzzzzq'])('%s has the right check character', (id) => {
  expect(parseBoxId(id)).toBe(id);
});

test('a box ID typed in upper case is lowered', () => {
  expect(parseBoxId('AYDAADK')).toBe('aydaadk');
});

test.each(['aydaadl', 'aydadak', 'aydaad', 'aydaadkk', 'aydaad0', 'aydaad1', 'lydaadk', 'oydaadk', 'žydaadk', ''])(
  '%j is no box ID',
  (text) => {
    expect(parseBoxId(text)).toBeUndefined();
  },
);

test('the two system boxes are known', () => {
  expect(['aaaaaaa', 'zzzzzzq', 'aydaadk'].map(isSystemBox)).toEqual([true, true, false]);
});
