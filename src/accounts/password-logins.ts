/** Logins that ISDS knows by a password: asks it as seldom as possible, through the throttle, and delivers nothing. */
import { createHmac, randomBytes } from 'node:crypto';
import { type Clock, elapsed, type Log, ExpiringCache, networkOf, type TimeBudgets } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import type { KnownLogins } from '../store/index.ts';
import {
  type CallGuard,
  type CallWatch,
  type Isds,
  type IsdsAccount,
  IsdsError,
  type PasswordCredentials,
} from '../isds/index.ts';
import { Acceptances, BELIEVE_DURING_OUTAGE_MS, isOutage, loginRefusal } from './acceptances.ts';
import { BoxLogins } from './box-logins.ts';
import type { Try } from './failure-shares.ts';
import type { KnownNetworks } from './known-networks.ts';
import type { LoginMethod } from './login-method.ts';
import type { LoginName } from './login-name.ts';
import type { LoginThrottle, Pass } from './login-throttle.ts';
import { pausedHere, refusedHere } from './restraints.ts';
import type { Identity, LoginAttempt, Restraint } from './types.ts';

export interface PasswordLoginOptions {
  readonly isds: Isds;
  readonly throttle: LoginThrottle;
  readonly networks: KnownNetworks;
  /** Which logins have been here, and from where. */
  readonly logins: KnownLogins;
  readonly clock: Clock;
  readonly log: Log;
  /** How long an accepted password is believed without asking ISDS. */
  readonly rememberSuccessMs: number;
  /** How long a refused password is refused without asking ISDS. */
  readonly rememberFailureMs: number;
  readonly timeBudgets: Pick<TimeBudgets, 'login'>;
}

/** Who asks for the first time: from where, and whether the login was accepted from there before. */
interface Origin {
  readonly network: string;
  readonly isKnown: boolean;
}

/** Passwords kept in mind at once; a bound for memory, far above the accounts of one gateway. */
const MAX_REMEMBERED_PASSWORDS = 20_000;

/** A password that ISDS accepted within this time is most likely still good. */
const FRESH_MS = 10 * 60_000;

/** A refusal of a password that ISDS accepted so lately may be a stray one, so that one more is heard. */
const RIGHT_LATELY_MS = 30 * 60_000;

/** After a change of the password ISDS may know the new and the old one for about 15 s (isds §2.2, §11 no. 13). */
const REPEAT_AFTER_MS = 15_000;

export class PasswordLogins implements LoginMethod {
  readonly #options: PasswordLoginOptions;
  readonly #boxLogins: BoxLogins;
  readonly #acceptances: Acceptances;
  /** When ISDS last accepted a password, at whatever call. */
  readonly #confirmed: ExpiringCache<number>;
  readonly #refused: ExpiringCache<true>;
  /** When ISDS refused a password that it had accepted lately. */
  readonly #doubted: ExpiringCache<number>;
  readonly #digestKey = randomBytes(32);

  constructor(options: PasswordLoginOptions) {
    const { clock, rememberFailureMs } = options;
    this.#options = options;
    this.#boxLogins = new BoxLogins({
      ...options,
      isRemembered: (login, { password }) => this.#acceptances.has(this.#keyOf({ kind: 'password', login, password })),
    });
    this.#acceptances = new Acceptances({ ...options, maxRemembered: MAX_REMEMBERED_PASSWORDS });
    this.#confirmed = new ExpiringCache(clock, BELIEVE_DURING_OUTAGE_MS, MAX_REMEMBERED_PASSWORDS);
    this.#refused = new ExpiringCache(clock, rememberFailureMs, MAX_REMEMBERED_PASSWORDS);
    this.#doubted = new ExpiringCache(clock, BELIEVE_DURING_OUTAGE_MS, MAX_REMEMBERED_PASSWORDS);
  }

  /** Every login is one of ISDS's; by the address of its box, where that is known. Refuses what is known to be wrong. */
  async logIn({ login: name, boxId }: LoginName, attempt: LoginAttempt): Promise<Omit<Identity, 'view'>> {
    const { networks } = this.#options;
    const login = boxId === undefined ? name : await this.#boxLogins.loginOf(boxId, attempt);
    const network = networkOf(attempt.remoteAddress);
    // Box IDs are public: whoever names nothing else is a stranger to the throttle.
    const isKnown = boxId === undefined && (await networks.has(login.toLowerCase(), attempt));
    const credentials = { kind: 'password', login, password: attempt.password } as const;
    const key = this.#keyOf(credentials);
    const { identity } = await this.#acceptances.accept(
      {
        key,
        refuseBeforeAsking: () => this.#refuseIfWrong(key),
        ask: (deserted) => this.#ask(credentials, key, { network, isKnown }, deserted),
        // While ISDS may not be asked, what it said of a good password is believed as during an outage.
        isNoVerdict: (refusal) => isOutage(refusal) || refusal.reason === 'logins-paused',
      },
      attempt.left,
    );
    await networks.learn(identity, attempt);
    return identity;
  }

  restraints(): readonly Restraint[] {
    const refused = [...this.#refused.keys(), ...this.#doubted.keys()].map(accountOf);
    return [...this.#boxLogins.pauses().map(pausedHere), ...refused.map(refusedHere)];
  }

  forgive(account: string | undefined): void {
    for (const memory of [this.#refused, this.#doubted]) {
      for (const key of memory.keys()) if (account === undefined || accountOf(key) === account) memory.delete(key);
    }
    this.#boxLogins.forgive(account);
  }

  async #ask(
    credentials: PasswordCredentials,
    key: string,
    origin: Origin,
    deserted: AbortSignal,
  ): Promise<Omit<Identity, 'view'>> {
    const access: IsdsAccount = this.#options.isds.account(
      credentials,
      this.#guard(key, origin, () => access),
    );
    try {
      return await describe(credentials.login, access, deserted);
    } catch (error) {
      throw error instanceof IsdsError ? this.#refusalOf(error, key) : error;
    }
  }

  #guard(key: string, { network, isKnown }: Origin, access: () => IsdsAccount): CallGuard {
    const { throttle, clock } = this.#options;
    const account = accountOf(key);
    return {
      before: async (signal) => {
        this.#refuseIfWrong(key);
        const acceptedAt = this.#confirmed.get(key);
        const repeated = this.#doubted.get(key) !== undefined;
        const first = repeated ? 'repeat' : isKnown ? 'known' : 'stranger';
        const kind: Try['kind'] = acceptedAt === undefined ? first : 'renewal';
        const isFresh = acceptedAt !== undefined && elapsed(clock) - acceptedAt < FRESH_MS;
        const pass = await throttle.enter({ account, network, kind, acceptedAt }, isFresh, signal);
        try {
          // Another call may have found out while this one waited.
          this.#refuseIfWrong(key);
        } catch (error) {
          pass.released();
          throw error;
        }
        return this.#watch(key, pass, access);
      },
    };
  }

  #watch(key: string, pass: Pass, access: () => IsdsAccount): CallWatch {
    const { clock, log, throttle } = this.#options;
    const account = accountOf(key);
    return {
      answered: () => {
        pass.accepted();
        throttle.blocks.lift(account);
        this.#doubted.delete(key);
        this.#confirmed.set(key, elapsed(clock));
      },
      ended: (error) => {
        const failure = error?.failure;
        switch (failure?.kind) {
          case 'wrong-credentials':
            this.#noteWrong(key);
            break;
          case 'account-blocked':
            throttle.block(account, leftOf(failure.until, access().serverTime() ?? clock.now()));
            break;
          case 'address-blocked':
            throttle.block(undefined, undefined);
            break;
          default:
            return pass.released();
        }
        pass.refused();
        log.warn({ account, outcome: failure.kind }, 'ISDS refused the login');
      },
    };
  }

  /** One refusal of a password that was right minutes ago decides nothing yet. */
  #noteWrong(key: string): void {
    const now = elapsed(this.#options.clock);
    const confirmed = this.#confirmed.get(key);
    this.#acceptances.forget(key);
    this.#confirmed.delete(key);
    this.#doubted.delete(key);
    if (confirmed !== undefined && now - confirmed < RIGHT_LATELY_MS) this.#doubted.set(key, now);
    else this.#refused.set(key, true);
  }

  #refuseIfWrong(key: string): void {
    if (this.#refused.get(key)) throw new Refused('wrong-password');
    const doubtedAt = this.#doubted.get(key);
    if (doubtedAt === undefined) return;
    if (elapsed(this.#options.clock) - doubtedAt < REPEAT_AFTER_MS) throw new Refused('password-doubted');
  }

  #refusalOf(error: IsdsError, key: string): Refused {
    const isDoubted = error.kind === 'wrong-credentials' && this.#doubted.get(key) !== undefined;
    return isDoubted ? new Refused('password-doubted', {}, { cause: error }) : loginRefusal(error);
  }

  /** ISDS does not tell upper from lower case in logins, so that the same login in another spelling is the same try. */
  #keyOf({ login, password }: PasswordCredentials): string {
    const account = login.toLowerCase();
    const digest = createHmac('sha256', this.#digestKey).update(`${account}\0${password.reveal()}`).digest('base64');
    return `${account} ${digest}`;
  }
}

function accountOf(key: string): string {
  return key.slice(0, key.indexOf(' '));
}

function leftOf(until: Date | undefined, now: number): number | undefined {
  return until === undefined ? undefined : until.getTime() - now;
}

/** GetOwnerInfoFromLogin2 checks the login without legal effect (isds §2.3); the other two tell what it may do and how long. */
async function describe(login: string, access: IsdsAccount, deserted: AbortSignal): Promise<Omit<Identity, 'view'>> {
  const box = await access.getOwnerInfo({ deserted });
  // The rest belongs to what has begun: the next try finds it done.
  const { rights } = await access.getUserInfo();
  const passwordExpiry = await access.getPasswordExpiry();
  return { account: login.toLowerCase(), login, box, rights, loginKind: 'password', passwordExpiry, isds: access };
}
