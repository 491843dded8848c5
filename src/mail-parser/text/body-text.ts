/** The body of a mail as one plain text, chosen and joined from its text parts (mail-clients §10.5). */
import {
  contentIdOf,
  countMarks,
  type PlacedPicture,
  PicturePlaces,
  withoutMarks,
  withoutPlaces,
} from './picture-places.ts';
import { htmlToPlainText, type HtmlEffort } from './html-thread.ts';
import type { HeaderFields } from '../parts/header-fields.ts';
import type { PartNode } from '../parts/mail-parts.ts';
import { missing, said, saidWords, wordsOfMarkup } from './said-words.ts';

/** One form of the text as it stands in the mail. */
export interface BodyPart {
  readonly kind: 'plain' | 'html';
  /** Decoded, with \n line ends. */
  readonly text: string;
}

/** Body parts by the header block of the node they belong to. */
export type BodyParts = ReadonlyMap<HeaderFields, BodyPart>;

/** What Outlook and Gmail put into the plain text where a picture stood; without brackets inside, or many would be slow. */
const PICTURE_MARKERS = /\[(?:cid|image): ?[^[\]\n]*\]/g;
const CID_MARKERS = /\[cid: ?([^[\]\n]*)\]/g;

const NO_LETTERS = /[^\p{L}\p{N}]+/gu;

/** A form with fewer letters than this beside the markers says nothing. */
const MIN_LETTERS = 1;

/** Share of words that another form may have beyond the plain one: a preview line, words of a link for reading in a browser. */
const MAX_MISSING = 0.1;

/** "This message is in HTML", "view it in a browser", "your program cannot": whoever reads the other form loses nothing. */
const STUB =
  /^(?=[^]{0,300}$)[^]*(?:\bHTML\b|zobraz\S*[^.]*prohlížeč|\b(?:view|open|read)\b[^.]*\bbrowser|(?:program|klient|client|viewer|reader)\b[^.]*(?:neumí|nedokáže|nepodporuje|nemůže|cannot|can't|does not|doesn't|unable))/iu;

// eslint-disable-next-line no-control-regex -- control characters are what this looks for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** Words struck out and figures raised, in markup and in the text that it becomes; plain forms that programs make lose them. */
const MARKS_OF_MEANING = /<(?:s|del|strike|sup)[\s>]|line-through/i;
const MEANING = /\[přeškrtnuto: |\^/u;

/** The text of a mail. */
export interface Body {
  /** With PICTURE_PLACE where a picture is shown; undefined when there is nothing but white space. */
  readonly text: string | undefined;
  /** In the order of their places; each is shown once. */
  readonly pictures: readonly PlacedPicture[];
}

/** `pictures` are the Content-IDs of those that the HTML shows and the mail has. */
export async function bodyText(
  tree: PartNode,
  parts: BodyParts,
  pictures: Iterable<string>,
  effort: HtmlEffort,
): Promise<Body> {
  const places = new PicturePlaces(pictures);
  const whole = (await textOf(tree, { parts, places, effort }))
    .replace(CONTROLS, '')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
  const body = places.settle(whole);
  const text = body.text.replace(/^\n+/, '').trimEnd();
  return { text: text === '' ? undefined : text, pictures: body.pictures };
}

/** Content-IDs that the HTML shows as pictures, without angle brackets. */
export function referencedPictures(parts: BodyParts): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const part of parts.values()) {
    if (part.kind === 'plain') continue;
    for (const [, id = ''] of part.text.matchAll(/\bcid:([^"'\s<>)]+)/gi)) ids.add(contentIdOf(id));
  }
  return ids;
}

interface Source {
  readonly parts: BodyParts;
  readonly places: PicturePlaces;
  readonly effort: HtmlEffort;
}

/** With the marks of pictures. */
async function textOf(node: PartNode, source: Source): Promise<string> {
  const part = source.parts.get(node.headers);
  if (part !== undefined) return partText(part, source);
  if (node.contentType === 'multipart/alternative') return bestAlternative(node, source);
  const texts: string[] = [];
  for (const child of node.children) {
    const text = await textOf(child, source);
    if (text.trim() !== '') texts.push(text.trimEnd());
  }
  return texts.join('\n\n');
}

async function partText(part: BodyPart, { places, effort }: Source): Promise<string> {
  const text = withoutPlaces(part.text);
  if (part.kind === 'html') return htmlToPlainText(text, places, effort);
  return text.replace(CID_MARKERS, (_, contentId: string) => places.mark(contentId));
}

/**
 * The plain text, unless another form says more: then that one, of several the last, which the sender's program holds for the best
 * (RFC 2046 §5.1.4).
 */
async function bestAlternative(node: PartNode, source: Source): Promise<string> {
  const plainFirst = node.children.toReversed().toSorted((a, b) => rank(a, source.parts) - rank(b, source.parts));
  let best = '';
  for (const [index, child] of plainFirst.entries()) {
    if (isSaidBy(best, child, source.parts)) continue;
    const text = await textOf(child, source);
    if (!saysMore(text, best)) continue;
    best = (await sameWithPictures(text, plainFirst.slice(index + 1), source)) ?? text;
  }
  return best;
}

/** Without converting it: whether the text has all that the markup of another form shows. */
function isSaidBy(text: string, node: PartNode, parts: BodyParts): boolean {
  if (!saysSomething(text) || isStub(text)) return false;
  const markup = markupIn(node, parts);
  return !MARKS_OF_MEANING.test(markup) && missing(wordsOfMarkup(markup), saidWords(text)) <= MAX_MISSING;
}

function markupIn(node: PartNode, parts: BodyParts): string {
  return [parts.get(node.headers)?.text ?? '', ...node.children.map((child) => markupIn(child, parts))].join(' ');
}

function saysMore(text: string, best: string): boolean {
  if (!saysSomething(best)) return best === '' || saysSomething(text);
  if (!saysSomething(text)) return false;
  if (isStub(best)) return true;
  if (MEANING.test(text) && !MEANING.test(best)) return missing(saidWords(best), saidWords(text)) <= MAX_MISSING;
  if (missing(saidWords(text), saidWords(best)) <= MAX_MISSING) return false;
  return letters(text).length > letters(best).length;
}

function saysSomething(text: string): boolean {
  return letters(text).length >= MIN_LETTERS;
}

function isStub(text: string): boolean {
  return STUB.test(words(text));
}

function letters(text: string): string {
  return words(text).replace(NO_LETTERS, '');
}

/** The alternative that shows more pictures, if it says just the same: what only one of them says must not be lost. */
async function sameWithPictures(
  text: string,
  others: readonly PartNode[],
  source: Source,
): Promise<string | undefined> {
  if (countMarks(text) >= source.places.size) return undefined;
  const wanted = letters(text);
  for (const other of others) {
    const candidate = await textOf(other, source);
    const same = countMarks(candidate) > countMarks(text) && letters(candidate) === wanted;
    if (same) return candidate;
  }
  return undefined;
}

/** What is left without pictures. */
function words(text: string): string {
  return said(withoutMarks(text)).replace(PICTURE_MARKERS, '').trim();
}

function rank(node: PartNode, parts: BodyParts): number {
  return parts.get(node.headers)?.kind === 'plain' ? 0 : 1;
}
