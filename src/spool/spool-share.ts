/** What the mails of one account may have in the spool together, so that none fills the disk or the memory that the others need. */
import { FairSemaphore } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';

export interface SpoolLimits {
  /** Mails of an account at once; a program sends one or two, an office with one account some more. */
  readonly mails: number;
  /** Octets of all of them. A mail by itself may have as many as any mail. */
  readonly octets: number;
  /** How long a mail waits for a place, in milliseconds, while its program waits for the connection to take more. */
  readonly timeBudgetMs: number;
}

const LIMITS: SpoolLimits = {
  mails: 4,
  // Two of the largest, with what is written once more because it was enclosed.
  octets: 600_000_000,
  // Of a short mail all octets may have been sent before it has its place: with the 45 s that it may wait for ISDS this stays
  // below the 60 s of Outlook (mail-clients §9.1).
  timeBudgetMs: 10_000,
};

/** The place of one mail. */
export interface SpoolShare {
  /** Before octets are written; refuses those that are too many beside the account's other mails. */
  count(octets: number): void;
  /** Harmless when repeated. */
  giveBack(): void;
}

export class SpoolShares {
  readonly #limits: SpoolLimits;
  readonly #places: FairSemaphore;
  readonly #held = new Map<string, Held>();

  constructor(limits: SpoolLimits = LIMITS) {
    this.#limits = limits;
    this.#places = new FairSemaphore(Number.POSITIVE_INFINITY, limits.mails);
  }

  /** Waits for a place and refuses when there is none in time; rejects with the reason of `signal`. */
  async take(account: string, signal: AbortSignal): Promise<SpoolShare> {
    const leave = await this.#enter(account, signal);
    const held = this.#held.get(account) ?? { mails: 0, octets: 0 };
    this.#held.set(account, held);
    held.mails++;
    let own = 0;
    let isHeld = true;
    return {
      count: (octets) => {
        if (held.mails > 1 && held.octets + octets > this.#limits.octets) throw new Refused('account-busy');
        own += octets;
        held.octets += octets;
      },
      giveBack: () => {
        if (!isHeld) return;
        isHeld = false;
        held.octets -= own;
        if (--held.mails === 0) this.#held.delete(account);
        leave();
      },
    };
  }

  async #enter(account: string, signal: AbortSignal): Promise<() => void> {
    const late = AbortSignal.timeout(this.#limits.timeBudgetMs);
    try {
      return await this.#places.enter(account, AbortSignal.any([signal, late]));
    } catch (cause) {
      signal.throwIfAborted();
      throw new Refused('account-busy', {}, { cause });
    }
  }
}

interface Held {
  mails: number;
  octets: number;
}

/** Of this process. */
export const spoolShares = new SpoolShares();
