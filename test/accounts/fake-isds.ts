/** An ISDS that knows passwords and counts who asks for what; only what logging in needs. */
import { createAccounts, type Accounts, type CertificateAccount } from '../../src/accounts/index.ts';
import { createLog, Secret } from '../../src/core/index.ts';
import { openStore } from '../../src/store/index.ts';
import { type CallGuard, type Credentials, type Isds, type IsdsAccount, IsdsError } from '../../src/isds/index.ts';

export class FakeIsds implements Isds {
  readonly passwords = new Map<string, string>();
  /** One line a question that reached ISDS: operation and login. */
  readonly calls: string[] = [];
  /** Thrown instead of looking at the password. */
  trouble: IsdsError | undefined;
  /** Questions wait here until let go. */
  gate: Promise<void> = Promise.resolve();

  account(credentials: Credentials, guard?: CallGuard): IsdsAccount {
    const call = async <Answer>(operation: string, answer: Answer): Promise<Answer> => {
      guard?.before();
      this.calls.push(`${operation} ${credentials.login}`);
      await this.gate;
      const error = this.trouble ?? this.#passwordError(credentials);
      if (error) {
        guard?.failed(error);
        throw error;
      }
      return answer;
    };
    const box = { boxId: 'aydaadk', boxType: 'PO', name: 'Kovárna Šťastný s.r.o.', boxState: 1 };
    const account: Pick<IsdsAccount, 'getOwnerInfo' | 'getUserInfo' | 'getPasswordExpiry' | 'checkBox'> = {
      getOwnerInfo: () => call('GetOwnerInfoFromLogin2', box),
      getUserInfo: () => call('GetUserInfoFromLogin2', { rights: 255, userType: 'PRIMARY_USER' }),
      getPasswordExpiry: () => call('GetPasswordInfo', undefined),
      checkBox: () => call('CheckDataBox', 1),
    };
    return account as IsdsAccount;
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

/** The gate of a gateway in front of a fake ISDS, with a clock that tests set. */
export function newGateway(certificates: readonly CertificateAccount[] = []): {
  isds: FakeIsds;
  clock: { time: number; now(): number };
  /** The same gateway after a restart, which forgets what is not stored. */
  restart: () => void;
  /** Lines of the log from warnings on. */
  log: string[];
  logIn: (name: string, password: string, remoteAddress?: string) => ReturnType<Accounts['logIn']>;
} {
  const isds = new FakeIsds();
  isds.passwords.set('stastny1', 'Heslo-1234');
  const clock = { time: 0, now: () => clock.time };
  const log: string[] = [];
  const { logins } = openStore(':memory:');
  const start = () =>
    createAccounts({
      isds,
      domain: 'datovka.example.cz',
      logins,
      certificates,
      clock,
      log: createLog('warn', { write: (line) => void log.push(line) }),
      rememberSuccessMs: 10 * MINUTE,
      rememberFailureMs: 60 * MINUTE,
      failuresPerLogin: 3,
      failuresOfAll: 5,
    });
  let accounts = start();
  const logIn = (name: string, password: string, remoteAddress = '127.0.0.1') =>
    accounts.logIn({
      name,
      password: new Secret(password),
      sessionId: 'bcdfghjk',
      remoteAddress,
      protocol: 'pop3',
    });
  return { isds, clock, log, logIn, restart: () => void (accounts = start()) };
}
