/** An answer within a time that the waiting mail program can bear. */
import { Refused } from '../refusals/index.ts';

/**
 * What `work` gives, or the refusal that ISDS does not answer once the budget is spent. The budget holds even for work that does
 * not listen to its signal. `closed` ends the work early: nobody waits any more.
 */
export async function withinBudget<T>(
  milliseconds: number,
  closed: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const signal = AbortSignal.any([AbortSignal.timeout(milliseconds), closed]);
  const { promise: spent, reject } = Promise.withResolvers<never>();
  const end = (): void => reject(new Refused('isds-unreachable', {}, { cause: signal.reason }));
  signal.addEventListener('abort', end, { once: true });
  try {
    return await Promise.race([work(signal), spent]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}
