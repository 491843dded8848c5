/** One request at a time for each login: the fair use that ISDS asks for (isds §1.8). */

export type Release = () => void;

interface Waiter {
  start(): void;
}

export class Lanes {
  /** Who waits behind the running request of a login; a login without entry is idle. */
  readonly #waiting = new Map<string, Waiter[]>();

  /**
   * Resolves when it is this caller's turn, to the function that ends the turn; rejects with the signal's reason when that
   * comes first. ISDS does not tell upper from lower case in logins, so neither does this.
   */
  async enter(login: string, signal: AbortSignal): Promise<Release> {
    signal.throwIfAborted();
    const key = login.toLowerCase();
    const queue = this.#waiting.get(key);
    if (queue === undefined) this.#waiting.set(key, []);
    else await turn(queue, signal);
    return this.#release(key);
  }

  #release(key: string): Release {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const next = this.#waiting.get(key)?.shift();
      if (next === undefined) this.#waiting.delete(key);
      else next.start();
    };
  }
}

function turn(queue: Waiter[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const waiter: Waiter = {
      start() {
        signal.removeEventListener('abort', leave);
        resolve();
      },
    };
    function leave(): void {
      queue.splice(queue.indexOf(waiter), 1);
      reject(signal.reason);
    }
    signal.addEventListener('abort', leave, { once: true });
    queue.push(waiter);
  });
}
