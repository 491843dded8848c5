/** What keeps somebody from logging in at the moment, for the operator to see. */
import { type Clock, elapsed } from '../core/index.ts';
import type { BoxLogins } from './box-logins.ts';
import type { CertificateLogins } from './certificate-logins.ts';
import { FAILURE_WINDOW_MS } from './failure-budget.ts';
import type { LoginThrottle } from './login-throttle.ts';
import type { PasswordLogins } from './password-logins.ts';
import type { Restraint } from './types.ts';

interface Places {
  readonly throttle: LoginThrottle;
  readonly passwords: Pick<PasswordLogins, 'refused'>;
  readonly certificates: Pick<CertificateLogins, 'refused' | 'pauses'>;
  readonly boxLogins: Pick<BoxLogins, 'pauses'>;
  readonly clock: Clock;
}

export async function listRestraints(places: Places): Promise<Restraint[]> {
  const { throttle, passwords, certificates, boxLogins, clock } = places;
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
    ...[...certificates.pauses(), ...boxLogins.pauses()].map((pause): Restraint => ({
      what: 'paused here after wrong passwords',
      ...pause,
    })),
    ...[...passwords.refused(), ...certificates.refused()].map((account): Restraint => ({
      what: 'a password is refused here',
      account,
    })),
  ];
}
