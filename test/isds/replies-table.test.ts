/** The table of replies for administrators is made from the catalogue and the code map: run with `-u` it writes the file anew. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalogue, pop3ResponseCode, type RefusalReason, smtpReply } from '../../src/refusals/index.ts';
import { IsdsError, refusalFor } from '../../src/isds/index.ts';
import { STATUS_CODES, type StatusClass } from '../../src/isds/codes/status-codes.ts';

const FILE = join(import.meta.dirname, '../../docs/refusals.md');

const INTRODUCTION = `# Replies

What the gateway says no to. The reason stands in the log, the codes and the text in what the mail program shows. Words in braces are filled in; \`{said}\` is what ISDS said, in Czech. An SMTP reply begins with the codes of the second column, a POP3 reply with \`-ERR\` and the response code in brackets; the text ends with the ISDS code, if one led to it, and the session number that is in the log. Replies are Czech or English (setting \`language\`); the Czech texts are in \`src/refusals\`.

A reply that begins with 4 is temporary: the same mail may be accepted later. After 5 something has to be changed first.

An ISDS code that is not in the table counts as temporary (\`isds-busy\` if it begins with 3, \`isds-failure\` otherwise), as does every HTTP status but 200 and 401. To AUTH all that is temporary is answered with \`454 4.7.0\` (RFC 4954 §6). While a message is being sent, everything but 401, 599, ISDS's own maintenance fault and a refusal with 1xxx, 2xxx or 3xxx except 3003 becomes \`outcome-unknown\`: the message may have been sent.
`;

/** Classes that lead to no refusal, or only in an administration of boxes that the gateway does not do. */
const NOT_REFUSED: readonly StatusClass[] = [
  'success',
  'success-empty',
  'partial',
  'end-of-enumeration',
  'skip',
  'administrative',
];

test('docs/refusals.md is the table of the catalogue', async () => {
  await expect(`${INTRODUCTION}\n${tableOfReplies()}\n`).toMatchFileSnapshot(FILE);
});

function tableOfReplies(): string {
  const codes = codesByReason();
  const rows = Object.entries(catalogue).map(([reason, { en }]) => {
    const refusal = { reason: reason as RefusalReason, facts: {} };
    const { code, enhanced } = smtpReply(refusal);
    const isds = inRuns(codes.get(reason) ?? []);
    return `| \`${reason}\` | ${code} ${enhanced} | \`${pop3ResponseCode(refusal)}\` | ${isds} | ${en} |`;
  });
  // Unaligned, as the longest cell would make every row as long as itself.
  return [
    '<!-- prettier-ignore -->',
    '| reason | SMTP | POP3 | ISDS codes | text |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function codesByReason(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<RefusalReason, string[]>();
  for (const [code, meaning] of STATUS_CODES) {
    if (NOT_REFUSED.includes(meaning.class)) continue;
    const error = new IsdsError({ kind: 'status', code, message: '', class: meaning.class });
    const { reason } = refusalFor(error, { box: 'urad453', address: 'urad453' });
    found.set(reason, [...(found.get(reason) ?? []), code]);
  }
  return found;
}

/** 2003, 2004, 2005 as 2003–2005. */
function inRuns(codes: readonly string[]): string {
  const runs: [first: string, last: string][] = [];
  for (const code of codes.toSorted()) {
    const run = runs.at(-1);
    if (run !== undefined && Number(code) === Number(run[1]) + 1) run[1] = code;
    else runs.push([code, code]);
  }
  return runs.map(([first, last]) => (first === last ? first : `${first}–${last}`)).join(', ');
}
