/**
 * Which tries may still fail at ISDS within the hour. ISDS blocks an address at about six failures and an account after a few
 * (isds §2.6), so that at most five are risked, and who is known here keeps a share of them.
 */
import type { RefusalReason } from '../refusals/index.ts';

/**
 * Who tries a password: `stranger` one that was not accepted yet, from a network where this login was never accepted, or by the
 * box's public ID; `known` the same from a network where the login was accepted; `renewal` one that ISDS accepted before;
 * `repeat` one that ISDS refused although it had accepted it minutes ago.
 */
export type TryKind = 'stranger' | 'known' | 'renewal' | 'repeat';

/** A password about to be tried at ISDS. */
export interface Try {
  readonly account: string;
  readonly network: string;
  readonly kind: TryKind;
  /** When ISDS last accepted this password; counted as `elapsed` counts. */
  readonly acceptedAt: number | undefined;
}

/** A try that ISDS refused; it counts for an hour. */
export interface Failure extends Pick<Try, 'account' | 'network' | 'kind'> {
  /** When it failed, as `elapsed` counts. */
  readonly since: number;
}

export interface ThrottleLimits {
  /** Failures of one login within the hour after which it is paused. */
  readonly failuresPerLogin: number;
  /** Failures of all logins within the hour after which all are paused. */
  readonly failuresOfAll: number;
}

/** Failures that count against a try, and tries under way that may yet; it goes ahead while both together are fewer than `most`. */
export interface Share {
  readonly reason: RefusalReason & ('login-paused' | 'network-paused' | 'logins-paused');
  /** The oldest first. */
  readonly failures: readonly Failure[];
  readonly underWay: number;
  readonly most: number;
}

/** Of all failures, those that strangers must leave: for an old password that a program goes on with, for a slip of the pen, and for the right one. */
const MIN_KEPT_FOR_KNOWN = 3;

/** Whoever has failed leaves one to those who have not, after a second failure one more; so does a password that is asked once more. */
const MAX_LEFT_TO_OTHERS = 2;

/** More from one network would leave nothing to other newcomers. */
const MAX_FAILURES_OF_STRANGE_NETWORK = 2;

/**
 * So many logins whose good password failed within the hour mean that many were changed at once. The others are not asked then, so
 * that their owners' new passwords find a share.
 */
const MAX_STALE_LOGINS = 3;

/** The shares of the hour's failures out of which this try is made, each with how much of it is taken by failures and by tries under way. */
export function sharesOf(
  one: Try,
  failures: readonly Failure[],
  underWay: readonly Try[],
  limits: ThrottleLimits,
): Share[] {
  const { failuresPerLogin, failuresOfAll } = limits;
  const own = failures.filter((failure) => failure.account === one.account && failure.kind !== 'stranger');
  const typed = own.filter(({ kind }) => kind === 'known');
  const stale = newestOfEachLogin(failures.filter(isStale));
  const changedAtOnce = stale.length >= MAX_STALE_LOGINS;
  const share = (reason: Share['reason'], counts: (other: Failure | Try) => boolean, most: number): Share => ({
    reason,
    failures: failures.filter(counts),
    underWay: underWay.filter(counts).length,
    most: Math.max(1, most),
  });
  const ofAll = (kept: number): Share => share('logins-paused', () => true, failuresOfAll - kept);
  const keptByFailures = Math.min(own.length, MAX_LEFT_TO_OTHERS);
  switch (one.kind) {
    case 'stranger':
      return [
        share('login-paused', (other) => other.kind === 'stranger' && other.account === one.account, failuresPerLogin),
        share(
          'network-paused',
          (other) => other.kind === 'stranger' && other.network === one.network,
          MAX_FAILURES_OF_STRANGE_NETWORK,
        ),
        ofAll(MIN_KEPT_FOR_KNOWN),
      ];
    case 'known':
      return [
        share('login-paused', (other) => other.kind === 'known' && other.account === one.account, failuresPerLogin),
        ofAll(changedAtOnce && typed.length === 0 ? 0 : keptByFailures),
      ];
    case 'renewal': {
      const afterChange = changedAtOnce && isLaterThan(one.acceptedAt, stale);
      const confirmedSince = isLaterThan(one.acceptedAt, own) && own.length - typed.length <= 1;
      const total = ofAll(afterChange || confirmedSince ? 0 : keptByFailures);
      return afterChange ? [total] : [total, staleShare(one, stale, underWay)];
    }
    case 'repeat':
      return [ofAll(MAX_LEFT_TO_OTHERS), staleShare(one, stale, underWay)];
  }
}

/** Of strangers' tries, how many more may fail now. */
export function freeForStrangers(
  failures: readonly Failure[],
  underWay: readonly Try[],
  limits: ThrottleLimits,
): number {
  return Math.max(1, limits.failuresOfAll - MIN_KEPT_FOR_KNOWN) - failures.length - underWay.length;
}

function staleShare(one: Try, stale: readonly Failure[], underWay: readonly Try[]): Share {
  const others = (other: Failure | Try): boolean => isStale(other) && other.account !== one.account;
  const failures = stale.filter(others);
  const logins = new Set(underWay.filter(others).map(({ account }) => account));
  for (const { account } of failures) logins.delete(account);
  return { reason: 'logins-paused', failures, underWay: logins.size, most: MAX_STALE_LOGINS };
}

function isStale({ kind }: Failure | Try): boolean {
  return kind === 'renewal' || kind === 'repeat';
}

function newestOfEachLogin(failures: readonly Failure[]): Failure[] {
  return failures.filter(({ account }, index) => !failures.slice(index + 1).some((later) => later.account === account));
}

function isLaterThan(moment: number | undefined, failures: readonly Failure[]): boolean {
  return failures.every(({ since }) => moment !== undefined && moment > since);
}
