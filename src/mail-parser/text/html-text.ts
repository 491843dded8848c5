/** The text of an HTML body: what its reader would see, without formatting, and with marks where it shows a picture. */
import { convertInThread, type HtmlEffort } from './html-thread.ts';
import type { PicturePlaces } from './picture-places.ts';

/** Refuses markup that is too broken or too intricate to be converted. Its turn comes after those of other accounts. */
export async function htmlToPlainText(html: string, places: PicturePlaces, effort: HtmlEffort): Promise<string> {
  const { text = '', shownWidths } = await convertInThread({ html, contentIds: places.contentIds }, effort);
  for (const [contentId, width] of shownWidths) places.show(contentId, width);
  return text;
}
