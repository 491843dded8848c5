import { describe, expect, test } from 'vitest';
import { envelopeText } from '../../src/mail-writer/envelope-text.ts';
import { envelopeOnlyNotice, fictionDay, mannerOfDelivery } from '../../src/mail-writer/index.ts';
import { envelopeOf } from './envelope.ts';

const arrived = (moment: string) => envelopeOf({ state: 4, arrivedAt: new Date(moment), deliveredAt: undefined });

function manner(arrivedAt: string, deliveredAt: string) {
  return mannerOfDelivery(envelopeOf({ arrivedAt: new Date(arrivedAt), deliveredAt: new Date(deliveredAt) }));
}

test.each([
  ['the tenth day, the day of arrival not counted', '2026-11-17T09:00:00Z', { year: 2026, month: 11, day: 27 }],
  ['from Saturday to Monday', '2026-11-18T09:00:00Z', { year: 2026, month: 11, day: 30 }],
  ['over Christmas and the weekend behind it', '2026-12-14T09:00:00Z', { year: 2026, month: 12, day: 28 }],
  ['over Easter, from Good Friday to Tuesday', '2027-03-16T09:00:00Z', { year: 2027, month: 3, day: 30 }],
  ['over New Year', '2026-12-22T09:00:00Z', { year: 2027, month: 1, day: 4 }],
])('fiction comes %s', (_, moment, day) => {
  expect(fictionDay(arrived(moment))).toEqual(day);
});

test('the day of arrival is the Czech one', () => {
  expect(fictionDay(arrived('2026-11-16T22:59:59.999Z'))).toEqual({ year: 2026, month: 11, day: 26 });
  expect(fictionDay(arrived('2026-11-16T23:00:00.000Z'))).toEqual({ year: 2026, month: 11, day: 27 });
});

test('an authority can exclude fiction, nobody else', () => {
  const excluded = { allowSubstDelivery: false, deliveredAt: undefined, state: 4 } as const;
  expect(fictionDay(envelopeOf({ ...excluded, senderType: 16 }))).toBeUndefined();
  expect(fictionDay(envelopeOf({ ...excluded, senderType: undefined }))).toBeUndefined();
  expect(fictionDay(envelopeOf({ ...excluded, senderType: 31 }))).toEqual({ year: 2026, month: 11, day: 30 });
});

test('a system message has no day of fiction, by its type or by its box', () => {
  expect(fictionDay(envelopeOf({ senderType: 0 }))).toBeUndefined();
  expect(fictionDay(envelopeOf({ senderType: undefined, senderBox: 'aaaaaaa' }))).toBeUndefined();
});

test('without an arrival there is no day of fiction', () => {
  expect(fictionDay(envelopeOf({ arrivedAt: undefined }))).toBeUndefined();
});

test('delivery at the last millisecond of a Czech day, ten days on, was fiction, in summer and in winter', () => {
  expect(manner('2026-11-20T08:15:02Z', '2026-11-30T22:59:59.999Z')).toBe('fiction');
  expect(manner('2026-07-10T12:00:00Z', '2026-07-20T21:59:59.999Z')).toBe('fiction');
  expect(manner('2026-11-20T08:15:02Z', '2026-11-30T22:59:59.998Z')).toBe('login');
  expect(manner('2026-11-20T08:15:02Z', '2026-11-20T22:59:59.999Z')).toBe('login');
});

test('state 5 is fiction whatever the time, and without a time nothing is delivered', () => {
  expect(mannerOfDelivery(envelopeOf({ state: 5 }))).toBe('fiction');
  expect(mannerOfDelivery(envelopeOf({ state: 4, deliveredAt: undefined }))).toBeUndefined();
});

test.each([1, 2, 3, 8, 9, 10])('in state %i no fiction is foretold, whatever day it would be', (state) => {
  const envelope = envelopeOf({ state, deliveredAt: undefined });
  for (const text of [envelopeText(envelope, 0), envelopeOnlyNotice(envelope, 0)]) {
    expect(text).not.toMatch(/fikcí|zatím ne/);
  }
});

test.each([
  [3, 'našel škodlivý kód'],
  [8, 'je nedoručitelná'],
])('state %i is told, and no time of delivery', (state, words) => {
  const envelope = envelopeOf({ state, deliveredAt: new Date('2026-11-20T10:00:00Z') });
  expect(envelopeText(envelope, 0)).toContain(words);
  expect(envelopeText(envelope, 0)).not.toContain('Doručeno: 20. 11. 2026');
  expect(envelopeOnlyNotice(envelope, 0)).toContain(words);
});

describe('of a message that waited when ISDS was last asked', () => {
  const waited = arrived('2026-11-20T08:15:02Z');
  const before = Date.parse('2026-11-30T22:59:59.999Z');

  test('the day of fiction is to come until it is over in Prague', () => {
    expect(envelopeText(waited, before)).toContain('Doručeno: zatím ne; nejpozději fikcí s koncem dne 30. 11. 2026\n');
    expect(envelopeOnlyNotice(waited, before)).toContain('bude doručena fikcí s koncem dne 30. 11. 2026;');
  });

  test('from then on it is past: nothing is told as to come, and nobody is called to deliver', () => {
    const text = envelopeText(waited, before + 1);
    expect(text).toContain('nejpozději však fikcí s koncem dne 30. 11. 2026, který už uplynul');
    expect(text).not.toContain('zatím');
    const notice = envelopeOnlyNotice(waited, before + 1);
    expect(notice).toContain('byla doručena fikcí s koncem dne 30. 11. 2026,');
    expect(notice).not.toMatch(/bude|Doručí ji/);
  });

  test('what is not known about fiction is left open then, too', () => {
    const notice = envelopeOnlyNotice({ ...waited, allowSubstDelivery: undefined }, before + 1);
    expect(notice).toContain('fikcí s koncem dne 30. 11. 2026, pokud to odesílatel nevyloučil, a lhůty');
    const excluded = { ...waited, allowSubstDelivery: false };
    expect(envelopeText(excluded, before + 1)).toContain('Doručeno: zatím ne\n');
    expect(envelopeOnlyNotice(excluded, before + 1)).toContain('Doručí ji přihlášení oprávněné osoby.');
  });
});
