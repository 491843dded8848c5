/** Pictures that stand in the markup itself (RFC 2397), as Thunderbird leaves some: they become parts of the mail like others. */

export interface EmbeddedPicture {
  /** Content-ID by which the markup refers to it from now on. */
  readonly contentId: string;
  readonly type: string;
  readonly content: Buffer;
}

/** Base64 may go on in the next line. */
const ADDRESS = /\bdata:(image\/[\w.+-]+)(?:;[\w-]+=[^;,"'\s)>]*)*;base64,([\w+/=%-]*(?:[\r\n]+[ \t]*[\w+/=%-]+)*)/gi;

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
  const rest = html.replace(ADDRESS, (address: string, type: string, base64: string) => {
    const picture = pictures.get(address) ?? {
      contentId: `${number()}@${DOMAIN}`,
      type: type.toLowerCase(),
      content: Buffer.from(unescaped(base64), 'base64'),
    };
    pictures.set(address, picture);
    return `cid:${picture.contentId}`;
  });
  return { html: rest, pictures: [...pictures.values()] };
}

/** In an address plus signs and padding may be written with percent signs. */
function unescaped(base64: string): string {
  return base64.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
