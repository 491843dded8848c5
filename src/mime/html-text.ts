/** The text of an HTML body: what its reader would see, without formatting, and with marks where it shows a picture. */
import type { HtmlToTextOptions } from 'html-to-text';
import { contentIdOf } from './content-id.ts';
import type { PicturePlaces } from './picture-places.ts';

/** Converting is quadratic in bad cases and blocks the process, a second for this much; longer bodies lose only their layout. */
const LONGEST_CONVERTED = 1024 * 1024;

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
export async function htmlToPlainText(html: string, places: PicturePlaces): Promise<string> {
  // In HTML the hard blank is a means of layout and not a letter of the text.
  return (await convert(html.replace(DATA_ADDRESS, ''), places)).replace(/\u00a0/g, ' ');
}

async function convert(markup: string, places: PicturePlaces): Promise<string> {
  if (markup.length > LONGEST_CONVERTED) return stripTags(markup);
  // Loaded at the first HTML-only mail: most mails bring a plain text and need no converter.
  const { htmlToText } = await import('html-to-text');
  try {
    return htmlToText(markup, optionsFor(places));
  } catch {
    // Thousands of nested elements exhaust the stack of the converter's recursion.
    return stripTags(markup);
  }
}

/** Line ends for blocks, nothing for other tags, and the few entities that occur in every text. */
function stripTags(html: string): string {
  return html
    .replace(/<(script|style|title)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(br|\/p|\/div|\/tr|\/li|\/h[1-6])\b[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&#(\d{1,7});/g, (_, code: string) => fromCode(Number(code)))
    .replace(/&#x([\da-f]{1,6});/gi, (_, code: string) => fromCode(Number.parseInt(code, 16)))
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\n{3,}/g, '\n\n');
}

function fromCode(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
