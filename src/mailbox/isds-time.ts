/** What ISDS's clock shows, as far as it is known: what the law reckons with is dated by it. */
import type { Identity } from '../accounts/index.ts';
import type { Clock } from '../core/index.ts';

/** Milliseconds since the epoch; our own clock has to do where that of ISDS is not known yet. */
export function isdsTime({ isds }: Pick<Identity, 'isds'>, clock: Clock): number {
  return isds.serverTime() ?? clock.now();
}
