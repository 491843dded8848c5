/** What ISDS does not take in a page: it looks for three strings, wherever they stand (isds §6.3). */
import type { Content } from '../types.ts';

const ELEMENTS = ['<object', '<iframe', '<script'] as const;

/** Few calls for a large page, little memory for many of them. */
const BLOCK_OCTETS = 256 * 1024;

/** In UTF-16 every string is twice as long, in UTF-32 four times. */
const OVERLAP = 4 * Math.max(...ELEMENTS.map(({ length }) => length));

/** The first forbidden element, as it is written in HTML; undefined when the page has none. */
export async function findActiveElement(content: Content): Promise<string | undefined> {
  for (let start = 0; start < content.size; start += BLOCK_OCTETS) {
    const found = activeElementIn(await content.read(start, BLOCK_OCTETS + OVERLAP));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The same for a piece of a page. */
export function activeElementIn(octets: Buffer): string | undefined {
  // Without its zeros a text in UTF-16 or UTF-32 is a text in ASCII as far as these strings go.
  const text = octets.toString('latin1').replaceAll('\0', '').toLowerCase();
  const found = ELEMENTS.find((element) => text.includes(element));
  return found === undefined ? undefined : `${found}>`;
}
