/** Refusals and phrases put into words of the configured language; the same in ASCII for POP3, which mail programs read as Latin-1 (mail-clients §8.3). */
import type { Words } from './catalogue-entry.ts';
import { catalogue } from './catalogue.ts';
import { type Phrase, phrases } from './phrases.ts';
import type { Fact, Refusal, RefusalFacts, RefusalReason } from './refusal.ts';

export type Language = keyof Words;

/** Longest piece of a foreign text (a file name, ISDS's message) repeated in a reply; a reply line has room for 512 octets (RFC 5321 §4.5.3.1.5). */
const MAX_FACT_LENGTH = 150;

/** Facts that are lists of ours, of a bounded number of names, among which a sender has to choose; reply lines are broken for them. */
const LISTS: ReadonlySet<string> = new Set(['known', 'candidates']);
const MAX_LIST_LENGTH = 2_000;

const CONTROL = /[\p{Cc}\u2028\u2029]+/gu;

/** Most problems listed in one answer: mail programs show it in a dialog box, and it has to fit on the screen. */
const MAX_PROBLEMS = 20;

/** Made once with the language, and handed to whoever speaks. */
export class Wording {
  readonly #language: Language;
  #day: Intl.DateTimeFormat | undefined;

  constructor(language: Language) {
    this.#language = language;
  }

  say(phrase: Phrase, facts: RefusalFacts = {}): string {
    return this.#fill(phrases[phrase], (name) => this.#fact(facts[name]));
  }

  /** One line: the text with the ISDS code, if any, and the session that support will ask for. */
  refusal(refusal: Refusal, session: string): string {
    const count = (refusal.others ?? []).length + 1;
    const mark = count === 1 ? this.say('session', { session }) : this.say('session-of-many', { session, count });
    return `${this.text(refusal)} ${mark}`;
  }

  /** One line a problem. The first is complete in itself, for programs that show no more than that. */
  refusals(refusal: Refusal, session: string): readonly string[] {
    const others = (refusal.others ?? []).map((other) => this.text(other));
    const shown = others.slice(0, MAX_PROBLEMS - 1);
    const rest = others.length - shown.length;
    return [
      this.refusal(refusal, session),
      ...shown,
      ...(rest === 0 ? [] : [this.say('more-problems', { count: rest })]),
    ];
  }

  /** The text alone, with the ISDS code if there is one. */
  text({ reason, facts, isdsCode }: Refusal): string {
    const text = this.#fill(catalogue[reason], (name) => {
      const fact = this.#fact(facts[name]);
      const longest = LISTS.has(name) ? MAX_LIST_LENGTH : MAX_FACT_LENGTH;
      const short = fact.length > longest ? `${fact.slice(0, longest)}…` : fact;
      return name === 'said' && short !== '' ? ` ${this.say('isds-says', { said: short })}` : short;
    });
    return isdsCode === undefined ? text : `${text} [ISDS ${isdsCode}]`;
  }

  /** The day of a moment in Prague. */
  day(moment: Date): string {
    const locale = { cs: 'cs-CZ', en: 'en-GB' }[this.#language];
    this.#day ??= new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'Europe/Prague' });
    // The formatter puts no-break spaces into the date.
    return this.#day.format(moment).replace(/\s/g, ' ');
  }

  #fill(words: Words, fact: (name: string) => string): string {
    return words[this.#language].replace(/\{(\w+)\}/g, (_, name: string) => fact(name));
  }

  #fact(value: Fact | undefined): string {
    if (value === undefined) return '';
    if (typeof value === 'number') return this.#language === 'cs' ? String(value).replace('.', ',') : String(value);
    const text = typeof value === 'string' ? value : value[this.#language];
    return text.replace(CONTROL, ' ').trim();
  }
}

/** Whether nothing would be missing in the text; it reads well without what ISDS said. */
export function canBeWorded(reason: RefusalReason, facts: RefusalFacts): boolean {
  const needed = catalogue[reason].cs.matchAll(/\{(\w+)\}/g);
  return [...needed].every(([, name = '']) => name === 'said' || facts[name] !== undefined);
}

/** Signs of Czech and English texts as a keyboard without them writes them. */
const IN_ASCII: Readonly<Record<string, string>> = {
  ...signs('„“”«»', '"'),
  ...signs('‚‘’‹›', "'"),
  ...signs('‐‑‒–—−', '-'),
  ...signs('\u00a0\u2009\u202f\t', ' '),
  '…': '...',
  '€': 'EUR',
  '×': 'x',
  '§': 'par.',
  '№': 'c.',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ß: 'ss',
  ø: 'o',
  Ø: 'O',
};

function signs(all: string, ascii: string): Record<string, string> {
  return Object.fromEntries(Array.from(all, (sign) => [sign, ascii]));
}

/**
 * Text in ASCII: letters lose their diacritics, typographic marks become plain ones, the rest a question mark. Marks that stand
 * by themselves go first, for sorting a long run of them takes time with the square of its length.
 */
export function toAscii(text: string): string {
  return text
    .replace(/\p{M}+/gu, '')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\x20-\x7e]/g, (sign) => IN_ASCII[sign] ?? '?');
}
