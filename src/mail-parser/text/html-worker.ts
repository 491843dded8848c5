/** The thread in which HTML is converted, one body at a time. */
import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { convertHtml } from './html-conversion.ts';
import { PicturePlaces } from './picture-places.ts';

/** What the thread is given. */
export interface HtmlJob {
  readonly html: string;
  /** Content-IDs of the pictures whose places are to be marked. */
  readonly contentIds: readonly string[];
}

/** What the thread gives back. */
export interface HtmlAnswer {
  /** Undefined for what cannot be converted. */
  readonly text: string | undefined;
  readonly shownWidths: ReadonlyMap<string, number>;
}

/** On Linux a thread has a priority of its own: this work may take what the processors have to spare, and a poll goes first. */
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

parentPort?.on('message', ({ html, contentIds }: HtmlJob) => {
  const places = new PicturePlaces(contentIds);
  const text = convertHtml(html, places);
  const answer: HtmlAnswer = { text, shownWidths: places.shownWidths };
  parentPort?.postMessage(answer);
});
