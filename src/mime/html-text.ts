/** The text of an HTML body: what its reader would see, without formatting, and with marks where it shows a picture. */
import { HtmlThread } from './html-thread.ts';
import { Patience } from './patience.ts';
import type { PicturePlaces } from './picture-places.ts';

const thread = new HtmlThread();

/**
 * Without marks where the markup is too long or too broken to be converted, or `patience` with it is over. Its turn comes after
 * those asked for earlier.
 */
export async function htmlToPlainText(
  html: string,
  places: PicturePlaces,
  patience: Patience = new Patience(),
): Promise<string> {
  const contentIds = places.contentIds;
  const answer =
    (await thread.run({ html, contentIds, strip: false }, patience)) ??
    (await thread.run({ html, contentIds, strip: true }));
  if (answer === undefined) throw new Error('an HTML body could not be read');
  for (const [contentId, width] of answer.shownWidths) places.show(contentId, width);
  return answer.text;
}
