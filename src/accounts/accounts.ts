/** Turns a user name and a password into an identity: by certificate, by login, or by the box's address. */
import { type Clock, type Log, networkOf, TIME_BUDGETS, type TimeBudgets } from '../core/index.ts';
import type { Isds } from '../isds/index.ts';
import type { KnownLogins, LoginFailures } from '../store/index.ts';
import type { Acceptance } from './acceptance.ts';
import { BoxLogins } from './box-logins.ts';
import { type CertificateAccount, createCertificateLogins } from './certificate-logins.ts';
import type { ThrottleLimits } from './failure-shares.ts';
import { KnownNetworks } from './known-networks.ts';
import { listRestraints } from './restraints.ts';
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
  const { domain, clock, log } = options;
  const networks = new KnownNetworks(options.logins, clock);
  const certificates = createCertificateLogins(options.certificates ?? [], networks, options);
  const throttle = new LoginThrottle(options, options.loginFailures, options);
  const passwords = new PasswordLogins({ ...options, throttle, timeBudgets: options.timeBudgets ?? TIME_BUDGETS });
  const boxLogins = new BoxLogins({
    logins: options.logins,
    networks,
    clock,
    isRemembered: (login, { password }) => passwords.isRemembered({ kind: 'password', login, password }),
  });

  /** Box IDs are public: whoever names nothing else is a stranger to the throttle. */
  async function logInAtIsds(name: string, boxId: string | undefined, attempt: LoginAttempt): Promise<Acceptance> {
    const login = boxId === undefined ? name : await boxLogins.loginOf(boxId, attempt);
    const origin = {
      network: networkOf(attempt.remoteAddress),
      isKnown: boxId === undefined && (await networks.has(login.toLowerCase(), attempt)),
    };
    const acceptance = await passwords.logIn(
      { kind: 'password', login, password: attempt.password },
      origin,
      attempt.left,
    );
    await networks.learn(acceptance.identity, attempt);
    return acceptance;
  }

  return {
    async logIn(attempt: LoginAttempt): Promise<Identity> {
      const { login, view, boxId } = parseLoginName(attempt.name, domain);
      const { identity } = (await certificates.logIn(login, attempt)) ?? (await logInAtIsds(login, boxId, attempt));
      log.debug({ session: attempt.sessionId, account: identity.account, view }, 'logged in');
      return { ...identity, view };
    },
    restraints: () => listRestraints({ throttle, passwords, certificates, boxLogins, clock }),
    async forgive(name) {
      const account = name === undefined ? undefined : parseLoginName(name, domain).login.toLowerCase();
      passwords.forgive(account);
      certificates.forgive(account);
      boxLogins.forgive(account);
      await throttle.forgive(account);
      log.warn({ account: account ?? 'all' }, 'failed log-ins forgiven by command');
    },
  };
}
