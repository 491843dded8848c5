/** How the markup of a body becomes its text. Slow and quadratic in bad cases: only for the thread of `html-worker.ts`. */
import { htmlToText, type HtmlToTextOptions } from 'html-to-text';
import { contentIdOf } from './content-id.ts';
import type { PicturePlaces } from './picture-places.ts';

/** Quotes in quotes grow with the square of their depth; a thousand pages are more than anybody reads. */
const LONGEST_TEXT = 4 * 1024 * 1024;

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

/** Undefined where the text would be too long, or the markup is nested too deep. */
export function convertHtml(html: string, places: PicturePlaces): string | undefined {
  try {
    const text = htmlToText(html.replace(DATA_ADDRESS, ''), optionsFor(places));
    // In HTML the hard blank is a means of layout and not a letter of the text.
    return text.length > LONGEST_TEXT ? undefined : text.replace(/\u00a0/g, ' ');
  } catch {
    // Thousands of nested elements exhaust the stack of the converter's recursion.
    return undefined;
  }
}
