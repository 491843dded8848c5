/** What one POP3 conversation knows: who speaks, which messages there are, and how it ended. */
import { newSessionId, TIME_BUDGETS, type Clock, type Log, type TimeBudgets } from '../core/index.ts';
import { Refused, type Wording } from '../refusals/index.ts';
import type { Accounts, Identity } from '../accounts/index.ts';
import type { ListedMessage, Mailbox, Maildrop } from '../mailbox/index.ts';
import {
  ConnectionLost,
  isLoopback,
  type Connection,
  type LoginNetworks,
  type Place,
  type TlsMaterial,
} from '../net/index.ts';
import type { AccountSessions } from './account-sessions.ts';
import { POP3_TIMES, type Pop3Times } from './limits.ts';
import { Receipts } from './receipts.ts';
import { Snapshot } from './snapshot.ts';

export interface Pop3Options {
  readonly accounts: Accounts;
  readonly mailbox: Mailbox;
  readonly log: Log;
  readonly clock: Clock;
  readonly tls: TlsMaterial;
  /** Shared by all ports of the gateway. */
  readonly sessions: AccountSessions;
  /** Name of this mail domain, said in the greeting. */
  readonly domain: string;
  readonly wording: Wording;
  readonly times?: Partial<Pop3Times>;
  readonly timeBudgets?: Pick<TimeBudgets, 'content' | 'head'>;
  /** Whether programs on this computer may log in without TLS. */
  readonly loopbackLogin: boolean;
  /** From where people log in, shared by all ports; without it each port knows its own. */
  readonly networks: LoginNetworks;
}

/** `implicit-tls` is port 995, `starttls` port 110. */
export type Pop3Mode = 'implicit-tls' | 'starttls';

export type State = 'authorization' | 'transaction';

export type SessionEnd =
  | 'quit'
  | 'client-gone'
  | 'idle'
  | 'login-too-late'
  | 'gateway-closing'
  | 'reader-stalled'
  | 'too-many-misuses'
  | 'too-many-refusals'
  | 'too-many-commands'
  | 'too-many-failed-logins'
  | 'tls-failed'
  | 'content-broken';

export class Session {
  readonly id = newSessionId();
  readonly receipts = new Receipts();
  readonly connection: Connection;
  readonly place: Place;
  readonly options: Pop3Options;
  readonly times: Pop3Times;
  readonly timeBudgets: Pick<TimeBudgets, 'content' | 'head'>;
  readonly clock: Clock;
  readonly log: Log;
  /** What USER said, until PASS, a failed login or STLS. */
  userName: string | undefined;
  failedLogins = 0;
  retrieved = 0;
  hidden = 0;
  #end: SessionEnd | undefined;
  #login: { readonly identity: Identity; readonly maildrop: Maildrop } | undefined;
  #snapshot: Snapshot | undefined;
  #listing: Promise<readonly ListedMessage[]> | undefined;
  #leaveAccount: () => void = () => {};

  constructor(connection: Connection, options: Pop3Options, place: Place) {
    this.connection = connection;
    this.place = place;
    place.onSentAway = (reason) => {
      this.finish(reason === 'late' ? 'login-too-late' : 'gateway-closing');
      connection.destroy();
    };
    this.options = options;
    this.times = { ...POP3_TIMES, ...options.times };
    this.timeBudgets = options.timeBudgets ?? TIME_BUDGETS;
    this.clock = options.clock;
    this.log = options.log.child({ session: this.id, remote: connection.remoteAddress });
  }

  get state(): State {
    return this.#login === undefined ? 'authorization' : 'transaction';
  }

  get end(): SessionEnd | undefined {
    return this.#end;
  }

  get account(): string | undefined {
    return this.#login?.identity.account;
  }

  /** A password is taken only where nobody can listen; what a proxy on this computer hands on may have come in the clear. */
  get mayLogIn(): boolean {
    const { encrypted, remoteAddress } = this.connection;
    return encrypted || (this.options.loopbackLogin && isLoopback(remoteAddress));
  }

  requireEncryption(): void {
    if (!this.mayLogIn) throw new Refused('encryption-required');
  }

  /** Refuses with Refused when the account has too many sessions. */
  loggedIn(identity: Identity): void {
    this.#leaveAccount = this.options.sessions.enter(identity.account);
    this.#login = { identity, maildrop: this.options.mailbox.open(identity, this.id) };
    this.place.loggedIn();
  }

  /** Only for commands of the transaction state. */
  get maildrop(): Maildrop {
    if (this.#login === undefined) throw new Error('no maildrop before the login');
    return this.#login.maildrop;
  }

  /** For STAT, LIST and UIDL: the list, which may be picked up, once a session whatever comes of it. */
  async list(): Promise<Snapshot> {
    if (this.#snapshot !== undefined) return this.#snapshot;
    const { left } = this.connection;
    try {
      this.#listing ??= this.maildrop.messages(left);
      return this.#fix(await this.#listing);
    } catch (error) {
      if (left.aborted && error === left.reason) throw new ConnectionLost('client-gone');
      throw error;
    }
  }

  /** For commands that name a message: without a list before them the last known one, so that they deliver nothing. */
  async snapshot(): Promise<Snapshot> {
    return this.#snapshot ?? this.#fix(await this.maildrop.lastKnown());
  }

  /** From the first command that uses it the maildrop stays as it is until the session ends (RFC 1939 §5). */
  #fix(messages: readonly ListedMessage[]): Snapshot {
    this.#snapshot ??= new Snapshot(messages);
    return this.#snapshot;
  }

  /** Undefined as long as no command needed the list. */
  get listed(): Snapshot | undefined {
    return this.#snapshot;
  }

  /** A line came in: the receipt for messages that left before it. */
  commandArrived(): void {
    this.receipts.command(this.connection.lineStart, this.#login?.maildrop);
  }

  /** Makes room for another session of the account. */
  closed(): void {
    this.#leaveAccount();
  }

  /** The first reason given is the one that counts. */
  finish(end: SessionEnd): void {
    this.#end ??= end;
  }
}
