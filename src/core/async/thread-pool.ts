/**
 * Threads for work on what strangers wrote, fair per account and each with a limit of processor time: started when there is work,
 * kept for a while, because starting costs more than an ordinary piece of work.
 */
import { Worker } from 'node:worker_threads';
import { FairSemaphore } from './fair-semaphore.ts';

/** Pieces of work at once: each takes a processor, and with large pictures a few hundred megabytes. */
const AT_ONCE = 2;

/** So that whoever has endless work leaves the other place to everybody else. */
const AT_ONCE_OF_ONE_ACCOUNT = 1;

/** A thread without work gives its memory back: mails come in bursts, and then none for hours. */
const IDLE_MS = 60_000;

/** Between two looks at the time that the work has taken. */
const LOOK_MS = 100;

export interface ThreadPoolOptions {
  /** The program of the threads. */
  readonly program: URL;
  /** Memory of each in megabytes; one that needs more ends. */
  readonly megabytes: number;
  /**
   * Milliseconds by the clock after which a piece of work is given up, whatever it waits for: on a busy machine many times its
   * processor time.
   */
  readonly clockMs: number;
}

/** The work took too much and its thread has to end: of the processor or the memory, which is its own fault, or by the clock. */
export class Overdue extends Error {
  readonly of: 'processor' | 'memory' | 'clock';

  constructor(of: Overdue['of'], cause?: unknown) {
    super(`too much of the ${of}`, { cause });
    this.of = of;
  }
}

/** A thread for one piece of work. */
export interface Lease {
  readonly thread: Worker;
  /** Aborted with Overdue. */
  readonly signal: AbortSignal;
  /** To be called once; only a thread that is done with its work serves again. Milliseconds of the processor that it took. */
  readonly end: (isDone: boolean) => Promise<number>;
}

/** Lends threads to accounts in turn, and stops those that take too long. */
export class ThreadPool {
  readonly #options: ThreadPoolOptions;
  readonly #places = new FairSemaphore(AT_ONCE, AT_ONCE_OF_ONE_ACCOUNT);
  readonly #idle = new Map<Worker, NodeJS.Timeout>();
  #isClosed = false;

  constructor(options: ThreadPoolOptions) {
    this.#options = options;
  }

  /** Waits for the account's turn. An error of the thread is for the one who leases it. */
  async lease(account: string, processorMs: number, waiting?: AbortSignal): Promise<Lease> {
    const leave = await this.#places.enter(account, waiting);
    const thread = this.#take() ?? this.#start();
    const overdue = new AbortController();
    const clock = setTimeout(() => overdue.abort(new Overdue('clock')), this.#options.clockMs);
    const broken = (cause: Error): void => {
      if (isOutOfMemory(cause)) overdue.abort(new Overdue('memory', cause));
    };
    thread.on('error', broken);
    const before = await processorTime(thread);
    const look = async (): Promise<void> => {
      if ((await processorTime(thread)) - before > processorMs) overdue.abort(new Overdue('processor'));
    };
    const looking = setInterval(() => void look(), LOOK_MS);
    return {
      thread,
      signal: overdue.signal,
      end: async (isDone) => {
        clearTimeout(clock);
        clearInterval(looking);
        thread.off('error', broken);
        const spent = isDone ? (await processorTime(thread)) - before : processorMs;
        if (isDone && !this.#isClosed) this.#keep(thread);
        else await thread.terminate();
        leave();
        return spent;
      },
    };
  }

  /** Ends the threads that nobody leases, and each of the others with its lease. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#idle.keys()].map((thread) => thread.terminate()));
  }

  #start(): Worker {
    const { program, megabytes } = this.#options;
    const thread = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: megabytes } });
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

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** In milliseconds; none for a thread that has not begun yet, or has ended. */
async function processorTime(thread: Worker): Promise<number> {
  try {
    const { user, system } = await thread.cpuUsage();
    return (user + system) / 1_000;
  } catch {
    return 0;
  }
}
