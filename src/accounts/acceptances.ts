/** What ISDS said about logins: asked once at a time, believed for a while and during outages, and what a mail program hears of a no. */
import {
  type Clock,
  elapsed,
  ExpiringCache,
  LATE,
  type SharedWork,
  SingleFlight,
  type TimeBudgets,
} from '../core/index.ts';
import { type RefusalReason, Refused } from '../refusals/index.ts';
import type { Identity } from './types.ts';
import { IsdsError, refusalFor } from '../isds/index.ts';

/** That ISDS let a login in, and when. */
export interface Acceptance {
  readonly identity: Omit<Identity, 'view'>;
  /** When ISDS said it, as `elapsed` counts. */
  readonly at: number;
}

/** While ISDS does not answer, a login accepted within this time is still believed: mail programs take an outage at log-in for a wrong password (mail-clients §8.4). */
export const BELIEVE_DURING_OUTAGE_MS = 24 * 60 * 60_000;

const OUTAGES: ReadonlySet<RefusalReason> = new Set([
  'isds-maintenance',
  'isds-unreachable',
  'isds-untrusted',
  'isds-failure',
  'isds-busy',
  'account-under-way',
  'login-page',
  'login-unanswered',
]);

/** Whether it says nothing about the login: then what was accepted before is still believed. */
export function isOutage({ reason }: Refused): boolean {
  return OUTAGES.has(reason);
}

export interface AcceptancesOptions {
  readonly clock: Clock;
  /** How long an acceptance is believed without asking ISDS. */
  readonly rememberSuccessMs: number;
  readonly timeBudgets: Pick<TimeBudgets, 'login'>;
  /** Acceptances kept in mind at once; a bound for memory. */
  readonly maxRemembered: number;
}

/** How one login is accepted. */
export interface Question {
  /** Of the login and its secret; the same key is the same question. */
  readonly key: string;
  /** Throws what forbids even to ask; what is remembered needs no question. */
  readonly refuseBeforeAsking: () => void;
  /** Asks ISDS; `deserted` is aborted when nobody waits for the answer. */
  readonly ask: (deserted: AbortSignal) => Promise<Acceptance['identity']>;
  /** Whether the refusal says nothing of the login, so that what is known of it holds. */
  readonly isNoVerdict: (refusal: Refused) => boolean;
}

/** The memory of acceptances, shared by all who log in by one method. */
export class Acceptances {
  readonly #options: AcceptancesOptions;
  readonly #accepted: ExpiringCache<Acceptance>;
  readonly #questions = new SingleFlight<Acceptance>();

  constructor(options: AcceptancesOptions) {
    this.#options = options;
    this.#accepted = new ExpiringCache(options.clock, BELIEVE_DURING_OUTAGE_MS, options.maxRemembered);
  }

  /** Whether it was accepted and is still remembered. */
  has(key: string): boolean {
    return this.#accepted.get(key) !== undefined;
  }

  forget(key: string): void {
    this.#accepted.delete(key);
  }

  /**
   * Believes what is fresh, and lets parallel tries share one question. A log-in is answered before programs give up; what ISDS
   * was asked goes on, and its answer serves the next try. What was known before is believed as during an outage; a login of
   * which nothing is known is refused for now. Rejects with Refused.
   */
  async accept(question: Question, left: AbortSignal): Promise<Acceptance> {
    const { clock, rememberSuccessMs, timeBudgets } = this.#options;
    const known = this.#accepted.get(question.key);
    if (known && elapsed(clock) - known.at < rememberSuccessMs) return known;
    question.refuseBeforeAsking();
    const settled = async (): Promise<Acceptance | typeof LATE> =>
      this.#answered(question).within(timeBudgets.login, left);
    const acceptance = await settled()
      // Those who had asked left before their turn, and the question was not put: it is for who came after them.
      .catch((error: unknown) => (isNotPut(error) && !left.aborted ? settled() : Promise.reject(error)))
      .catch((error: unknown) => {
        if (known && error instanceof Refused && question.isNoVerdict(error)) return known;
        throw error;
      });
    if (acceptance !== LATE) return acceptance;
    // Nobody is logged in who has left.
    if (known !== undefined && !left.aborted) return known;
    throw new Refused('isds-unreachable');
  }

  #answered(question: Question): SharedWork<Acceptance> {
    return this.#questions.join(question.key, async (deserted) => {
      const acceptance = { identity: await question.ask(deserted), at: elapsed(this.#options.clock) };
      this.#accepted.set(question.key, acceptance);
      return acceptance;
    });
  }
}

function isNotPut(error: unknown): boolean {
  return error instanceof Refused && error.cause instanceof IsdsError && error.cause.kind === 'aborted';
}

/** What a mail program hears when ISDS did not take a log-in: for good only what is about the password, everything else passes. */
export function loginRefusal(error: IsdsError): Refused {
  const { failure } = error;
  // A page or a redirect instead of an answer: an outage, or a password that has expired (isds §2.3).
  const isPage =
    failure.kind === 'not-xml' || (failure.kind === 'http' && failure.status >= 300 && failure.status < 400);
  if (isPage) return new Refused('login-page', {}, { cause: error });
  const isPassing = failure.kind === 'http' || (failure.kind === 'status' && failure.class !== 'auth');
  if (!isPassing) return refusalFor(error);
  return new Refused(
    'login-unanswered',
    {},
    { cause: error, ...(error.code === undefined ? {} : { isdsCode: error.code }) },
  );
}
