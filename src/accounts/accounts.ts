/** Turns a user name and a password into an identity, by the method that knows the login. */
import { type Clock, type Log, TIME_BUDGETS, type TimeBudgets } from '../core/index.ts';
import type { Isds } from '../isds/index.ts';
import type { KnownLogins, LoginFailures } from '../store/index.ts';
import { type CertificateAccount, createCertificateLogins } from './certificate-logins.ts';
import type { ThrottleLimits } from './failure-shares.ts';
import { KnownNetworks } from './known-networks.ts';
import { listRestraints } from './restraints.ts';
import type { LoginMethod } from './login-method.ts';
import { parseLoginName } from './login-name.ts';
import { LoginThrottle } from './login-throttle.ts';
import { PasswordLogins } from './password-logins.ts';
import type { Accounts, Identity, LoginAttempt, LoginControl } from './types.ts';

export interface AccountsOptions extends ThrottleLimits {
  readonly isds: Isds;
  readonly domain: string;
  /** Which logins have been here, and from where. */
  readonly logins: KnownLogins;
  readonly loginFailures: LoginFailures;
  /** Logins that ISDS knows by a certificate instead of a password. */
  readonly certificates?: readonly CertificateAccount[];
  readonly clock: Clock;
  readonly log: Log;
  /** How long an accepted password is believed without asking ISDS. */
  readonly rememberSuccessMs: number;
  /** How long a refused password is refused without asking ISDS. */
  readonly rememberFailureMs: number;
  readonly timeBudgets?: Pick<TimeBudgets, 'login'>;
}

export function createAccounts(options: AccountsOptions): Accounts & LoginControl {
  const { domain, clock, log, logins, timeBudgets = TIME_BUDGETS } = options;
  const networks = new KnownNetworks(logins, clock);
  const throttle = new LoginThrottle(options, options.loginFailures, options);
  // The first that knows the login has it; ISDS's own passwords are for every name.
  const methods: readonly LoginMethod[] = [
    createCertificateLogins(options.certificates ?? [], networks, options),
    new PasswordLogins({ ...options, throttle, networks, timeBudgets }),
  ];

  return {
    async logIn(attempt: LoginAttempt): Promise<Identity> {
      const name = parseLoginName(attempt.name, domain);
      for (const method of methods) {
        const identity = await method.logIn(name, attempt);
        if (identity === undefined) continue;
        const { view } = name;
        log.debug({ session: attempt.sessionId, account: identity.account, view }, 'logged in');
        return { ...identity, view };
      }
      throw new Error('no method for this login');
    },
    restraints: () => listRestraints(throttle, methods, clock),
    async forgive(name) {
      const account = name === undefined ? undefined : parseLoginName(name, domain).login.toLowerCase();
      for (const method of methods) method.forgive(account);
      await throttle.forgive(account);
      log.warn({ account: account ?? 'all' }, 'failed log-ins forgiven by command');
    },
  };
}
