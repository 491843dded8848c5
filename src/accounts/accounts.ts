/** Turns a user name and a password into an identity, asking ISDS as seldom as possible and never delivering anything. */
import { createHmac, randomBytes } from 'node:crypto';
import { type Clock, type Log, Memory, PATIENCE, type Patience, Refused } from '../core/index.ts';
import { type Isds, type IsdsAccount, IsdsError, type PasswordCredentials, refusalFor } from '../isds/index.ts';
import type { KnownLogins } from '../store/index.ts';
import { Admission, type AdmissionLimits, type TryOutcome } from './admission.ts';
import { type Acceptance, BELIEVE_DURING_OUTAGE_MS, isOutage } from './acceptance.ts';
import { type CertificateAccount, createCertificateLogins } from './certificate-logins.ts';
import { inTime } from './in-time.ts';
import { BoxLogins } from './box-logins.ts';
import { parseLoginName } from './login-name.ts';
import { Regulars } from './regulars.ts';
import type { Accounts, Identity, LoginAttempt } from './types.ts';

export interface AccountsOptions extends AdmissionLimits {
  readonly isds: Isds;
  readonly domain: string;
  /** Which logins have been here, and from where. */
  readonly logins: KnownLogins;
  /** Logins that ISDS knows by a certificate instead of a password. */
  readonly certificates?: readonly CertificateAccount[];
  readonly clock: Clock;
  readonly log: Log;
  /** How long an accepted password is believed without asking ISDS. */
  readonly rememberSuccessMs: number;
  /** How long a refused password is refused without asking ISDS. */
  readonly rememberFailureMs: number;
  readonly patience?: Pick<Patience, 'login'>;
}

/** Passwords kept in mind at once; a bound for memory, far above the accounts of one gateway. */
const REMEMBERED_PASSWORDS = 20_000;

export function createAccounts(options: AccountsOptions): Accounts {
  const { isds, domain, clock, log, patience = PATIENCE } = options;
  const certificateLogins = createCertificateLogins(options.certificates ?? [], options);
  const admission = new Admission(options, clock);
  const accepted = new Memory<Acceptance>(clock, BELIEVE_DURING_OUTAGE_MS, REMEMBERED_PASSWORDS);
  const refused = new Memory<true>(clock, options.rememberFailureMs, REMEMBERED_PASSWORDS);
  const underWay = new Map<string, Promise<Acceptance>>();
  const digestKey = randomBytes(32);
  const regulars = new Regulars(options.logins, clock);
  const boxLogins = new BoxLogins({
    logins: options.logins,
    regulars,
    clock,
    isRemembered: (login, { password }) => accepted.get(digestOf({ kind: 'password', login, password })) !== undefined,
  });

  function digestOf({ login, password }: PasswordCredentials): string {
    return createHmac('sha256', digestKey).update(`${login}\0${password.reveal()}`).digest('base64');
  }

  /** Believes what is fresh, refuses what is known to be wrong, and lets parallel tries share one question to ISDS. */
  async function accept(credentials: PasswordCredentials, attempt: LoginAttempt): Promise<Acceptance> {
    const digest = digestOf(credentials);
    const account = credentials.login.toLowerCase();
    const known = accepted.get(digest);
    if (known && clock.now() - known.at < options.rememberSuccessMs) return known;
    if (refused.get(digest)) throw new Refused('wrong-password');
    let question = underWay.get(digest);
    if (question === undefined) {
      question = (
        known ? askAgain(credentials, account, digest, known) : askFirst(credentials, account, digest, attempt)
      ).finally(() => underWay.delete(digest));
      underWay.set(digest, question);
    }
    return inTime(question, known, patience.login);
  }

  async function askFirst(
    credentials: PasswordCredentials,
    account: string,
    digest: string,
    attempt: LoginAttempt,
  ): Promise<Acceptance> {
    await admission.enter(account, await regulars.has(account, attempt));
    try {
      return await ask(credentials, account, digest);
    } catch (error) {
      throw error instanceof IsdsError ? refusalFor(error) : error;
    } finally {
      admission.leave(account);
    }
  }

  /** A password that was good before needs no turn: a stranger's failures must not shut the owner out. */
  async function askAgain(
    credentials: PasswordCredentials,
    account: string,
    digest: string,
    known: Acceptance,
  ): Promise<Acceptance> {
    try {
      return await ask(credentials, account, digest);
    } catch (error) {
      if (!(error instanceof IsdsError)) throw error;
      const refusal = refusalFor(error);
      if (isOutage(refusal)) return known;
      throw refusal;
    }
  }

  async function ask(credentials: PasswordCredentials, account: string, digest: string): Promise<Acceptance> {
    const access = isds.account(credentials, {
      before: () => {
        if (refused.get(digest)) throw new Refused('wrong-password');
        admission.refuseIfBlocked(account);
      },
      failed: (error) => {
        const outcome = outcomeOf(error);
        if (outcome === undefined) return;
        log.warn({ account, outcome: outcome.kind }, 'ISDS refused the login');
        admission.note(account, outcome);
        if (outcome.kind !== 'refused') return;
        accepted.delete(digest);
        refused.set(digest, true);
      },
    });
    const identity = await describe(account, credentials.login, access);
    admission.note(account, { kind: 'accepted' });
    const acceptance = { identity, at: clock.now() };
    accepted.set(digest, acceptance);
    return acceptance;
  }

  async function logInAtIsds(name: string, boxId: string | undefined, attempt: LoginAttempt): Promise<Acceptance> {
    const login = boxId === undefined ? name : await boxLogins.loginOf(boxId, attempt);
    const acceptance = await accept({ kind: 'password', login, password: attempt.password }, attempt);
    await regulars.learn(acceptance.identity, attempt);
    return acceptance;
  }

  return {
    async logIn(attempt: LoginAttempt): Promise<Identity> {
      const { login, view, boxId } = parseLoginName(attempt.name, domain);
      const { identity } =
        (await certificateLogins.logIn(login, attempt)) ?? (await logInAtIsds(login, boxId, attempt));
      log.debug({ session: attempt.sessionId, account: identity.account, view }, 'logged in');
      return { ...identity, view };
    },
  };
}

/** GetOwnerInfoFromLogin2 checks the login without legal effect (isds §2.3); the other two tell what it may do and how long. */
async function describe(account: string, login: string, access: IsdsAccount): Promise<Omit<Identity, 'view'>> {
  const box = await access.getOwnerInfo();
  const { rights } = await access.getUserInfo();
  const passwordExpiry = await access.getPasswordExpiry();
  return { account, login, box, rights, loginKind: 'password', passwordExpiry, isds: access };
}

/** What an error says about the password or the address; undefined when nothing. */
function outcomeOf({ failure }: IsdsError): TryOutcome | undefined {
  switch (failure.kind) {
    case 'wrong-credentials':
      return { kind: 'refused' };
    case 'account-blocked':
      return { kind: 'account-blocked', until: failure.until?.getTime() };
    case 'address-blocked':
      return { kind: 'address-blocked' };
    default:
      return undefined;
  }
}
