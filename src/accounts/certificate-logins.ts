/**
 * Logins that ISDS knows by a system certificate (isds §2.1): the password is the gateway's own and is checked here; who
 * speaks for which box ISDS says to the certificate.
 */
import {
  type Clock,
  elapsed,
  type Log,
  ExpiringCache,
  TIME_BUDGETS,
  type TimeBudgets,
  type Secret,
  SingleFlight,
} from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import { type CallGuard, type CertificateCredentials, type Isds, IsdsError, refusalFor } from '../isds/index.ts';
import { type Acceptance, BELIEVE_DURING_OUTAGE_MS, inTime, isOutage } from './acceptance.ts';
import type { Pause } from './failure-budget.ts';
import type { KnownNetworks } from './known-networks.ts';
import { LocalPasswords } from './local-passwords.ts';
import type { PasswordHash } from './password-hash.ts';
import type { LoginAttempt } from './types.ts';

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

/** The accounts that the gateway opens with certificates of its own. */
export interface CertificateLogins {
  /** Undefined when no certificate goes by this login; rejects with Refused. */
  logIn(login: string, attempt: LoginAttempt): Promise<Pick<Acceptance, 'identity'> | undefined>;
  /** Logins with a password or a certificate that is refused for now. */
  refused(): readonly string[];
  /** Logins that are paused because of wrong passwords. */
  pauses(): readonly Pause[];
  forgive(login: string | undefined): void;
}

/** Everything but administering the box, fixed for system certificates (isds §2.7). */
const CERTIFICATE_RIGHTS = 159;

/** A new one has to be bought, and registered on the portal by hand. */
const EXPIRY_WARNING_MS = 30 * 24 * 60 * 60_000;

export function createCertificateLogins(
  accounts: readonly CertificateAccount[],
  networks: KnownNetworks,
  options: CertificateLoginOptions,
): CertificateLogins {
  const { clock, rememberSuccessMs, timeBudgets = TIME_BUDGETS } = options;
  const byLogin = new Map(accounts.map((account) => [account.login.toLowerCase(), account]));
  const passwords = new LocalPasswords(clock, options.rememberFailureMs);
  const accepted = new ExpiringCache<Acceptance>(clock, BELIEVE_DURING_OUTAGE_MS, accounts.length);
  const refused = new ExpiringCache<true>(clock, options.rememberFailureMs, accounts.length);
  const questions = new SingleFlight<Acceptance>();

  /** What ISDS said of the box is believed as long as a password. */
  function identify(
    account: string,
    { login, certificate, key, expiresAt }: CertificateAccount,
    left: AbortSignal,
  ): Promise<Acceptance> {
    const known = accepted.get(account);
    if (known && elapsed(clock) - known.at < rememberSuccessMs) return Promise.resolve(known);
    const question = questions.join(account, (deserted) => {
      if (expiresAt.getTime() - clock.now() < EXPIRY_WARNING_MS) {
        options.log.warn({ account, expiresAt }, 'certificate ends soon or has ended');
      }
      return ask(account, { kind: 'certificate', login, certificate, key }, { known, deserted });
    });
    return inTime(question, known, { timeBudgetMs: timeBudgets.login, left });
  }

  /** GetOwnerInfoFromLogin2 delivers nothing; GetUserInfoFromLogin2 and GetPasswordInfo are not for certificates (2102). */
  async function ask(
    account: string,
    credentials: CertificateCredentials,
    { known, deserted }: { readonly known: Acceptance | undefined; readonly deserted: AbortSignal },
  ): Promise<Acceptance> {
    const isds = options.isds.account(credentials, guardOf(account));
    try {
      const box = await isds.getOwnerInfo({ deserted });
      const identity: Acceptance['identity'] = {
        account,
        login: credentials.login,
        box,
        loginKind: 'certificate',
        rights: CERTIFICATE_RIGHTS,
        passwordExpiry: undefined,
        isds,
      };
      const acceptance = { identity, at: elapsed(clock) };
      accepted.set(account, acceptance);
      return acceptance;
    } catch (error) {
      if (!(error instanceof IsdsError)) throw error;
      if (isForbidden(error)) leaveAlone(account, error);
      if (isForbidden(error) || isUnauthorized(error)) throw certificateRefused(error);
      const refusal = refusalFor(error);
      if (known && isOutage(refusal)) return known;
      throw refusal;
    }
  }

  /** A certificate that ISDS does not accept is not shown again for a while, as a wrong password is not. */
  function leaveAlone(account: string, { kind }: IsdsError): void {
    options.log.error({ account, kind }, 'ISDS does not accept the certificate');
    accepted.delete(account);
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
    async logIn(login, { password, remoteAddress, left }) {
      const account = login.toLowerCase();
      const configured = byLogin.get(account);
      if (configured === undefined) return undefined;
      const isKnownNetwork = await networks.has(account, { remoteAddress });
      await passwords.check({ login: account, password, remoteAddress, isKnownNetwork }, configured.passwordHash);
      await networks.learnOwn(account, { remoteAddress });
      return identify(account, configured, left);
    },
    refused: () => [...passwords.refused(), ...refused.keys()],
    pauses: () => passwords.pauses(),
    forgive: (login) => {
      passwords.forgive(login);
      for (const account of login === undefined ? refused.keys() : [login]) refused.delete(account);
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
