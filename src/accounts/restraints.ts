/** What keeps somebody from logging in at the moment, for the operator to see. */
import { type Clock, elapsed } from '../core/index.ts';
import { FAILURE_WINDOW_MS, type Pause } from './failure-budget.ts';
import type { LoginMethod } from './login-method.ts';
import type { LoginThrottle } from './login-throttle.ts';
import type { Restraint } from './types.ts';

/** What ISDS or the throttle before it holds against somebody, then what each method does. */
export async function listRestraints(
  throttle: LoginThrottle,
  methods: readonly LoginMethod[],
  clock: Clock,
): Promise<Restraint[]> {
  const toWall = clock.now() - elapsed(clock);
  const failures = await throttle.failures();
  return [
    ...throttle.blocks.current().map(([account, left]): Restraint => ({
      what: account === '' ? 'address blocked by ISDS' : 'blocked by ISDS',
      account,
      until: clock.now() + left,
    })),
    ...failures.map(({ account, network, kind, since }): Restraint => ({
      what: `failed as ${kind}`,
      account,
      network,
      until: since + FAILURE_WINDOW_MS + toWall,
    })),
    ...methods.flatMap((method) => method.restraints()),
  ];
}

/** Wrong passwords have paused it here. */
export function pausedHere(pause: Pause): Restraint {
  return { what: 'paused here after wrong passwords', ...pause };
}

/** A password of this account is refused here without a question. */
export function refusedHere(account: string): Restraint {
  return { what: 'a password is refused here', account };
}
