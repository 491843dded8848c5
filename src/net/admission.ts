/** Which connections may come in: so many of one address, and all of them known until they close. */
import type { Socket } from 'node:net';
import type { RefusalLog } from './refusal-log.ts';

export class Admission {
  readonly #limit: number;
  readonly #busyAnswer: string | undefined;
  readonly #refusals: RefusalLog;
  readonly #open = new Map<string, Set<Socket>>();

  /** `busyAnswer` is said to those turned away; without it they are just closed. */
  constructor(limitOfAddress: number, busyAnswer: string | undefined, refusals: RefusalLog) {
    this.#limit = limitOfAddress;
    this.#busyAnswer = busyAnswer;
    this.#refusals = refusals;
  }

  admit(socket: Socket): boolean {
    // A client may be gone before anybody listens; its close is what counts.
    socket.on('error', () => {});
    const address = socket.remoteAddress ?? 'unknown';
    const sameAddress = this.#open.get(address) ?? new Set();
    if (sameAddress.size >= this.#limit) {
      this.#refusals.note(address, 'connections of one address');
      if (this.#busyAnswer !== undefined) socket.write(this.#busyAnswer);
      socket.destroySoon();
      return false;
    }
    this.#open.set(address, sameAddress.add(socket));
    socket.once('close', () => {
      sameAddress.delete(socket);
      if (sameAddress.size === 0) this.#open.delete(address);
    });
    return true;
  }

  destroyAll(): void {
    for (const sockets of this.#open.values()) for (const socket of sockets) socket.destroy();
  }
}
