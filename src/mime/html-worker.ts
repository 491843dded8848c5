/** The thread in which HTML is converted, one body at a time. */
import { parentPort } from 'node:worker_threads';
import { convertHtml } from './html-conversion.ts';
import { PicturePlaces } from './picture-places.ts';

export interface HtmlJob {
  readonly html: string;
  /** Content-IDs of the pictures whose places are to be marked. */
  readonly contentIds: readonly string[];
}

export interface HtmlAnswer {
  /** Undefined for what cannot be converted. */
  readonly text: string | undefined;
  readonly shownWidths: ReadonlyMap<string, number>;
}

parentPort?.on('message', ({ html, contentIds }: HtmlJob) => {
  const places = new PicturePlaces(contentIds);
  const text = convertHtml(html, places);
  const answer: HtmlAnswer = { text, shownWidths: places.shownWidths };
  parentPort?.postMessage(answer);
});
