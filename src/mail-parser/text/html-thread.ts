/**
 * The threads in which HTML is converted, which may take a second for a megabyte and for ever in cases made to do so: one body
 * after the other, each with limits of time and memory.
 */
import { once } from 'node:events';
import { extname } from 'node:path';
import { Overdue, ThreadPool } from '../../core/index.ts';
import { Refused } from '../../refusals/index.ts';
import type { HtmlAnswer, HtmlJob } from './html-worker.ts';
import type { ProcessorBudget } from './processor-budget.ts';
import { problems, unreadable } from '../problems.ts';
import type { PicturePlaces } from './picture-places.ts';

/** Threads for all mails of a gateway, which closes them. */
export function createHtmlThreads(): ThreadPool {
  return new ThreadPool({
    /** Beside this file, whether it is compiled or not. */
    program: new URL(`./html-worker${extname(import.meta.url)}`, import.meta.url),
    /** A quotation of quotations can ask for any amount of memory; a megabyte of markup needs some fifty. */
    megabytes: 256,
    /** Programs give up after a hundred seconds without an answer (mail-clients §9.1). */
    clockMs: 60_000,
  });
}

/** Whose mail it is, whether anybody still waits for it, and how long its HTML may still take. */
export interface HtmlEffort {
  readonly account: string;
  readonly signal: AbortSignal;
  readonly processorBudget: ProcessorBudget;
  readonly htmlThreads: ThreadPool;
}

/**
 * Waits for the account's turn. Refuses what takes too much time of the processor or too much memory: with half of its layout or
 * without its links it would be another text.
 */
async function convertInThread(job: HtmlJob, effort: HtmlEffort): Promise<HtmlAnswer> {
  const { account, signal, processorBudget, htmlThreads } = effort;
  if (processorBudget.leftMs === 0) throw unreadable(problems.tooIntricate);
  const lease = await htmlThreads.lease(account, processorBudget.leftMs, signal);
  let isDone = false;
  try {
    lease.thread.postMessage(job);
    const [answer]: HtmlAnswer[] = await once(lease.thread, 'message', {
      signal: AbortSignal.any([lease.signal, signal]),
    });
    isDone = true;
    if (answer?.text === undefined) throw unreadable(problems.tooIntricate);
    return answer;
  } catch (error) {
    const overdue: unknown = lease.signal.reason;
    if (!(overdue instanceof Overdue)) throw error;
    throw overdue.of === 'clock'
      ? new Refused('gateway-busy', {}, { cause: overdue })
      : unreadable(problems.tooIntricate, overdue);
  } finally {
    processorBudget.spend(await lease.end(isDone));
  }
}

/** Refuses markup that is too broken or too intricate to be converted. Its turn comes after those of other accounts. */
export async function htmlToPlainText(html: string, places: PicturePlaces, effort: HtmlEffort): Promise<string> {
  const { text = '', shownWidths } = await convertInThread({ html, contentIds: places.contentIds }, effort);
  for (const [contentId, width] of shownWidths) places.show(contentId, width);
  return text;
}
