/** What documents say by number: which paragraphs they have, and which ones a text cites. */

/** A citation: `isds §6.6`, `mail-clients §12 P5`; without a document it is one of the text's own document. */
export interface Citation {
  readonly document: string | undefined;
  readonly paragraph: string;
}

const NUMBER = String.raw`\d+(?:\.\d+)*`;

/** What stands before a paragraph: one of our documents, also by its file's name, or another standard (`RFC 5321 §4.2`, `X.690 §8.1`). */
const CITED = new RegExp(
  String.raw`(?:(isds|mail-clients|design|architecture)(?:\.md)? |([A-Z][\w.-]*(?: \d[\w.-]*)?) )?((?:§${NUMBER}(?: [CPS]\d+\b)?(?:,? and |,? to |, )?)+)`,
  'g',
);

const PARAGRAPH = new RegExp(String.raw`§(${NUMBER}(?: [CPS]\d+\b)?)`, 'g');

/**
 * Headings by their numbers (`## 6.`, `### 6.6`), items of numbered lists by heading and number (`11.12` is item 12 of
 * §11), and rules with a letter (`- **P5**` in §12 is `12 P5`).
 */
export function paragraphsOf(markdown: string): string[] {
  let heading = '';
  return markdown.split('\n').flatMap((line) => {
    const headed = new RegExp(String.raw`^#{2,4} (${NUMBER})\.? `).exec(line)?.[1];
    if (headed !== undefined) return [(heading = headed)];
    const item = /^(\d+)\. /.exec(line)?.[1];
    if (item !== undefined) return [`${heading}.${item}`];
    const rule = /^- \*\*([CPS]\d+)\*\* /.exec(line)?.[1];
    return rule === undefined ? [] : [`${heading} ${rule}`];
  });
}

/** Every paragraph of our documents that is cited, in lists and over the ends of lines, too. */
export function citationsIn(text: string): Citation[] {
  const joined = text.replaceAll(/\s*\n\s*(?:\*|\/\/|#)?\s*/g, ' ');
  return Array.from(joined.matchAll(CITED)).flatMap(([, document, foreign, list = '']) =>
    foreign === undefined
      ? Array.from(list.matchAll(PARAGRAPH), ([, paragraph = '']) => ({ document, paragraph }))
      : [],
  );
}
