/**
 * Messages whose content cannot be had: temporary until proven lasting. Such a message is listed last, so that nothing is behind
 * it; after some tries over some hours a mail of its own UIDL stands in for it, and the message is listed once a day.
 */
import { ageOf, type Clock, leftOf, type Log, momentOf } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import { IsdsError, type IsdsFailureKind } from '../isds/index.ts';
import { NotBase64 } from '../base64/index.ts';
import type { MessageIndex, RetrievalFailure, RetrievalFailures } from '../store/index.ts';
import { isRecent } from './policy.ts';
import type { ReaderIdentity } from './types.ts';

/** So many tries over so long a time, each an hour after the last: no outage lasts through all of them and answers in between. */
const MIN_TRIES = 5;
const MIN_TRYING_MS = 6 * 60 * 60_000;
const MIN_BETWEEN_TRIES_MS = 60 * 60_000;

/** A try counts when ISDS answered something else well so shortly before it: an outage uses up none. */
const AROUND_MS = 10 * 60_000;

/** The question whether ISDS answers at all must not keep the reader waiting. */
const PROBE_TIMEOUT_MS = 5_000;

/** How long a message that something stands in for is left out of the lists after it failed again. */
export const MAX_LEFT_OUT_MS = 24 * 60 * 60_000;

/** What says nothing about the message: ISDS was not asked, or it answers nobody. */
const NOT_OF_THE_MESSAGE: ReadonlySet<IsdsFailureKind> = new Set([
  'aborted',
  'busy',
  'maintenance',
  'unreachable',
  'untrusted',
  'unsendable',
  'wrong-credentials',
  'account-blocked',
  'address-blocked',
]);

/** Whose message it was. */
type Asked = Pick<ReaderIdentity, 'account' | 'isds'>;

export interface RetrievalsOptions {
  readonly failures: RetrievalFailures;
  readonly index: Pick<MessageIndex, 'state'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Counts the tries to have a message's content, and tells which of them say something of the message. */
export class Retrievals {
  readonly #options: RetrievalsOptions;
  /** When a message of the account was had last, and which one failed last. */
  readonly #hadAt = new Map<string, number>();
  readonly #failedLast = new Map<string, { readonly dmID: string; readonly at: number }>();

  constructor(options: RetrievalsOptions) {
    this.#options = options;
  }

  /** The message arrived whole. */
  async succeeded(account: string, dmID: string): Promise<void> {
    const { failures, clock } = this.#options;
    this.#hadAt.set(account, clock.now());
    await failures.forget(account, dmID);
  }

  /** Takes note of a failure that is the message's own, also one in the middle of it. Never rejects. */
  async failed({ account, isds }: Asked, dmID: string, error: unknown): Promise<void> {
    if (!isOfTheMessage(error)) return;
    const { failures, clock, log } = this.#options;
    try {
      const now = clock.now();
      const moment = momentOf(clock);
      const before = (await failures.of(account)).get(dmID);
      const counts = (await this.#mayCount(account, dmID, before)) && (await this.#isAnswering({ account, isds }));
      this.#failedLast.set(account, { dmID, at: now });
      await failures.note(account, dmID, {
        failedAt: moment,
        tries: (before?.tries ?? 0) + (counts ? 1 : 0),
        firstTryAt: before?.firstTryAt ?? (counts ? moment : undefined),
        lastTryAt: counts ? moment : before?.lastTryAt,
      });
    } catch (failure) {
      log.warn({ account, dmID, err: failure }, 'failure of a message not noted');
    }
  }

  async #mayCount(account: string, dmID: string, before: RetrievalFailure | undefined): Promise<boolean> {
    const { clock } = this.#options;
    if (before?.lastTryAt !== undefined && leftOf(before.lastTryAt, MIN_BETWEEN_TRIES_MS, clock) > 0) return false;
    // One after the other with nothing good in between: that is ISDS, not the messages.
    const last = this.#failedLast.get(account);
    if (last === undefined || last.dmID === dmID || !isRecent(last.at, AROUND_MS, clock.now())) return true;
    return last.at < (await this.#answeredAt(account));
  }

  /** Where nothing was asked lately, as between permitted pick-ups, ISDS is asked what delivers nothing (isds §2.3). */
  async #isAnswering({ account, isds }: Asked): Promise<boolean> {
    if (isRecent(await this.#answeredAt(account), AROUND_MS, this.#options.clock.now())) return true;
    try {
      await isds.getOwnerInfo({ signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
      return true;
    } catch {
      return false;
    }
  }

  /** Of what went well; -Infinity when nothing is known of it. */
  async #answeredAt(account: string): Promise<number> {
    const { lastCallAt = Number.NEGATIVE_INFINITY } = await this.#options.index.state(account);
    return Math.max(lastCallAt, this.#hadAt.get(account) ?? Number.NEGATIVE_INFINITY);
  }
}

/** Whether the failure has proven lasting, so that something stands in for the message. */
export function isLasting({ tries, firstTryAt, lastTryAt }: RetrievalFailure, clock: Clock): boolean {
  if (tries < MIN_TRIES || firstTryAt === undefined || lastTryAt === undefined) return false;
  return ageOf(firstTryAt, clock) - ageOf(lastTryAt, clock) >= MIN_TRYING_MS;
}

/** Whether ISDS answered, and what it said, or did not say, was about the message. */
export function isOfTheMessage(error: unknown): boolean {
  const cause = error instanceof Refused ? error.cause : error;
  return cause instanceof NotBase64 || (cause instanceof IsdsError && !NOT_OF_THE_MESSAGE.has(cause.kind));
}
