/**
 * Pictures that stand in the markup itself (RFC 2397), as Thunderbird leaves some: they become parts of the mail like others.
 * The time grows with the length of the markup alone, whatever stands in it.
 */

/** A picture that stood in the markup itself. */
export interface EmbeddedPicture {
  /** Content-ID by which the markup refers to it from now on. */
  readonly contentId: string;
  readonly type: string;
  readonly content: Buffer;
}

/** Every address of a picture has one; what stands before it is looked at once, from here backwards. */
const MARK = /;base64,/gi;

/** What no address has before its mark. */
const FOREIGN = /[,"'\s)>]/;

/** How the address begins, up to its parameters. */
const BEGINNING = /\bdata:(image\/[\w.+-]+)$/i;
const PARAMETER = /^[\w-]+=/;

const LINE = /[\w+/=%-]*/y;
/** Base64 may go on in the next line. */
const LINE_BREAK = /[\r\n]+[ \t]*(?=[\w+/=%-])/y;

/** A domain that no Content-ID of a program has (RFC 6761 §6.4). */
const DOMAIN = 'embedded.invalid';

/**
 * The markup with cid: addresses in the place of its pictures; each picture once, however often it is shown. `number` gives
 * one that no other picture of the mail has.
 */
export function takeOutPictures(
  html: string,
  number: () => number,
): { readonly html: string; readonly pictures: readonly EmbeddedPicture[] } {
  const pictures = new Map<string, EmbeddedPicture>();
  const rest: string[] = [];
  let taken = 0;
  for (const { index, 0: mark } of html.matchAll(MARK)) {
    const content = index + mark.length;
    const found = index < taken ? undefined : beginningBefore(html, taken, index);
    if (found === undefined) continue;
    const end = endOfBase64(html, content);
    const address = html.slice(found.begin, end);
    const picture = pictures.get(address) ?? {
      contentId: `${number()}@${DOMAIN}`,
      type: found.type.toLowerCase(),
      content: Buffer.from(unescaped(html.slice(content, end)), 'base64'),
    };
    pictures.set(address, picture);
    rest.push(html.slice(taken, found.begin), `cid:${picture.contentId}`);
    taken = end;
  }
  rest.push(html.slice(taken));
  return { html: rest.join(''), pictures: [...pictures.values()] };
}

/** Where the address begins that has its mark here, the earliest place behind which there are only parameters. */
function beginningBefore(
  html: string,
  least: number,
  mark: number,
): { readonly begin: number; readonly type: string } | undefined {
  let found: { begin: number; type: string } | undefined;
  for (let end = mark; end > least;) {
    let start = end;
    while (start > least && html[start - 1] !== ';' && !FOREIGN.test(html[start - 1]!)) start--;
    const piece = html.slice(start, end);
    const beginning = BEGINNING.exec(piece);
    if (beginning !== null) found = { begin: start + beginning.index, type: beginning[1] ?? '' };
    if (html[start - 1] !== ';' || !PARAMETER.test(piece)) break;
    end = start - 1;
  }
  return found;
}

function endOfBase64(html: string, begin: number): number {
  let end = begin + matchAt(LINE, html, begin).length;
  for (let next = matchAt(LINE_BREAK, html, end); next !== ''; next = matchAt(LINE_BREAK, html, end)) {
    end += next.length;
    end += matchAt(LINE, html, end).length;
  }
  return end;
}

/** What a sticky expression finds at this place. */
function matchAt(expression: RegExp, text: string, place: number): string {
  expression.lastIndex = place;
  return expression.exec(text)?.[0] ?? '';
}

/** In an address plus signs and padding may be written with percent signs. */
function unescaped(base64: string): string {
  return base64.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
