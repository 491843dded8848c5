/**
 * Attempts to send: which are under way, in this process or another one on the same store, and how long ago the others ended
 * of which nobody knows how (isds §6.6). Whoever sends says so in the store again and again; who falls silent has ended.
 */
import { randomUUID } from 'node:crypto';
import { ageOf, type Clock, elapsed, type Log, momentOf } from '../core/index.ts';
import type { OpenSubmission, Submissions } from '../store/index.ts';

/** A message that was created appears in the list of sent ones within this time (isds §6.6); there is no use in looking earlier. */
const APPEARS_WITHIN_MS = 60_000;

/** ISDS may work on a request for this long, also when the connection broke at once (isds §1.8). */
const CARRIED_OUT_WITHIN_MS = 120_000;

/** After that a message that is not listed does not exist: sending it again before would send it twice. */
const MUST_BE_LISTED_AFTER_MS = CARRIED_OUT_WITHIN_MS + APPEARS_WITHIN_MS;

/** An attempt of which nothing was heard for so long has no owner any more. */
const LEASE_MS = 30_000;

/** Two signs may be lost before the lease is. */
const RENEWAL_MS = 10_000;

type Attempted = Pick<OpenSubmission, 'key' | 'attempt'>;

export interface AttemptsOptions {
  readonly submissions: Pick<Submissions, 'renew' | 'end'>;
  readonly clock: Clock;
  readonly log: Log;
}

export class Attempts {
  readonly owner = randomUUID();
  readonly #options: AttemptsOptions;
  /** Of this owner, whose own word goes before that of the store. */
  readonly #underWay = new Set<number>();
  /** One that an earlier process began may have been under way until then, whatever the store heard of it. */
  readonly #processBegan: number;

  constructor(options: AttemptsOptions) {
    this.#options = options;
    this.#processBegan = elapsed(options.clock);
  }

  /** What `work` gives; as long as it takes, the submissions are under way for everybody. */
  async during<Result>(keys: readonly number[], work: () => Promise<Result>): Promise<Result> {
    const { submissions, clock, log } = this.#options;
    // A lease that cannot be renewed costs a doubt, not the message.
    const renewal = setInterval(() => {
      submissions
        .renew(keys, momentOf(clock))
        .catch((error: unknown) => log.error({ err: error }, 'lease not renewed'));
    }, RENEWAL_MS);
    renewal.unref();
    for (const key of keys) this.#underWay.add(key);
    try {
      return await work();
    } finally {
      clearInterval(renewal);
      for (const key of keys) this.#underWay.delete(key);
      // What was sent is on record; the lease ends by itself.
      await submissions
        .end(keys, momentOf(clock))
        .catch((error: unknown) => log.error({ err: error }, 'lease not ended'));
    }
  }

  /** True once the message of this submission may be listed. */
  mayBeListed(submission: Attempted): boolean {
    return this.#sinceEnd(submission) >= APPEARS_WITHIN_MS;
  }

  /** True once the message of this submission, if there is one, is listed. */
  mustBeListed(submission: Attempted): boolean {
    return this.#sinceEnd(submission) >= MUST_BE_LISTED_AFTER_MS;
  }

  /** Milliseconds; negative while another process has the lease. */
  #sinceEnd({ key, attempt: { owner, seen, isEnded } }: Attempted): number {
    const { clock } = this.#options;
    if (this.#underWay.has(key)) return 0;
    if (isEnded && owner === this.owner) return ageOf(seen, clock);
    return Math.min(ageOf(seen, clock) - (isEnded ? 0 : LEASE_MS), elapsed(clock) - this.#processBegan);
  }
}
