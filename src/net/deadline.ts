/** Waiting with an end: for the first of several events, or over several steps together. */
import type { EventEmitter } from 'node:events';
import { performance } from 'node:perf_hooks';

/** One time budget for several waits; it does not follow changes of the wall clock. */
export class Deadline {
  readonly #end: number;

  constructor(milliseconds: number) {
    this.#end = performance.now() + milliseconds;
  }

  remaining(): number {
    return Math.max(0, this.#end - performance.now());
  }
}

/** Whether one of the events came before the time was over. */
export function firstEvent(emitter: EventEmitter, names: readonly string[], milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (came: boolean): void => {
      clearTimeout(timer);
      for (const name of names) emitter.off(name, onEvent);
      resolve(came);
    };
    const onEvent = (): void => settle(true);
    const timer = setTimeout(() => settle(false), milliseconds);
    for (const name of names) emitter.on(name, onEvent);
  });
}
