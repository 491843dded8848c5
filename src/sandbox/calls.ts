/** A record of every HTTP call that reached the sandbox, for tests that ask what a client did. */

/** One HTTP call, as far as it was read. */
export interface RecordedCall {
  readonly at: number;
  readonly path: string;
  readonly userAgent: string | undefined;
  /** Name of the request element, known or not. */
  readonly operation: string | undefined;
  /** Login name of the request, right or wrong. */
  readonly login: string | undefined;
  /** Box of an admitted login. */
  readonly box: string | undefined;
  readonly dmID: string | undefined;
  /** Undefined while there is no answer, and for ever when the connection was cut before one. */
  readonly httpStatus: number | undefined;
  readonly statusCode: string | undefined;
}

export type OpenRecord = { -readonly [Key in keyof RecordedCall]: RecordedCall[Key] };

interface Waiter {
  readonly operation: string;
  readonly count: number;
  readonly resolve: () => void;
}

export class CallRecord {
  #calls: OpenRecord[] = [];
  #waiters: Waiter[] = [];

  /** In the order in which the requests were read. */
  all(): readonly RecordedCall[] {
    return this.#calls;
  }

  of(operation: string): readonly RecordedCall[] {
    return this.#calls.filter((call) => call.operation === operation);
  }

  count(operation: string): number {
    return this.of(operation).length;
  }

  clear(): void {
    this.#calls = [];
  }

  /** Resolves as soon as so many calls of the operation were begun, answered or not. */
  async arrived(operation: string, count: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiters.push({ operation, count, resolve });
    this.#notify();
    await promise;
  }

  add(call: OpenRecord): void {
    this.#calls.push(call);
    this.#notify();
  }

  #notify(): void {
    const arrived = this.#waiters.filter((waiter) => this.count(waiter.operation) >= waiter.count);
    this.#waiters = this.#waiters.filter((waiter) => !arrived.includes(waiter));
    for (const { resolve } of arrived) resolve();
  }
}
