/** A refusal put into words: Czech for SMTP, the same in ASCII for POP3, which mail programs read as Latin-1 (mail-clients §8.3). */
import { catalogue } from './catalogue.ts';
import type { Refusal } from './refusal.ts';

/** Longest piece of a foreign text (a file name, ISDS's message) repeated in a reply; a reply line has room for 512 octets (RFC 5321 §4.5.3.1.5). */
const LONGEST_FACT = 150;

// eslint-disable-next-line no-control-regex -- control characters are what this looks for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** Most problems listed in one answer: mail programs show it in a dialog box, and it has to fit on the screen. */
const MOST_PROBLEMS = 20;

/** The Czech text with the ISDS code, if any, and the session that support will ask for. */
export function wordRefusal(refusal: Refusal, sessionId: string): string {
  const { length } = refusal.others ?? [];
  const count = length === 0 ? '' : `, celkem problémů: ${length + 1}`;
  return `${plainText(refusal)} (relace ${sessionId}${count})`;
}

/** One line a problem. The first is complete in itself, for programs that show no more than that. */
export function wordRefusals(refusal: Refusal, sessionId: string): readonly string[] {
  const others = (refusal.others ?? []).map(plainText);
  const shown = others.slice(0, MOST_PROBLEMS - 1);
  const rest = others.length - shown.length;
  return [wordRefusal(refusal, sessionId), ...shown, ...(rest === 0 ? [] : [`Další problémy, celkem ${rest}.`])];
}

/** SMTP reply code and enhanced status code of a refusal. */
export function smtpReply(refusal: Refusal): { code: number; enhanced: string } {
  const [code = '', enhanced = ''] = catalogue[refusal.reason].smtp.split(' ');
  return { code: Number(code), enhanced };
}

/** The POP3 response code of a refusal, without brackets (RFC 2449 §8, RFC 3206). */
export function pop3ResponseCode(refusal: Refusal): string {
  return catalogue[refusal.reason].pop3;
}

/** Czech text in ASCII: letters lose their diacritics, typographic marks become plain ones, the rest a question mark. */
export function toAscii(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[„“”]/g, '"')
    .replace(/[–—]/g, '-')
    .replace(/[^\x20-\x7e]/g, '?');
}

function plainText(refusal: Refusal): string {
  const text = catalogue[refusal.reason].text.replace(/\{(\w+)\}/g, (_, name: string) => fact(refusal, name));
  return refusal.isdsCode === undefined ? text : `${text} [ISDS ${refusal.isdsCode}]`;
}

function fact(refusal: Refusal, name: string): string {
  const value = refusal.facts[name];
  if (value === undefined) return '';
  const clean = String(value).replace(CONTROL, ' ').trim();
  const short = clean.length > LONGEST_FACT ? `${clean.slice(0, LONGEST_FACT)}…` : clean;
  return name === 'said' && short !== '' ? ` ISDS uvádí: ${short}` : short;
}
