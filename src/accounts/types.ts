/** Who speaks, for which box, and how ISDS is reached on their behalf. */
import type { Secret } from '../core/index.ts';
import type { Credentials, IsdsAccount, OwnerInfo } from '../isds/index.ts';

/** One try to log in, as a mail program made it. */
export interface LoginAttempt {
  /** User name as sent: LOGIN, LOGIN@domain, BOXID@domain, each with +tag (mail-clients §3.7). */
  readonly name: string;
  readonly password: Secret;
  readonly sessionId: string;
  readonly remoteAddress: string;
  readonly protocol: 'pop3' | 'smtp';
  /** Aborted when the client has left: what ISDS was not asked by then it is not asked. */
  readonly left: AbortSignal;
}

/** A login that ISDS has accepted. A room takes one with no more than it asks of ISDS (`Calls`). */
export interface Identity<Calls = IsdsAccount> {
  /** Key of everything stored for this login. */
  readonly account: string;
  /** The +tag of the user name: a view with its own deleted set; empty for the account's own. */
  readonly view: string;
  readonly login: string;
  readonly box: OwnerInfo;
  /** Certificate logins can learn of messages without delivering them (isds §4.4). */
  readonly loginKind: Credentials['kind'];
  /** Sum of `Right` bits. */
  readonly rights: number;
  /** Undefined when the password never ends or the date is not known. */
  readonly passwordExpiry: Date | undefined;
  readonly isds: Calls;
}

/** Where every conversation logs its client in. */
export interface Accounts {
  /** Asks ISDS at most once per password and delivers nothing; rejects with Refused. */
  logIn(attempt: LoginAttempt): Promise<Identity>;
}

/** Something that keeps a log-in from ISDS for now. */
export interface Restraint {
  readonly what: string;
  /** Empty where it is about everybody. */
  readonly account: string;
  readonly network?: string;
  /** Milliseconds since the epoch; undefined when nobody knows. */
  readonly until?: number;
}

/** What the operator may see and do while the gateway runs. */
export interface LoginControl {
  restraints(): Promise<readonly Restraint[]>;
  /** Lifts what is held against a login, or with undefined against everybody; rejects with Refused for what is no login. */
  forgive(name: string | undefined): Promise<void>;
}
