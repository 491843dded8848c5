/** Who has logged in from where, and which log-ins ISDS refused. */
import type { Moment } from '../core/index.ts';

/** Who has logged in here, for how long the accounts room wants to know it. */
export interface KnownLogins {
  /** An account has one box, the last one noted. What is older than `forgetBefore` is forgotten, of all accounts. */
  note(entry: KnownLogin, at: number, forgetBefore: number): Promise<void>;
  /** Logins of the box that were noted at or after `since`. */
  ofBox(boxId: string, since: number): Promise<readonly Pick<KnownLogin, 'account' | 'login'>[]>;
  /** Networks from which anybody was noted at or after `since`. */
  networks(since: number): Promise<readonly string[]>;
  /** Of a login that has no box of its own here: only where it came from. */
  noteNetwork(entry: Pick<KnownLogin, 'account' | 'network'>, at: number): Promise<void>;
  cameFrom(account: string, network: string, since: number): Promise<boolean>;
}

/** A login that ISDS let in from a network. */
export interface KnownLogin {
  readonly account: string;
  /** As it was typed when ISDS accepted it. */
  readonly login: string;
  readonly boxId: string;
  readonly network: string;
}

/** A log-in that ISDS refused; or that was under way when the process ended, so that nobody knows. */
export interface LoginFailure {
  /** Empty after it was forgiven: it counts for all, but against nobody. */
  readonly account: string;
  readonly network: string;
  readonly kind: 'stranger' | 'known' | 'renewal' | 'repeat';
}

/** What the throttle before ISDS must not forget when the process ends; each is durable before it resolves. */
export interface LoginFailures {
  /** Answers the key. */
  add(failure: LoginFailure, moment: Moment): Promise<number>;
  happened(key: number, moment: Moment): Promise<void>;
  remove(key: number): Promise<void>;
  all(): Promise<readonly (LoginFailure & { readonly key: number; readonly moment: Moment })[]>;
  /** ISDS has blocked the account, or with the empty name our address, for so many milliseconds from the moment on. */
  block(account: string, lasts: number, moment: Moment): Promise<void>;
  blocks(): Promise<readonly { readonly account: string; readonly lasts: number; readonly moment: Moment }[]>;
  /** Of one account, or everything. */
  forgive(account: string | undefined): Promise<void>;
}
