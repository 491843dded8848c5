/** What of the text of a mail is sent, by the settings: all of it, or without what its sender only quoted or signs with. */
import { PICTURE_PLACE } from '../core/index.ts';
import { type Draft, type DraftPicture, isDecoration } from '../mail-parser/index.ts';
import { quotedLines, signatureLines } from './quoted-text.ts';
import type { TextPart } from './types.ts';

export interface WrittenTextSettings {
  readonly quotedText: 'keep' | 'remove';
  readonly signature: 'keep' | 'remove';
}

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
