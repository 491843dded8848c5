/** Which lines of a mail its sender did not write: the quoted original of a reply, and the signature (mail-clients §10.5, §10.6). */

/** "Dne 5. 11. 2026 v 10:15 Jan Novák napsal(a):", and its like; may be broken into several lines. */
const DATED = /^(?:Dne|Dňa|On)\b.{0,300}\b(?:napsal|napísal|wrote)(?:\(a\)|a|\/a)?:$/i;
const MAX_ATTRIBUTION_LINES = 3;

/** "Jan Novák napsal(a) dne 5. 11. 2026:". */
const NAMED = /^.{1,200}\b(?:napsal|napísal|wrote)(?:\(a\)|a|\/a)?(?: (?:dne|dňa|on) .{1,100})?:$/i;

/** What Outlook and Seznam put above the original. */
const ORIGINAL = /^-{2,} ?(?:Původní (?:zpráva|e-?mail)|Pôvodná správa|Original (?:message|e-?mail)) ?-{2,}$/i;

/** What is below was forwarded: it is what its sender wants to send, quotations included. */
const FORWARDED = /^-{2,} ?(?:Přeposlaná zpráva|Přeposlaný e-?mail|Preposlaná správa|Forwarded message) ?-{2,}$/i;

/** The head of the original in newer Outlook: these fields one after the other. */
const HEAD = [/^\*?(?:Od|From):/i, /^\*?(?:Odesláno|Odoslané|Datum|Dátum|Sent|Date):/i];
const REST_OF_HEAD = /^\*?(?:Komu|To|Kopie|Kópia|Cc|Předmět|Predmet|Subject|Věc|Důležitost|Importance):/i;
const RULE = /^_{5,}$/;

const DELIMITER = '-- ';

/** For each line whether it is quoted. */
export function quotedLines(lines: readonly string[]): readonly boolean[] {
  const forwarded = lines.findIndex((line) => FORWARDED.test(line.trim()));
  const own = forwarded === -1 ? lines : lines.slice(0, forwarded);
  const quoted = own.map((line) => line.startsWith('>'));
  const start = own.findIndex((_, index) => isOriginal(own, index));
  if (start !== -1) quoted.fill(true, start);
  for (const [index, isQuoted] of quoted.entries()) {
    if (isQuoted && quoted[index - 1] !== true) markAttribution(own, index, quoted);
  }
  return lines.map((_, index) => quoted[index] ?? false);
}

/** For each line whether it belongs to the signature: from the delimiter (RFC 3676 §4.3) to the end, or to what is quoted below. */
export function signatureLines(lines: readonly string[], quoted: readonly boolean[]): readonly boolean[] {
  const start = lines.findLastIndex((line, index) => line === DELIMITER && quoted[index] === false);
  if (start === -1) return lines.map(() => false);
  const next = quoted.indexOf(true, start);
  const end = next === -1 ? lines.length : next;
  return lines.map((_, index) => index >= start && index < end);
}

function isOriginal(lines: readonly string[], index: number): boolean {
  const line = lines[index]?.trim() ?? '';
  if (ORIGINAL.test(line)) return true;
  const head = RULE.test(line) ? index + 1 + (lines[index + 1]?.trim() === '' ? 1 : 0) : index;
  return (
    HEAD.every((field, place) => field.test(lines[head + place] ?? '')) && REST_OF_HEAD.test(lines[head + 2] ?? '')
  );
}

/** The line that says who wrote what follows, with the empty ones between. */
function markAttribution(lines: readonly string[], start: number, quoted: boolean[]): void {
  let end = start;
  while (end > 0 && lines[end - 1]?.trim() === '') end--;
  let words = '';
  for (let first = end - 1; first >= Math.max(0, end - MAX_ATTRIBUTION_LINES); first--) {
    const line = lines[first]?.trim() ?? '';
    if (quoted[first] === true || line === '') break;
    words = `${line} ${words}`.trim();
    if (DATED.test(words)) {
      quoted.fill(true, first, start);
      return;
    }
  }
  const last = lines[end - 1]?.trim() ?? '';
  if (NAMED.test(last) && quoted[end - 1] === false) quoted.fill(true, end - 1, start);
}
