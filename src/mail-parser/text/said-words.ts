/** Which words a text says, to tell which of two forms of a text says more. */

const WORDS = /[\p{L}\p{N}]{2,}/gu;

/** Addresses of links: programs write them into plain texts, and the conversion of HTML behind the words of a link. */
const LINKS = /\b(?:https?|mailto|tel):[^\s<>[\]]*/gi;

/** Signs without a picture (Unicode category Cf, and the combining grapheme joiner), with which some programs fill an empty text. */
const INVISIBLE = /[\p{Cf}\u034f]/gu;

/** Elements whose content is not shown, comments included; how each begins and ends. */
const UNSEEN: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['<style', '</style'],
  ['<script', '</script'],
  ['<title', '</title'],
];

/** Words of a text without their order; letters alone count. */
export function saidWords(text: string): ReadonlySet<string> {
  return new Set(said(text).toLowerCase().match(WORDS));
}

/** A text without signs that nobody sees, and without the addresses of links, which say nothing by themselves. */
export function said(text: string): string {
  return text.replace(INVISIBLE, '').replace(LINKS, ' ');
}

/** Words that markup shows, found without understanding it: some may be broken or hidden. Linear in its length. */
export function wordsOfMarkup(markup: string): ReadonlySet<string> {
  const lower = markup.toLowerCase();
  let text = '';
  for (let at = 0; at < lower.length;) {
    const tag = lower.indexOf('<', at);
    text += lower.slice(at, tag === -1 ? undefined : tag);
    if (tag === -1) break;
    const [, end] = UNSEEN.find(([begin]) => lower.startsWith(begin, tag)) ?? ['', '>'];
    const ended = lower.indexOf(end, tag + 1);
    if (ended === -1) break;
    // What ends an element is a tag itself, and a break between words.
    at = end.startsWith('<') ? ended : ended + end.length;
    text += ' ';
  }
  return saidWords(text);
}

/** The share of the words that the others lack, from 0 to 1. */
export function missing(words: ReadonlySet<string>, among: ReadonlySet<string>): number {
  const lost = words.difference(among).size;
  return words.size === 0 ? 0 : lost / words.size;
}
