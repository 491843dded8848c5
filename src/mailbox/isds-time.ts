/** What ISDS's clock shows, as far as it is known: what the law reckons with is dated by it. */
import type { Clock } from '../core/index.ts';
import type { ReaderIdentity } from './types.ts';

/** Milliseconds since the epoch; our own clock has to do where that of ISDS is not known yet. */
export function isdsTime({ isds }: Pick<ReaderIdentity, 'isds'>, clock: Clock): number {
  return isds.serverTime() ?? clock.now();
}
