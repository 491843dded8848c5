/**
 * How the markup of a body becomes its text: all that a browser shows, in its order, wherever in the document it stands.
 * Slow and quadratic in bad cases: only for the thread of `html-worker.ts`.
 */
import {
  type DomNode,
  type FormatCallback,
  htmlToText,
  type HtmlToTextOptions,
  type SelectorDefinition,
} from 'html-to-text';
import { contentIdOf, type PicturePlaces } from './picture-places.ts';
import { orderedList } from './html-list.ts';

/** Quotes in quotes grow with the square of their depth; a thousand pages are more than anybody reads. */
const MAX_TEXT_LENGTH = 4 * 1024 * 1024;

/** Pictures inside the markup: they are no text and may be megabytes long. */
const DATA_ADDRESS = /\bdata:[^"'\s)>]{64,}/g;

const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

/** What a browser begins on a line of its own (WHATWG HTML §15.3), beside those that the library knows. */
const BLOCKS =
  'address caption center dd details dialog dir dl dt fieldset figcaption figure hgroup legend li listing menu optgroup search summary tbody tfoot thead xmp';

/** How some programs hide a preview line; their readers never saw it. */
const HIDDEN = ['[style*="display:none"]', '[style*="display: none"]', '[hidden]'];

/** What no browser shows. */
const UNSEEN = 'title style script template datalist';

const STRUCK_OUT = ['s', 'del', 'strike', '[style*="line-through"]'];

/** Fields whose value is a word for a button, a secret, or not to be seen. */
const FIELDS_WITHOUT_TEXT = new Set(['hidden', 'password', 'submit', 'button', 'reset', 'image', 'file']);

/** Wider than a blank, which Czech puts into numbers: "1" and "500" in two cells are not 1500. Hard blanks, or they would run together. */
const CELL_GAP = '\u00a0\u00a0\u00a0';

/** Between the cells of a table of data, where an empty one must be seen to be empty. */
const CELL_SIGN = '\u00a0|\u00a0';

/** A width in pixels; percents and the like tell nothing without the window. */
const PIXELS = /^\d{1,5}$/;

const optionsFor = (places: PicturePlaces): HtmlToTextOptions => ({
  wordwrap: false,
  // No element is the base of all: replies are written in front of <body> and behind it.
  baseElements: { selectors: ['no-such-element'], returnDomByDefault: true },
  formatters: {
    cell: (element, walk, builder) => {
      const first = element.parent?.children.find(({ name }) => name === 'td' || name === 'th');
      if (first !== element) builder.addInline(isOfData(element.parent) ? CELL_SIGN : CELL_GAP);
      walk(element.children, builder);
    },
    picture: ({ attribs }, _walk, builder) => {
      const [, address] = /^cid:(.*)$/i.exec(attribs?.src?.trim() ?? '') ?? [];
      const width = PIXELS.test(attribs?.width ?? '') ? Number(attribs?.width) : undefined;
      const mark = address === undefined ? '' : places.mark(contentIdOf(address), width);
      // Words for a picture that is not shown stand for it.
      builder.addInline(mark === '' ? (attribs?.alt ?? '') : mark);
    },
    struckOut: (element, walk, builder) => {
      builder.addInline('[přeškrtnuto: ');
      walk(element.children, builder);
      builder.addInline(']');
    },
    raised: (element, walk, builder) => {
      builder.addInline('^');
      walk(element.children, builder);
    },
    field: formField,
    choice: chosenOptions,
    orderedList,
  },
  selectors: [
    ...each(BLOCKS.split(' '), { format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } }),
    ...each(HEADINGS, { options: { uppercase: false } }),
    ...each(STRUCK_OUT, { format: 'struckOut' }),
    ...each([...HIDDEN, ...UNSEEN.split(' ')], { format: 'skip' }),
    { selector: 'sup', format: 'raised' },
    { selector: 'ol', format: 'orderedList', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
    { selector: 'input', format: 'field' },
    { selector: 'select', format: 'choice' },
    { selector: 'img', format: 'picture' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, noAnchorUrl: true } },
    // Rows are lines and cells are words: the default runs the cells of a layout table together.
    { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    ...each(['td', 'th'], { format: 'cell' }),
  ],
});

/** Whether a row belongs to data: it has several cells, and none of them holds a table, as those of a layout do. */
function isOfData(row: DomNode | undefined | null): boolean {
  const table = row?.parent?.name === 'table' ? row.parent : row?.parent?.parent;
  const isRuled =
    /^[1-9]/.test(table?.attribs?.['border'] ?? '') || (row?.children ?? []).some(({ name }) => name === 'th');
  return isRuled;
}

function each(selectors: readonly string[], definition: Omit<SelectorDefinition, 'selector'>): SelectorDefinition[] {
  return selectors.map((selector) => ({ selector, ...definition }));
}

const formField: FormatCallback = ({ attribs = {} }, _walk, builder) => {
  const type = attribs['type']?.toLowerCase() ?? 'text';
  if (type === 'checkbox' || type === 'radio') builder.addInline(attribs['checked'] === undefined ? '[ ] ' : '[x] ');
  else if (!FIELDS_WITHOUT_TEXT.has(type)) builder.addInline(attribs['value'] ?? '');
};

/** Those that are chosen; of a list that lets choose one, without a choice the first one is shown. */
const chosenOptions: FormatCallback = (element, walk, builder) => {
  const options = element.children.flatMap((child) => (child.name === 'optgroup' ? child.children : [child]));
  const all = options.filter(({ name }) => name === 'option');
  const chosen = all.filter(({ attribs }) => attribs?.['selected'] !== undefined);
  const isOne = element.attribs?.['multiple'] === undefined;
  for (const option of chosen.length === 0 && isOne ? all.slice(0, 1) : chosen) {
    walk(option.children, builder);
    builder.addInline(' ');
  }
};

/** Undefined where the text would be too long, or the markup is nested too deep. */
export function convertHtml(html: string, places: PicturePlaces): string | undefined {
  try {
    const text = htmlToText(html.replace(DATA_ADDRESS, ''), optionsFor(places));
    // In HTML the hard blank is a means of layout and not a letter of the text.
    return text.length > MAX_TEXT_LENGTH ? undefined : text.replace(/\u00a0/g, ' ');
  } catch {
    // Thousands of nested elements exhaust the stack of the converter's recursion.
    return undefined;
  }
}
