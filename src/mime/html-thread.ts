/**
 * The thread in which HTML is converted, which may take a second for a megabyte and for ever in cases made to do so: it does
 * one body after the other, each with limits of time and memory.
 */
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { HtmlAnswer, HtmlJob } from './html-worker.ts';
import { Patience } from './patience.ts';

/** A megabyte takes a second on a busy machine, loading the converter another. */
const LONGEST_CONVERSION_MS = 10_000;

/** A quotation of quotations can ask for any amount of memory; a megabyte of markup needs some fifty. */
const MOST_MEGABYTES = 256;

/** The thread holds some 15 MB, and mails come in bursts. */
const IDLE_MS = 60_000;

/** Beside this file, whether it is compiled or not. */
const PROGRAM = new URL(`./html-worker${extname(import.meta.url)}`, import.meta.url);

export class HtmlThread {
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #before: Promise<unknown> = Promise.resolve();
  readonly #longestMs: number;

  constructor(longestMs: number = LONGEST_CONVERSION_MS) {
    this.#longestMs = longestMs;
  }

  /** Undefined when the thread took too long or too much, and then it has ended; or at once when `patience` is over. */
  run(job: HtmlJob, patience: Patience = new Patience()): Promise<HtmlAnswer | undefined> {
    const answer = this.#before.then(() => (patience.leftMs === 0 ? undefined : this.#convert(job, patience)));
    this.#before = answer.catch(() => undefined);
    return answer;
  }

  async #convert(job: HtmlJob, patience: Patience): Promise<HtmlAnswer | undefined> {
    clearTimeout(this.#idle);
    const began = performance.now();
    const worker = (this.#worker ??= this.#start());
    worker.postMessage(job);
    const answer = await answerOf(worker, Math.min(this.#longestMs, patience.leftMs));
    patience.spend(performance.now() - began);
    if (answer === undefined) this.#end();
    else this.#idle = setTimeout(() => this.#end(), IDLE_MS).unref();
    return answer;
  }

  #start(): Worker {
    const worker = new Worker(PROGRAM, { resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES } });
    // Its end is noticed by who waits for an answer; an error without a listener would end the process.
    worker.on('error', () => undefined);
    worker.unref();
    return worker;
  }

  #end(): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
  }
}

function answerOf(worker: Worker, longestMs: number): Promise<HtmlAnswer | undefined> {
  return new Promise((resolve) => {
    const settle = (answer: HtmlAnswer | undefined): void => {
      clearTimeout(timer);
      worker.off('message', settle);
      worker.off('exit', none);
      resolve(answer);
    };
    const none = (): void => settle(undefined);
    // Keeps the process alive as well, which the thread by itself does not.
    const timer = setTimeout(none, longestMs);
    worker.on('message', settle);
    worker.on('exit', none);
  });
}
