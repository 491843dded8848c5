/** What a box has sent: its list, and what the messages hold. Asking for both delivers nothing (isds §3.1). */
import { type Clock, elapsed, ExpiringCache } from '../core/index.ts';
import { isPermanent, Refused } from '../refusals/index.ts';
import {
  ANY_STATE,
  type Envelope,
  isAtALimit,
  IsdsError,
  isOfOtherService,
  isWithoutOriginal,
  RECORDS_PER_CALL,
  refusalFor,
  type SentFile,
  wholeList,
} from '../isds/index.ts';
import type { FileMark, SentContents } from '../store/index.ts';
import { fileMarks } from './mark.ts';
import type { SenderIdentity } from './types.ts';

/**
 * How far the clock that dates ISDS's answers may be ahead of the one that dates its messages: nobody promises that they are
 * one, and a message that is left out is sent twice. Contents decide, so that this lets no other message in.
 */
const ISDS_CLOCK_TOLERANCE_MS = 60_000;

/** States 1 and 2 as a filter: no time of arrival yet, so that a list of a time may leave them out (isds §4.1). */
const WITHOUT_ARRIVAL = 2 ** 1 + 2 ** 2;

/** Two tries without time stamp are free, the third within 20 minutes holds ISDS up for 50 s (isds §5.3). */
const STAMP_RETRY_MS = 11 * 60_000;

/** Messages that are not asked for again for a while, a bound for memory. */
const MAX_REMEMBERED_TRIES = 10_000;

/** A mail program waits for the answer; what was not fetched within this time is fetched the next time. */
const MAX_FETCHING_MS = 25_000;

/** Every message that was sent from then on by ISDS's clock. Rejects with Refused, temporarily, when ISDS does not tell them all. */
export async function sentSince({ isds }: SenderIdentity, isdsAt: number): Promise<readonly Envelope[]> {
  const from = new Date(isdsAt - ISDS_CLOCK_TOLERANCE_MS);
  const query = { limit: RECORDS_PER_CALL };
  return asking(async () => {
    // First those without arrival: what arrives between the two questions is in the second answer.
    const waiting = await wholeList(() => isds.listSent({ ...query, statusFilter: WITHOUT_ARRIVAL }));
    // No end: arrivals are seen with a delay.
    const arrived = await wholeList((to) =>
      isds.listSent({ ...query, from, statusFilter: ANY_STATE, ...(to === undefined ? {} : { to }) }),
    );
    if (waiting === undefined || arrived === undefined) throw new Refused('outcome-unknown');
    const records = new Map([...waiting, ...arrived].map((record) => [record.dmID, record]));
    return [...records.values()];
  });
}

/** Whether the message was sent at that time or later by ISDS's clock; one that has no time yet was sent just now. */
export function isNotOlder({ arrivedAt }: Envelope, isdsAt: number): boolean {
  return arrivedAt === undefined || arrivedAt.getTime() >= isdsAt - ISDS_CLOCK_TOLERANCE_MS;
}

/** A failure of a question, in words that let the mail program come again: nothing is decided by it. */
async function asking<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof IsdsError)) throw error;
    const refusal = refusalFor(error);
    throw isPermanent(refusal) ? new Refused('outcome-unknown', {}, { cause: error }) : refusal;
  }
}

/** What sent messages hold, fetched once each and kept. */
export class SentMessages {
  readonly #contents: SentContents;
  readonly #clock: Clock;
  /** Tried in vain, for a reason that lasts a while. */
  readonly #notAgain: ExpiringCache<true>;

  constructor(contents: SentContents, clock: Clock) {
    this.#contents = contents;
    this.#clock = clock;
    this.#notAgain = new ExpiringCache(clock, STAMP_RETRY_MS, MAX_REMEMBERED_TRIES);
  }

  /** What the messages hold, as far as ISDS gives it now; each is fetched once. Rejects with Refused when ISDS cannot be asked. */
  async contentsOf(
    identity: SenderIdentity,
    records: readonly Envelope[],
  ): Promise<ReadonlyMap<string, readonly FileMark[]>> {
    const known = new Map(await this.#contents.find(records.map(({ dmID }) => dmID)));
    const began = elapsed(this.#clock);
    for (const record of records) {
      const { dmID } = record;
      if (known.has(dmID) || this.#notAgain.get(dmID) === true) continue;
      if (elapsed(this.#clock) - began > MAX_FETCHING_MS) break;
      const found = await asking(() => this.#fetch(identity, record));
      if (found === 'at a limit') break;
      if (found === undefined) continue;
      const files = fileMarks(found);
      await this.#contents.add(dmID, files);
      known.set(dmID, files);
    }
    return known;
  }

  async #fetch(
    identity: SenderIdentity,
    { dmID, vodz }: Pick<Envelope, 'dmID' | 'vodz'>,
  ): Promise<readonly SentFile[] | 'at a limit' | undefined> {
    try {
      return await inEitherService(identity, dmID, vodz);
    } catch (error) {
      if (!(error instanceof IsdsError)) throw error;
      if (isWithoutOriginal(error) || error.kind === 'not-intact' || error.kind === 'oversized') {
        this.#notAgain.set(dmID, true);
        return undefined;
      }
      if (error.code === undefined) throw error;
      return isAtALimit(error) ? 'at a limit' : undefined;
    }
  }
}

/** The list may not say that a message is a large one. */
async function inEitherService({ isds }: SenderIdentity, dmID: string, vodz: boolean): Promise<readonly SentFile[]> {
  try {
    return await isds.sentFiles(dmID, { vodz });
  } catch (error) {
    if (!(error instanceof IsdsError) || !isOfOtherService(error)) throw error;
    return isds.sentFiles(dmID, { vodz: !vodz });
  }
}
