/** The thread in which HTML is converted, one body at a time. */
import { parentPort } from 'node:worker_threads';
import { convertHtml } from './html-conversion.ts';
import { PicturePlaces } from './picture-places.ts';
import { stripTags } from './strip-tags.ts';

export interface HtmlJob {
  readonly html: string;
  /** Content-IDs of the pictures whose places are to be marked. */
  readonly contentIds: readonly string[];
  /** Whether a first try failed, so that only the tags are to be taken off. */
  readonly strip: boolean;
}

export interface HtmlAnswer {
  readonly text: string;
  readonly shownWidths: ReadonlyMap<string, number>;
}

parentPort?.on('message', ({ html, contentIds, strip }: HtmlJob) => {
  const places = new PicturePlaces(contentIds);
  const text = strip ? stripTags(html) : convertHtml(html, places);
  const answer: HtmlAnswer = { text, shownWidths: places.shownWidths };
  parentPort?.postMessage(answer);
});
