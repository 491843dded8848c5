/** What of the text of a mail is sent, by the settings: all of it, or without what its sender only quoted or signs with (mail-clients §10.5, §10.6). */
import { PICTURE_PLACE } from '../core/index.ts';
import { type Draft, type DraftPicture, isDecoration } from '../mail-parser/index.ts';
import type { TextPart } from './types.ts';

/** What of the text is sent. */
export interface WrittenTextSettings {
  readonly quotedText: 'keep' | 'remove';
  readonly signature: 'keep' | 'remove';
}

/** The text that is sent. */
export interface WrittenText {
  readonly text: string;
  /** For each PICTURE_PLACE of the text. */
  readonly pictures: readonly DraftPicture[];
  readonly unsent: readonly TextPart[];
}

/** Who forwards a mail wants its text to arrive. */
const FORWARDED = /^\s*(?:fwd?|přep|předáno)\s*:/i;

/** Two hundred pages; what is longer is no reply, and looking through its lines would stop everybody else. */
const MAX_REPLY_LENGTH = 500_000;

/** Nothing is removed when nothing would remain, for then the quotation was the message. */
export function writtenText(draft: Draft, settings: WrittenTextSettings): WrittenText {
  const whole = { text: draft.text ?? '', pictures: draft.pictures };
  const keepsAll = settings.quotedText === 'keep' && settings.signature === 'keep';
  if (keepsAll || whole.text.length > MAX_REPLY_LENGTH) return { ...whole, unsent: [] };
  const lines = whole.text.split('\n');
  const quoted = quotedLines(lines);
  const signature = signatureLines(lines, quoted);
  const removesQuoted = settings.quotedText === 'remove' && quoted.includes(true) && !FORWARDED.test(draft.subject);
  const removesSignature = settings.signature === 'remove' && signature.includes(true);
  if (!removesQuoted && !removesSignature) return { ...whole, unsent: [] };
  const kept = keep(lines, whole.pictures, (index) => {
    return !(removesQuoted && quoted[index] === true) && !(removesSignature && signature[index] === true);
  });
  if (kept.text === '') return { ...whole, unsent: [] };
  return {
    ...kept,
    unsent: [
      ...(removesQuoted ? (['quoted-text'] as const) : []),
      ...(removesSignature ? (['signature'] as const) : []),
    ],
  };
}

/**
 * Pictures of which the text does not tell where they stood follow at its end, below a signature or quotation that they need
 * not belong to: there only those go with it that look like a part of it.
 */
function keep(
  lines: readonly string[],
  pictures: readonly DraftPicture[],
  isKept: (index: number) => boolean,
): Omit<WrittenText, 'unsent'> {
  const kept: { lines: string[]; pictures: DraftPicture[] } = { lines: [], pictures: [] };
  const lastWords = lines.findLastIndex((line) => line.replaceAll(PICTURE_PLACE, '').trim() !== '');
  let next = 0;
  for (const [index, line] of lines.entries()) {
    const shown = pictures.slice(next, next + line.split(PICTURE_PLACE).length - 1);
    next += shown.length;
    const isScan = index > lastWords && shown.some((picture) => !isDecoration(picture));
    if (!isKept(index) && !isScan) continue;
    kept.lines.push(line);
    kept.pictures.push(...shown);
  }
  return {
    text: kept.lines
      .join('\n')
      .replace(/^(?:[ \t]*\n)+/, '')
      .trimEnd(),
    pictures: kept.pictures,
  };
}

/** "Dne 5. 11. 2026 v 10:15 Jan Novák napsal(a):", and its like; may be broken into several lines. */
const DATED = /^(?:Dne|Dňa|On)\b.{0,300}\b(?:napsal|napísal|wrote)(?:\(a\)|a|\/a)?:$/i;
const MAX_ATTRIBUTION_LINES = 3;

/** "Jan Novák napsal(a) dne 5. 11. 2026:". */
const NAMED = /^.{1,200}\b(?:napsal|napísal|wrote)(?:\(a\)|a|\/a)?(?: (?:dne|dňa|on) .{1,100})?:$/i;

/** What Outlook and Seznam put above the original. */
const ORIGINAL = /^-{2,} ?(?:Původní (?:zpráva|e-?mail)|Pôvodná správa|Original (?:message|e-?mail)) ?-{2,}$/i;

/** What is below was forwarded: it is what its sender wants to send, quotations included. */
const FORWARDED_BELOW = /^-{2,} ?(?:Přeposlaná zpráva|Přeposlaný e-?mail|Preposlaná správa|Forwarded message) ?-{2,}$/i;

/** The head of the original in newer Outlook: these fields one after the other. */
const HEAD = [/^\*?(?:Od|From):/i, /^\*?(?:Odesláno|Odoslané|Datum|Dátum|Sent|Date):/i];
const REST_OF_HEAD = /^\*?(?:Komu|To|Kopie|Kópia|Cc|Předmět|Predmet|Subject|Věc|Důležitost|Importance):/i;
const RULE = /^_{5,}$/;

const DELIMITER = '-- ';

/** For each line whether it is quoted. */
export function quotedLines(lines: readonly string[]): readonly boolean[] {
  const forwarded = lines.findIndex((line) => FORWARDED_BELOW.test(line.trim()));
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
