/**
 * Decides whether one more password may be tried at ISDS. ISDS blocks an account after a few failures and the address of
 * the gateway after about six within an hour (isds §2.6), so the tries under way count as failures until they turn out well.
 */
import { type Clock, Refused } from '../core/index.ts';

/** The span in which ISDS is believed to count failures, and for which it blocks (isds §2.6). */
export const FAILURE_WINDOW_MS = 60 * 60_000;

/**
 * Whoever was here before has one try when strangers have used up theirs: one that they leave of all, and one more of the
 * login after failures of others, so that a pause tells nobody which logins are known here.
 */
const KEPT_FOR_REGULARS = 1;

export interface AdmissionLimits {
  /** Failures of one login within the window after which it is paused. */
  readonly failuresPerLogin: number;
  /** Failures of all logins within the window after which all are paused. */
  readonly failuresOfAll: number;
}

/** How a try ended; `until` of a blocked account is unknown when ISDS did not say. */
export type TryOutcome =
  | { readonly kind: 'accepted' | 'refused' | 'address-blocked' }
  | { readonly kind: 'account-blocked'; readonly until: number | undefined };

interface Failure {
  readonly login: string;
  readonly at: number;
  readonly byRegular: boolean;
}

export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #clock: Clock;
  readonly #failures: Failure[] = [];
  readonly #blockedUntil = new Map<string, number>();
  /** Logins that are being tried, and whether by a regular. */
  readonly #trying = new Map<string, boolean>();
  readonly #waiting: (() => void)[] = [];
  #addressBlockedUntil = 0;

  constructor(limits: AdmissionLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /**
   * Waits for a turn: one try of a login at a time, and never more at once than may fail. Rejects with Refused while paused.
   * A regular is a login from a network where it was accepted not long ago.
   */
  async enter(login: string, isRegular: boolean): Promise<void> {
    for (;;) {
      this.#refuseIfPaused(login, isRegular);
      const mayFail = this.#trying.size + this.#recent().length;
      if (!this.#trying.has(login) && mayFail < this.#mostOfAll(isRegular)) break;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#trying.set(login, isRegular);
  }

  /** Ends a try that `enter` let in; how it turned out is told by `note`, before. */
  leave(login: string): void {
    this.#trying.delete(login);
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Takes note of what ISDS said to a password of this login, at log-in or at any later call. */
  note(login: string, outcome: TryOutcome): void {
    const now = this.#clock.now();
    switch (outcome.kind) {
      case 'accepted':
        this.#forgive(login);
        break;
      case 'refused':
        // Outside of a try a password failed that was good before.
        this.#failures.push({ login, at: now, byRegular: this.#trying.get(login) ?? true });
        break;
      case 'account-blocked':
        this.#blockedUntil.set(login, outcome.until ?? now + FAILURE_WINDOW_MS);
        break;
      case 'address-blocked':
        this.#addressBlockedUntil = now + FAILURE_WINDOW_MS;
        break;
    }
  }

  /** What ISDS itself has blocked stays untouched, also for a password that was good before. */
  refuseIfBlocked(login: string): void {
    const now = this.#clock.now();
    if (this.#addressBlockedUntil > now) throw new Refused('address-blocked');
    const until = this.#blockedUntil.get(login) ?? 0;
    if (until > now) throw new Refused('account-blocked', { until: clockTime(until) });
    this.#blockedUntil.delete(login);
  }

  #refuseIfPaused(login: string, isRegular: boolean): void {
    this.refuseIfBlocked(login);
    const all = this.#recent();
    const pauses = [
      [
        'login-paused',
        this.#pauseOf(
          all.filter((failure) => failure.login === login),
          isRegular,
        ),
      ],
      ['logins-paused', all.at(-this.#mostOfAll(isRegular))],
    ] as const;
    for (const [reason, pause] of pauses) {
      if (pause !== undefined) throw new Refused(reason, { until: clockTime(pause.at + FAILURE_WINDOW_MS) });
    }
  }

  /** The failure that pauses the login: of a regular one too many of their own, or of everybody. */
  #pauseOf(failures: readonly Failure[], isRegular: boolean): Failure | undefined {
    const { failuresPerLogin } = this.#limits;
    if (!isRegular) return failures.at(-failuresPerLogin);
    const own = failures.filter(({ byRegular }) => byRegular);
    return own.at(-failuresPerLogin) ?? failures.at(-(failuresPerLogin + KEPT_FOR_REGULARS));
  }

  #mostOfAll(isRegular: boolean): number {
    const { failuresOfAll } = this.#limits;
    return isRegular ? failuresOfAll : Math.max(1, failuresOfAll - KEPT_FOR_REGULARS);
  }

  #recent(): readonly Failure[] {
    const since = this.#clock.now() - FAILURE_WINDOW_MS;
    const firstRecent = this.#failures.findIndex((failure) => failure.at > since);
    this.#failures.splice(0, firstRecent === -1 ? this.#failures.length : firstRecent);
    return this.#failures;
  }

  /** A success clears the login's own count; ISDS still counts the failures against the address, and so do we. */
  #forgive(login: string): void {
    for (const [index, failure] of this.#failures.entries()) {
      if (failure.login === login) this.#failures[index] = { ...failure, login: '' };
    }
    this.#blockedUntil.delete(login);
  }
}

/** A moment as the user's clock shows it: ISDS lives in Czech time. */
export function clockTime(at: number): string {
  return new Intl.DateTimeFormat('cs-CZ', { timeStyle: 'short', timeZone: 'Europe/Prague' }).format(at);
}
