import { expect, test } from 'vitest';
import { catalogue, Wording } from '../../src/refusals/index.ts';
import { classify, IsdsError, type IsdsFailure, refusalFor } from '../../src/isds/index.ts';
import { STATUS_CODES } from '../../src/isds/codes/status-codes.ts';

function statusError(code: string, message = ''): IsdsError {
  return new IsdsError({ kind: 'status', code, message, class: classify(code).class });
}

const BOX = { box: 'urad453', address: 'urad453@datovka.example' };

test.each([
  ['1201', 'own-box-inaccessible'],
  ['1202', 'recipient-unknown'],
  ['1203', 'recipient-system-box'],
  ['1204', 'recipient-inaccessible'],
  ['1213', 'file-refused'],
  ['1214', 'file-refused'],
  ['1216', 'recipient-own-box'],
  ['1219', 'content-gone'],
  ['1222', 'not-delivered-yet'],
  ['1178', 'content-gone'],
  ['1226', 'file-refused'],
  ['1227', 'file-refused'],
  ['1232', 'recipient-closed'],
  ['1233', 'recipient-closed'],
  ['1280', 'file-refused'],
  ['1090', 'isds-failure'],
  ['1002', 'isds-failure'],
  ['1299', 'isds-failure'],
  ['2102', 'isds-failure'],
  ['1999', 'isds-failure'],
  ['2999', 'isds-failure'],
  ['5999', 'isds-failure'],
  ['2006', 'isds-protocol'],
  ['2011', 'recipient-malformed'],
  ['3006', 'isds-busy'],
  ['3008', 'isds-busy'],
  ['3009', 'isds-busy'],
  ['5001', 'recipient-unknown'],
  ['9005', 'isds-failure'],
  ['9400', 'isds-failure'],
  ['1233', 'recipient-closed'],
  ['1234', 'prepaid-reply-impossible'],
  ['1242', 'initiatory-impossible'],
  ['2202', 'isds-protocol'],
])('status %s is refused as %s', (code, reason) => {
  expect(refusalFor(statusError(code), BOX)).toMatchObject({ reason, isdsCode: code });
});

test.each([
  [{ kind: 'wrong-credentials' }, 'wrong-password'],
  [{ kind: 'account-blocked', until: undefined }, 'account-blocked'],
  [{ kind: 'address-blocked' }, 'address-blocked'],
  [{ kind: 'maintenance' }, 'isds-maintenance'],
  ...[301, 302, 304, 400, 403, 404, 408, 410, 429, 431, 499, 500, 502, 599].map(
    (status) => [{ kind: 'http', status }, 'isds-failure'] satisfies [IsdsFailure, string],
  ),
  [{ kind: 'fault', message: 'x' }, 'isds-failure'],
  [{ kind: 'not-xml', problem: 'x' }, 'isds-failure'],
  [{ kind: 'truncated' }, 'isds-failure'],
  [{ kind: 'oversized', limit: 1 }, 'isds-failure'],
  [{ kind: 'timeout' }, 'isds-unreachable'],
  [{ kind: 'busy' }, 'account-under-way'],
  [{ kind: 'unreachable' }, 'isds-unreachable'],
  [{ kind: 'aborted' }, 'isds-unreachable'],
  [{ kind: 'unsendable', problem: 'x' }, 'gateway-fault'],
] satisfies [IsdsFailure, string][])('%j is refused as %s', (failure, reason) => {
  expect(refusalFor(new IsdsError(failure)).reason).toBe(reason);
});

test("ISDS's own words are passed on", () => {
  const refusal = refusalFor(statusError('1214', 'Přípona není povolená.:program.exe'));
  expect(new Wording('cs').refusal(refusal, 'bcdfghjk')).toBe(
    'ISDS odmítl přílohu. Upravte ji podle jeho vyjádření, například ji převeďte do PDF, nebo ji vynechte. ISDS uvádí: Přípona není povolená.:program.exe [ISDS 1214] (relace bcdfghjk)',
  );
});

test('a person is told until when the account is blocked, on a Czech clock', () => {
  const until = new Date('2026-11-20T12:04:39Z');
  expect(refusalFor(new IsdsError({ kind: 'account-blocked', until })).facts).toEqual({ until: '13:04' });
});

test('an unknown outcome outweighs everything: a person must look before sending again', () => {
  const error = new IsdsError({ kind: 'timeout' }, { outcome: 'unknown' });
  expect(refusalFor(error, BOX).reason).toBe('outcome-unknown');
});

test('no code leads to a text with a hole in it', () => {
  for (const code of STATUS_CODES.keys()) {
    const { reason, facts } = refusalFor(statusError(code));
    const needed = [...catalogue[reason].cs.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    expect(Object.keys(facts)).toEqual(expect.arrayContaining(needed));
  }
});

test('what is logged of an error is not what ISDS said', () => {
  const error = statusError('1214', 'Zakázaná přípona:tajné.exe');
  expect(error.message).toBe(
    'status 1214: Attachment refused by the content check (text says why, since 2024 ends with ":file name")',
  );
});
