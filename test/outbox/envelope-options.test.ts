/** X-ISDS headers of a mail to be sent: every field with what it takes and what it refuses. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readEnvelopeOptions } from '../../src/outbox/envelope-options.ts';

const read = (...headers: [name: string, value: string][]) =>
  readEnvelopeOptions(headers.map(([name, value]) => ({ name: `x-isds-${name}`, value })));

test.each([
  ['to-hands', 'Jan Novák', { toHands: 'Jan Novák' }],
  ['to-hands', 'ř'.repeat(30), { toHands: 'ř'.repeat(30) }],
  ['personal-delivery', 'yes', { personalDelivery: true }],
  ['personal-delivery', 'No', { personalDelivery: false }],
  ['sender-ref-number', 'KŠ 7/2026', { senderRefNumber: 'KŠ 7/2026' }],
  ['sender-ident', 'ř'.repeat(50), { senderIdent: 'ř'.repeat(50) }],
  ['recipient-ref-number', 'ÚMČ/123/2026', { recipientRefNumber: 'ÚMČ/123/2026' }],
  ['recipient-ident', 'SZ 55', { recipientIdent: 'SZ 55' }],
  ['legal-title-law', '500', { legalTitle: { law: '500' } }],
  ['legal-title-year', '2004', { legalTitle: { year: '2004' } }],
  ['legal-title-sect', '37', { legalTitle: { section: '37' } }],
  ['legal-title-par', '1', { legalTitle: { paragraph: '1' } }],
  ['legal-title-point', 'b)', { legalTitle: { point: 'b)' } }],
  ['allow-subst-delivery', 'no', { allowSubstDelivery: false }],
  ['publish-own-id', 'yes', { publishOwnId: true }],
  ['publish-own-id', 'no', { publishOwnId: false }],
  ['publish-own-id', '3', { publishOwnId: 3 }],
  ['publish-own-id', '127', { publishOwnId: 127 }],
  ['type', 'o', { type: 'O' }],
  ['type', 'K', { type: 'K' }],
  ['type', 'E', { type: 'E' }],
  ['prepaid-reply', 'no', { prepaidReply: false }],
])('X-ISDS-%s: %s', (name, value, options) => {
  expect(read([name, value])).toEqual({ options, problems: [] });
});

test('fields of one mail come together, the parts of a legal title in one', () => {
  const { options, problems } = read(
    ['legal-title-law', '500'],
    ['type', 'I'],
    ['legal-title-year', '2004'],
    ['sender-ref-number', 'KŠ 7/2026'],
  );
  expect(options).toEqual({ legalTitle: { law: '500', year: '2004' }, type: 'I', senderRefNumber: 'KŠ 7/2026' });
  expect(problems).toEqual([]);
});

test.each([
  ['to-hands', 'ř'.repeat(31), 'header-too-long', { header: 'X-ISDS-To-Hands', length: 31, limit: 30 }],
  [
    'sender-ref-number',
    'x'.repeat(51),
    'header-too-long',
    { header: 'X-ISDS-Sender-Ref-Number', length: 51, limit: 50 },
  ],
  ['personal-delivery', 'ano', 'header-value-unknown', { header: 'X-ISDS-Personal-Delivery', allowed: 'yes, no' }],
  ['legal-title-law', '500/2004', 'header-not-whole-number', { header: 'X-ISDS-Legal-Title-Law', limit: 5 }],
  ['legal-title-year', '20040', 'header-not-whole-number', { header: 'X-ISDS-Legal-Title-Year', limit: 4 }],
  ['legal-title-law', '-1', 'header-not-whole-number', { header: 'X-ISDS-Legal-Title-Law', limit: 5 }],
  ['publish-own-id', '0', 'header-value-unknown', { header: 'X-ISDS-Publish-Own-ID', allowed: 'yes, no, 1–127' }],
  ['publish-own-id', '128', 'header-value-unknown', { header: 'X-ISDS-Publish-Own-ID', allowed: 'yes, no, 1–127' }],
  ['type', 'V', 'header-value-unknown', { header: 'X-ISDS-Type', allowed: 'I, O, K, E' }],
  ['type', 'I', 'initiatory-impossible', {}],
])('X-ISDS-%s: %s is refused', (name, value, reason, facts) => {
  expect(read([name, value]).problems).toEqual([{ reason, facts }]);
});

test('a misspelt field is refused with the names that there are: a wish must not get lost', () => {
  const [problem] = read(['personal-delivry', 'yes']).problems;
  expect(problem).toMatchObject({ reason: 'header-unknown', facts: { header: 'x-isds-personal-delivry' } });
  expect(problem?.facts['known']).toContain('X-ISDS-Personal-Delivery, ');
});

test('a field that comes twice is refused, even with the same value', () => {
  expect(read(['type', 'E'], ['type', 'E']).problems).toEqual([
    { reason: 'header-repeated', facts: { header: 'X-ISDS-Type' } },
  ]);
});

test.each([
  ['O', 'no'],
  ['K', 'yes'],
  ['I', 'yes'],
])('X-ISDS-Type: %s contradicts X-ISDS-Prepaid-Reply: %s', (type, prepaid) => {
  const { problems } = read(['type', type], ['prepaid-reply', prepaid], ['sender-ref-number', '1']);
  expect(problems).toEqual([
    { reason: 'header-contradicts', facts: { header: 'X-ISDS-Prepaid-Reply', other: 'X-ISDS-Type' } },
  ]);
});

test('all problems are told together', () => {
  const { problems } = read(['type', 'Z'], ['personal-delivery', '1'], ['neznama', 'x'], ['to-hands', 'x'.repeat(40)]);
  expect(problems.map(({ reason }) => reason)).toEqual([
    'header-value-unknown',
    'header-value-unknown',
    'header-unknown',
    'header-too-long',
  ]);
});

test('docs/writing.md names every header that a program may set, and no other', () => {
  const document = readFileSync(new URL('../../docs/writing.md', import.meta.url), 'utf8');
  const table = document.match(/^\| `X-ISDS-.*$/gm) ?? [];
  const documented = table.flatMap((row) => row.split('|')[1]?.match(/X-ISDS-[A-Za-z-]+/g) ?? []);
  const [problem] = read(['neznama', 'x']).problems;
  expect(problem?.facts['known']).toBe(documented.toSorted().join(', '));
});
