/**
 * Logins that ISDS knows by a system certificate (isds §2.1): the password is the gateway's own and is checked here; who
 * speaks for which box ISDS says to the certificate.
 */
import { type Clock, ExpiringCache, type Log, type Secret, TIME_BUDGETS, type TimeBudgets } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import { type CallGuard, type CertificateCredentials, type Isds, IsdsError, refusalFor } from '../isds/index.ts';
import { type Acceptance, Acceptances, isOutage } from './acceptances.ts';
import type { KnownNetworks } from './known-networks.ts';
import { LocalPasswords } from './local-passwords.ts';
import type { PasswordHash } from './password-hash.ts';
import type { LoginMethod } from './login-method.ts';
import { pausedHere, refusedHere } from './restraints.ts';

/** One of the operator's certificates with the name and the password that mail programs use for it. */
export interface CertificateAccount {
  readonly login: string;
  readonly passwordHash: PasswordHash;
  /** In PEM, as is the key. */
  readonly certificate: string;
  readonly key: Secret;
  /** With an ended certificate the handshake fails, as if ISDS could not be reached. */
  readonly expiresAt: Date;
}

export interface CertificateLoginOptions {
  readonly isds: Isds;
  readonly clock: Clock;
  readonly log: Log;
  /** How long the box that ISDS named is believed. */
  readonly rememberSuccessMs: number;
  /** How long a refused password or certificate is refused without a new check. */
  readonly rememberFailureMs: number;
  readonly timeBudgets?: Pick<TimeBudgets, 'login'>;
}

/** Everything but administering the box, fixed for system certificates (isds §2.7). */
const CERTIFICATE_RIGHTS = 159;

/** A new one has to be bought, and registered on the portal by hand. */
const EXPIRY_WARNING_MS = 30 * 24 * 60 * 60_000;

export function createCertificateLogins(
  accounts: readonly CertificateAccount[],
  networks: KnownNetworks,
  options: CertificateLoginOptions,
): LoginMethod {
  const { clock, timeBudgets = TIME_BUDGETS } = options;
  const byLogin = new Map(accounts.map((account) => [account.login.toLowerCase(), account]));
  const passwords = new LocalPasswords(clock, options.rememberFailureMs);
  const acceptances = new Acceptances({ ...options, timeBudgets, maxRemembered: accounts.length });
  const refused = new ExpiringCache<true>(clock, options.rememberFailureMs, accounts.length);

  /** GetOwnerInfoFromLogin2 delivers nothing; GetUserInfoFromLogin2 and GetPasswordInfo are not for certificates (2102). */
  async function ask(
    account: string,
    credentials: CertificateCredentials,
    deserted: AbortSignal,
  ): Promise<Acceptance['identity']> {
    const isds = options.isds.account(credentials, guardOf(account));
    try {
      const box = await isds.getOwnerInfo({ deserted });
      const { login } = credentials;
      const rights = CERTIFICATE_RIGHTS;
      return { account, login, box, loginKind: 'certificate', rights, passwordExpiry: undefined, isds };
    } catch (error) {
      if (!(error instanceof IsdsError)) throw error;
      if (isForbidden(error)) leaveAlone(account, error);
      throw isForbidden(error) || isUnauthorized(error) ? certificateRefused(error) : refusalFor(error);
    }
  }

  /** A certificate that ISDS does not accept is not shown again for a while, as a wrong password is not. */
  function leaveAlone(account: string, { kind }: IsdsError): void {
    options.log.error({ account, kind }, 'ISDS does not accept the certificate');
    acceptances.forget(account);
    refused.set(account, true);
  }

  function guardOf(account: string): CallGuard {
    return {
      before: async () => {
        if (refused.get(account)) throw certificateRefused();
        return {
          answered: () => undefined,
          ended: (error) => {
            if (error !== undefined && isUnauthorized(error)) leaveAlone(account, error);
          },
        };
      },
    };
  }

  return {
    async logIn({ login: name }, { password, remoteAddress, left }) {
      const account = name.toLowerCase();
      const configured = byLogin.get(account);
      if (configured === undefined) return undefined;
      const isKnownNetwork = await networks.has(account, { remoteAddress });
      await passwords.check({ login: account, password, remoteAddress, isKnownNetwork }, configured.passwordHash);
      await networks.learnOwn(account, { remoteAddress });
      const { login, certificate, key, expiresAt } = configured;
      const { identity } = await acceptances.accept(
        {
          key: account,
          refuseBeforeAsking: () => undefined,
          ask: (deserted) => {
            if (expiresAt.getTime() - clock.now() < EXPIRY_WARNING_MS) {
              options.log.warn({ account, expiresAt }, 'certificate ends soon or has ended');
            }
            return ask(account, { kind: 'certificate', login, certificate, key }, deserted);
          },
          isNoVerdict: isOutage,
        },
        left,
      );
      return identity;
    },
    restraints: () => [
      ...passwords.pauses().map(pausedHere),
      ...[...passwords.refused(), ...refused.keys()].map(refusedHere),
    ],
    forgive: (account) => {
      passwords.forgive(account);
      for (const known of account === undefined ? refused.keys() : [account]) refused.delete(known);
    },
  };
}

/** A 401, whatever its page says: there is no password that could be wrong or blocked. */
function isUnauthorized({ kind }: IsdsError): boolean {
  return kind === 'wrong-credentials' || kind === 'account-blocked' || kind === 'address-blocked';
}

/** What the gate says to a certificate that it does not know is not documented; at the first question, 403 says the same (isds §1.6). */
function isForbidden({ failure }: IsdsError): boolean {
  return failure.kind === 'http' && failure.status === 403;
}

/** The user's password was right, so that only the operator can help. */
function certificateRefused(cause?: IsdsError): Refused {
  return new Refused('gateway-fault', {}, cause === undefined ? {} : { cause });
}
