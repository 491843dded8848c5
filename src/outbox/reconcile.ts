/** Was it sent? Uncertain submissions of a box are reconciled together, by what the messages that it has sent hold, never by their looks (design §1.3). */
import { type Clock, type Log, ExpiringCache, KeyedMutex } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import { type Envelope, Right } from '../isds/index.ts';
import type { FileMark, MessageMark, OpenSubmission, SentContents, Submissions } from '../store/index.ts';
import { isSameContent, mayBe } from './mark.ts';
import type { Attempts } from './attempts.ts';
import { isNotOlder, SentMessages, sentSince } from './sent-list.ts';
import type { SenderIdentity } from './types.ts';

export interface ReconciliationOptions {
  readonly submissions: Submissions;
  readonly sentContents: SentContents;
  readonly attempts: Attempts;
  readonly clock: Clock;
  readonly log: Log;
}

/** Logins of a box look by themselves this seldom (isds §1.8); a mail that comes again is looked for at once. */
const LOOKS_APART_MS = 5 * 60_000;

/** A bound for memory: boxes with an open doubt, and doubts. */
const MAX_REMEMBERED_LOOKS = 10_000;

/** Who was looked for in vain is told so at one of the next sessions. */
const LOOK_COUNTS_MS = 24 * 60 * 60_000;

/** One that can be looked for. */
interface Doubt extends OpenSubmission {
  readonly mark: MessageMark;
  readonly isdsAt: number;
}

/** Looks for uncertain submissions among what their boxes have sent. */
export class Reconciliation {
  readonly #options: ReconciliationOptions;
  readonly #messages: SentMessages;
  /** One settling at a time for each box, whichever login asks. */
  readonly #boxes = new KeyedMutex();
  readonly #looked: ExpiringCache<true>;
  /** Uncertain submissions that a look left open. */
  readonly #leftOpen: ExpiringCache<true>;

  constructor(options: ReconciliationOptions) {
    this.#options = options;
    this.#messages = new SentMessages(options.sentContents, options.clock);
    this.#looked = new ExpiringCache(options.clock, LOOKS_APART_MS, MAX_REMEMBERED_LOOKS);
    this.#leftOpen = new ExpiringCache(options.clock, LOOK_COUNTS_MS, MAX_REMEMBERED_LOOKS);
  }

  /**
   * Settles in the store what can be settled now. Rejects with Refused, temporarily, when ISDS cannot be asked. Nothing is asked
   * while there is nothing to settle, for a login that may not list or fetch what was sent (isds §5.1), nor, unless `now`, when
   * the box was looked at a moment ago.
   */
  async settle(identity: SenderIdentity, when: 'now' | 'in time'): Promise<void> {
    if (!mayReconcile(identity)) return;
    const { boxId } = identity.box;
    await this.#boxes.run(boxId, async () => {
      const open = await this.#options.submissions.open(boxId, identity.account);
      const doubts = open.filter((submission) => this.#isDoubt(submission));
      if (doubts.length === 0 || (when === 'in time' && this.#looked.get(boxId) === true)) return;
      this.#looked.set(boxId, true);
      try {
        await this.#compare(identity, doubts);
      } catch (error) {
        // An ISDS that is there and does not tell has been asked, one that is not there has not.
        if (!(error instanceof Refused) || error.reason !== 'outcome-unknown') throw error;
        this.#leaveOpen(doubts);
        throw error;
      }
      this.#leaveOpen(doubts);
    });
  }

  /** Nothing is left that this login could try: after a long absence a doubt is looked for before it is given up. */
  isLookedFor(identity: SenderIdentity, submission: OpenSubmission): boolean {
    return !mayReconcile(identity) || !isTraceable(submission) || this.#leftOpen.get(String(submission.key)) === true;
  }

  #leaveOpen(doubts: readonly Doubt[]): void {
    for (const { key } of doubts) this.#leftOpen.set(String(key), true);
  }

  #isDoubt(submission: OpenSubmission): submission is Doubt {
    return isTraceable(submission) && this.#options.attempts.mayBeListed(submission);
  }

  async #compare(identity: SenderIdentity, doubts: readonly Doubt[]): Promise<void> {
    const { submissions } = this.#options;
    const records = await sentSince(identity, oldest(doubts));
    // Read after the list, and before what is proved: whoever sent a listed message meanwhile stands in one of the two.
    const open = await submissions.open(identity.box.boxId, identity.account);
    const proved = await submissions.proved(records.map(({ dmID }) => dmID));
    const candidates = records
      .filter((record) => !proved.has(record.dmID) && doubts.some((doubt) => isCandidate(doubt, record)))
      .toSorted((one, other) => arrival(one) - arrival(other));
    const contents = await this.#messages.contentsOf(identity, candidates);
    // A message of the same content that is just being sent may be any of those that are listed.
    const underWay = open.filter((submission) => !doubts.some(({ key }) => key === submission.key));
    const taken = new Set<string>();
    const missing: Doubt[] = [];
    for (const doubt of doubts) {
      const own = candidates.filter((record) => !taken.has(record.dmID) && isCandidate(doubt, record));
      const rivals = doubts.filter(({ key }) => key !== doubt.key);
      const verdict = verdictOn(doubt, own, contents, { underWay, rivals });
      if (verdict === 'not sent') {
        if (this.#options.attempts.mustBeListed(doubt)) missing.push(doubt);
      } else if (verdict !== 'open') {
        taken.add(verdict.dmID);
        await this.#prove(identity, doubt, verdict.dmID);
      }
    }
    if (missing.length > 0) await this.#disprove(identity, missing, records);
  }

  async #prove({ box }: SenderIdentity, { key, account }: Doubt, dmID: string): Promise<void> {
    const { submissions, clock, log } = this.#options;
    if (await submissions.prove(key, dmID, clock.now())) {
      log.info({ account, box: box.boxId, submission: key, dmID }, 'doubtful message was sent');
    }
  }

  /** A single odd list sends nothing twice: what it leaves out is asked for once more. */
  async #disprove(identity: SenderIdentity, missing: readonly Doubt[], records: readonly Envelope[]): Promise<void> {
    const { submissions, clock, log } = this.#options;
    const listed = new Set(records.map(({ dmID }) => dmID));
    const more = (await sentSince(identity, oldest(missing))).filter(({ dmID }) => !listed.has(dmID));
    for (const doubt of missing) {
      if (more.some((record) => isCandidate(doubt, record))) continue;
      const { key, account } = doubt;
      await submissions.disprove(key, clock.now());
      log.info({ account, box: identity.box.boxId, submission: key }, 'doubtful message was not sent');
    }
  }
}

/** Lists need the right 8, downloads of sent messages 4 (isds §5.1). */
export function mayReconcile({ rights }: Pick<SenderIdentity, 'rights'>): boolean {
  return (rights & Right.viewInfo) !== 0 && (rights & Right.createMessage) !== 0;
}

function isTraceable(submission: OpenSubmission): submission is Doubt {
  return submission.mark !== undefined && submission.isdsAt !== undefined;
}

type Verdict = { readonly dmID: string } | 'not sent' | 'open';

/** Other messages that may be one of the candidates. */
interface Others {
  readonly underWay: readonly OpenSubmission[];
  /** In doubt as well. */
  readonly rivals: readonly Doubt[];
}

/**
 * `candidates` are the oldest first: of several with the same content each doubt takes one, but not while it may take the only
 * one of another because its own could not be read.
 */
function verdictOn(
  { mark }: Doubt,
  candidates: readonly Envelope[],
  contents: ReadonlyMap<string, readonly FileMark[]>,
  { underWay, rivals }: Others,
): Verdict {
  const match = candidates.find(({ dmID }) => isSameContent(contents.get(dmID) ?? [], mark.files));
  const areAllKnown = candidates.every(({ dmID }) => contents.has(dmID));
  if (match === undefined) return areAllKnown ? 'not sent' : 'open';
  const others = areAllKnown ? underWay : [...underWay, ...rivals];
  return others.some((other) => isSameMessage(other.mark, mark)) ? 'open' : match;
}

function isSameMessage(one: MessageMark | undefined, other: MessageMark): boolean {
  return one?.recipient === other.recipient && isSameContent(one.files, other.files);
}

function isCandidate({ mark, isdsAt }: Doubt, record: Envelope): boolean {
  return mayBe(mark, record) && isNotOlder(record, isdsAt);
}

/** When the first of them was begun, by ISDS's clock. */
function oldest(doubts: readonly Doubt[]): number {
  return Math.min(...doubts.map(({ isdsAt }) => isdsAt));
}

function arrival({ arrivedAt }: Envelope): number {
  return arrivedAt?.getTime() ?? Number.POSITIVE_INFINITY;
}
