/** The threads in which documents are drawn: started when there is work, kept for a while, because starting costs more than a letter. */
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Places } from './places.ts';

/** Documents drawn at once: each takes a processor, and with large pictures a few hundred megabytes. */
const MOST_AT_ONCE = 2;

/** A thread without work gives its memory back: mails come in bursts, and then none for hours. */
const IDLE_MS = 30_000;

/** A PNG of the largest size is read into an array of numbers; a text of eight megabytes needs less. */
const MEMORY_MEGABYTES = 512;

/** The source of the thread has the extension of this file: it is TypeScript in tests and JavaScript in `dist`. */
const THREAD = new URL(`./worker${extname(import.meta.filename)}`, import.meta.url);

export interface Lease {
  readonly thread: Worker;
  /** To be called once; only a thread that is done with its work serves again. */
  readonly end: (isDone: boolean) => Promise<void>;
}

export class Threads {
  readonly #places = new Places(MOST_AT_ONCE);
  readonly #idle = new Map<Worker, NodeJS.Timeout>();

  /** Waits for its turn. An error of the thread is for the one who leases it. */
  async lease(): Promise<Lease> {
    const leave = await this.#places.enter();
    const thread = this.#take() ?? this.#start();
    return {
      thread,
      end: async (isDone) => {
        if (isDone) this.#keep(thread);
        else await thread.terminate();
        leave();
      },
    };
  }

  #start(): Worker {
    const thread = new Worker(THREAD, { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MEGABYTES } });
    // One that breaks while nobody leases it must not end the process.
    thread.on('error', () => this.#forget(thread));
    thread.on('exit', () => this.#forget(thread));
    return thread;
  }

  #take(): Worker | undefined {
    const [thread] = this.#idle.keys();
    if (thread === undefined) return undefined;
    this.#forget(thread);
    thread.ref();
    return thread;
  }

  #keep(thread: Worker): void {
    thread.unref();
    this.#idle.set(thread, setTimeout(() => void thread.terminate(), IDLE_MS).unref());
  }

  #forget(thread: Worker): void {
    clearTimeout(this.#idle.get(thread));
    this.#idle.delete(thread);
  }
}
