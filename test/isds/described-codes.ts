/** The status codes as docs/isds.md §9 describes them. */
import { readFileSync } from 'node:fs';
import { describedRows } from '../described.ts';

const DOCUMENT = 'docs/isds.md';

const COLUMNS = ['Code', 'Meaning', 'Operations', 'Class', 'POP3', 'SMTP'] as const;

/** The codes that a gateway can meet; the mark of those outside the official list is taken off. */
export const describedCodes = describedRows(DOCUMENT, COLUMNS).map((row) => ({
  code: row.Code.replace('†', ''),
  meaning: row.Meaning,
  operations: row.Operations,
  class: row.Class,
  smtp: row.SMTP,
}));

/** The codes of the administration of boxes, which are listed without their meanings; a range may hold numbers that are no codes. */
export const administrativeRanges = readRanges();

function readRanges(): (readonly [first: string, last: string])[] {
  const text = readFileSync(new URL(`../../${DOCUMENT}`, import.meta.url), 'utf8');
  const line = /^Codes of the administration of boxes.*$/m.exec(text)?.[0] ?? '';
  return Array.from(
    line.matchAll(/\b(\d{4})(?:–(\d{4}))?\b/g),
    ([, first = '', last = first]) => [first, last] as const,
  );
}
