/** Takes the tags off markup of any length and shape, in time that grows with the length alone. */

/** Elements whose content nobody sees. */
const UNSEEN = /^<(script|style|title)(?=[\s/>])/i;

/** Anything else is a sign that means less than. */
const TAG = /^<[a-z/!?]/i;

/** Tags that end a line. */
const LINE_END = /^<(?:br|\/p|\/div|\/tr|\/li|\/h[1-6])(?=[\s/>])/i;

/** Longer than any name that is looked for. */
const LONGEST_NAME = 12;

const COMMENT = '<!--';

/** Line ends for blocks, nothing for other tags, and the few entities that occur in every text. */
export function stripTags(html: string): string {
  return withoutTags(html)
    .replace(/&#(\d{1,7});/g, (_, code: string) => fromCode(Number(code)))
    .replace(/&#x([\da-f]{1,6});/gi, (_, code: string) => fromCode(Number.parseInt(code, 16)))
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\n{3,}/g, '\n\n');
}

function withoutTags(html: string): string {
  const ends = new Ends(html);
  const pieces: string[] = [];
  let at = 0;
  for (let open = html.indexOf('<'); open !== -1; open = html.indexOf('<', at)) {
    pieces.push(html.slice(at, open));
    const beginning = html.slice(open, open + LONGEST_NAME);
    const end = ends.of(beginning, open);
    if (end === undefined) pieces.push('<');
    else if (LINE_END.test(beginning)) pieces.push('\n');
    at = end ?? open + 1;
  }
  pieces.push(html.slice(at));
  return pieces.join('');
}

/** Where what begins somewhere ends. What was looked for in vain once is not looked for again. */
class Ends {
  readonly #html: string;
  readonly #found = new Map<string, number>();

  constructor(html: string) {
    this.#html = html;
  }

  /** Position behind the comment, the unseen element or the tag; undefined when it is only a sign. */
  of(beginning: string, open: number): number | undefined {
    if (beginning.startsWith(COMMENT)) {
      const end = this.#next('-->', open + COMMENT.length);
      if (end !== undefined) return end + '-->'.length;
    }
    const name = UNSEEN.exec(beginning)?.[1]?.toLowerCase();
    const close = name === undefined ? undefined : this.#next(`</${name}`, open);
    if (close !== undefined) return (this.#next('>', close) ?? this.#html.length - 1) + 1;
    if (!TAG.test(beginning)) return undefined;
    const end = this.#next('>', open);
    const other = this.#next('<', open + 1);
    return end === undefined || (other !== undefined && other < end) ? undefined : end + 1;
  }

  /** The next place of a sign at or behind `from`, which never goes back. */
  #next(sign: string, from: number): number | undefined {
    const known = this.#found.get(sign) ?? -1;
    const place = known >= from ? known : this.#search(sign, from);
    this.#found.set(sign, place);
    return place === Number.POSITIVE_INFINITY ? undefined : place;
  }

  #search(sign: string, from: number): number {
    if (!sign.startsWith('</')) {
      const place = this.#html.indexOf(sign, from);
      return place === -1 ? Number.POSITIVE_INFINITY : place;
    }
    const close = new RegExp(`${sign}\\b`, 'gi');
    close.lastIndex = from;
    return close.exec(this.#html)?.index ?? Number.POSITIVE_INFINITY;
  }
}

function fromCode(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
