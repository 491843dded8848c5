import { expect, test } from 'vitest';
import { toAscii } from '../../src/refusals/index.ts';
import { sealHeader, sealText } from '../../src/mail-writer/seal-text.ts';

test.each([
  'signature',
  'algorithm',
  'certificate-missing',
  'untrusted',
  'not-in-force',
  'time-stamp-signature',
  'time-stamp-algorithm',
  'time-stamp-certificate-missing',
  'time-stamp-untrusted',
  'time-stamp-not-in-force',
  'time-stamp-unreadable',
  'time-stamp-foreign',
] as const)('the problem %s has words', (problem) => {
  const seal = { verdict: 'invalid', problem, timeStamped: true } as const;
  expect(sealText(seal)).toMatch(/^POZOR: .+: .+\. Originál si ověřte na portálu\.\n$/);
  expect(sealText(seal)).not.toContain('důvod není znám');
  expect(sealHeader(seal)).toBe(`invalid; ${problem}`);
});

test('a seal without time stamp says so', () => {
  expect(toAscii(sealText({ verdict: 'valid', timeStamped: false }) ?? '')).toContain('zatim nema casove razitko');
});
