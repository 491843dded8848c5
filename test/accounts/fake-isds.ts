/** An ISDS that knows passwords and counts who asks for what; only what logging in needs. */
import { type Accounts, type CertificateAccount, createAccounts, type LoginControl } from '../../src/accounts/index.ts';
import { type Clock, createLog, Secret } from '../../src/core/index.ts';
import { memoryStore } from '../../src/store/index.ts';
import {
  type CallGuard,
  type CallOptions,
  type Credentials,
  type Isds,
  type IsdsAccount,
  IsdsError,
} from '../../src/isds/index.ts';

export class FakeIsds implements Isds {
  readonly passwords = new Map<string, string>();
  /** One line a question that reached ISDS: operation and login. */
  readonly calls: string[] = [];
  /** Logins that ISDS refused, one for each time: what it counts against us. */
  readonly failures: string[] = [];
  /** Thrown instead of looking at the password. */
  trouble: IsdsError | undefined;
  /** Milliseconds since the epoch by ISDS's clock. */
  serverTime: number | undefined;
  /** Questions wait here until let go. */
  gate: Promise<void> = Promise.resolve();

  readonly #lanes = new Map<string, Promise<unknown>>();

  account(credentials: Credentials, guard?: CallGuard): IsdsAccount {
    // One call at a time for each login, as the client has it.
    const call = <Answer>(operation: string, answer: Answer, options?: CallOptions): Promise<Answer> => {
      const done = (this.#lanes.get(credentials.login) ?? Promise.resolve()).then(() => {
        if (options?.deserted?.aborted === true) throw new IsdsError({ kind: 'aborted' });
        return ask(operation, answer);
      });
      this.#lanes.set(
        credentials.login,
        done.catch(() => undefined),
      );
      return done;
    };
    const ask = async <Answer>(operation: string, answer: Answer): Promise<Answer> => {
      const watch = await guard?.before(undefined);
      this.calls.push(`${operation} ${credentials.login}`);
      await this.gate;
      const error = this.trouble ?? this.#passwordError(credentials);
      if (error === undefined) watch?.answered();
      else if (error.kind === 'wrong-credentials' || error.kind.endsWith('-blocked'))
        this.failures.push(credentials.login);
      watch?.ended(error);
      if (error) throw error;
      return answer;
    };
    const box = { boxId: 'aydaadk', boxType: 'PO', name: 'Kovárna Šťastný s.r.o.', boxState: 1 };
    const account: Pick<IsdsAccount, 'serverTime' | 'getOwnerInfo' | 'getUserInfo' | 'getPasswordExpiry' | 'checkBox'> =
      {
        serverTime: () => this.serverTime,
        getOwnerInfo: (options) => call('GetOwnerInfoFromLogin2', box, options),
        getUserInfo: () => call('GetUserInfoFromLogin2', { rights: 255, userType: 'PRIMARY_USER' }),
        getPasswordExpiry: () => call('GetPasswordInfo', undefined),
        checkBox: () => call('CheckDataBox', 1),
      };
    return account as IsdsAccount;
  }

  /** The process that asked has ended: its questions keep nobody waiting. */
  forgetCallers(): void {
    this.#lanes.clear();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  loginChecks(): number {
    return this.calls.filter((call) => call.startsWith('GetOwnerInfoFromLogin2')).length;
  }

  #passwordError(credentials: Credentials): IsdsError | undefined {
    if (credentials.kind === 'certificate') return undefined;
    if (this.passwords.get(credentials.login) === credentials.password.reveal()) return undefined;
    return new IsdsError({ kind: 'wrong-credentials' });
  }
}

export const MINUTE = 60_000;

/** A clock that tests set: time passes by itself, and the clock's setting is another thing. */
export interface TestClock extends Clock {
  time: number;
  /** How wrong the clock is set. */
  ahead: number;
  /** Since when this start of the computer counts; the next one counts anew. */
  start: number;
}

function testClock(): TestClock {
  return {
    time: 0,
    ahead: 0,
    start: 0,
    now() {
      return this.time + this.ahead;
    },
    elapsed() {
      return this.time - this.start;
    },
    get origin() {
      return `start at ${this.start}`;
    },
  };
}

/** The gate of a gateway in front of a fake ISDS, with a clock that tests set. */
export function newGateway(certificates: readonly CertificateAccount[] = []): {
  isds: FakeIsds;
  clock: TestClock;
  /** The same gateway after a restart, which forgets what is not stored. */
  restart: () => void;
  /** Lines of the log from warnings on. */
  log: string[];
  logIn: (name: string, password: string, remoteAddress?: string, left?: AbortSignal) => ReturnType<Accounts['logIn']>;
  restraints: LoginControl['restraints'];
  forgive: LoginControl['forgive'];
} {
  const isds = new FakeIsds();
  isds.passwords.set('stastny1', 'Heslo-1234');
  const clock = testClock();
  const log: string[] = [];
  const { logins, loginFailures } = memoryStore();
  const start = () =>
    createAccounts({
      isds,
      domain: 'datovka.example.cz',
      logins,
      loginFailures,
      certificates,
      clock,
      log: createLog('warn', { write: (line) => void log.push(line) }),
      rememberSuccessMs: 10 * MINUTE,
      rememberFailureMs: 60 * MINUTE,
      failuresPerLogin: 3,
      failuresOfAll: 5,
    });
  let accounts = start();
  const logIn = (name: string, password: string, remoteAddress = '127.0.0.1', left = new AbortController().signal) =>
    accounts.logIn({
      name,
      password: new Secret(password),
      sessionId: 'bcdfghjk',
      remoteAddress,
      protocol: 'pop3',
      left,
    });
  return {
    isds,
    clock,
    log,
    logIn,
    restart: () => {
      isds.forgetCallers();
      accounts = start();
    },
    restraints: () => accounts.restraints(),
    forgive: (name) => accounts.forgive(name),
  };
}
