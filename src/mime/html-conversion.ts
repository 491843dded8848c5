/** How the markup of a body becomes its text. Slow and quadratic in bad cases: only for the thread of `html-worker.ts`. */
import { htmlToText, type HtmlToTextOptions } from 'html-to-text';
import { contentIdOf } from './content-id.ts';
import type { PicturePlaces } from './picture-places.ts';
import { stripTags } from './strip-tags.ts';

/** Longer bodies lose only their layout. */
const LONGEST_CONVERTED = 1024 * 1024;

/** Quotes in quotes grow with the square of their depth; a text is no longer than its markup otherwise. */
const MOST_GROWTH = 4;

/** Pictures inside the markup: they are no text and may be megabytes long. */
const DATA_ADDRESS = /\bdata:[^"'\s)>]{64,}/g;

const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

/** How some programs hide a preview line; their readers never saw it. */
const HIDDEN = ['[style*="display:none"]', '[style*="display: none"]', '[hidden]'];

/** A width in pixels; percents and the like tell nothing without the window. */
const PIXELS = /^\d{1,5}$/;

const optionsFor = (places: PicturePlaces): HtmlToTextOptions => ({
  wordwrap: false,
  formatters: {
    cell: (element, walk, builder) => {
      walk(element.children, builder);
      builder.addInline(' ');
    },
    picture: ({ attribs }, _walk, builder) => {
      const [, address] = /^cid:(.*)$/i.exec(attribs?.src?.trim() ?? '') ?? [];
      const width = PIXELS.test(attribs?.width ?? '') ? Number(attribs?.width) : undefined;
      if (address !== undefined) builder.addInline(places.mark(contentIdOf(address), width));
    },
  },
  selectors: [
    ...HEADINGS.map((selector) => ({ selector, options: { uppercase: false } })),
    ...HIDDEN.map((selector) => ({ selector, format: 'skip' })),
    { selector: 'img', format: 'picture' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, noAnchorUrl: true } },
    // Rows are lines and cells are words: the default runs the cells of a layout table together.
    { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'td', format: 'cell' },
    { selector: 'th', format: 'cell' },
  ],
});

/** Without marks where the markup is too long or too broken to be converted. */
export function convertHtml(html: string, places: PicturePlaces): string {
  const markup = html.replace(DATA_ADDRESS, '');
  // In HTML the hard blank is a means of layout and not a letter of the text.
  return (converted(markup, places) ?? stripTags(markup)).replace(/\u00a0/g, ' ');
}

function converted(markup: string, places: PicturePlaces): string | undefined {
  if (markup.length > LONGEST_CONVERTED) return undefined;
  try {
    const text = htmlToText(markup, optionsFor(places));
    return text.length > MOST_GROWTH * LONGEST_CONVERTED ? undefined : text;
  } catch {
    // Thousands of nested elements exhaust the stack of the converter's recursion.
    return undefined;
  }
}
