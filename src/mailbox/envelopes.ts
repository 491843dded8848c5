/** Envelopes of listed messages: in memory from the list, otherwise asked for again, for they are not stored (design §1.6). */
import { type Clock, ExpiringCache, Slices } from '../core/index.ts';
import { isPermanent, Refused } from '../refusals/index.ts';
import { type Envelope, IsdsError, isNeverObtainable, refusalFor } from '../isds/index.ts';
import type { IndexedMessage } from '../store/index.ts';
import type { ReaderIdentity } from './types.ts';

/** An envelope takes about a kilobyte: 20 MB in all. */
const MAX_REMEMBERED_ENVELOPES = 20_000;

/** Longer than the daily reconciliation, which renews them. */
const REMEMBER_ENVELOPE_MS = 36 * 60 * 60_000;

/** Envelopes of messages, remembered for minutes; asking for one delivers nothing. */
export class Envelopes {
  readonly #remembered: ExpiringCache<Envelope>;

  constructor(clock: Clock) {
    this.#remembered = new ExpiringCache(clock, REMEMBER_ENVELOPE_MS, MAX_REMEMBERED_ENVELOPES);
  }

  /** Thousands of them in slices. */
  async remember(account: string, envelopes: readonly Envelope[]): Promise<void> {
    const slices = new Slices();
    for (const envelope of envelopes) {
      await slices.next();
      this.#remembered.set(key(account, envelope.dmID), envelope);
    }
  }

  /**
   * Asking ISDS for an envelope delivers nothing (isds §3.1). When it can never be had, what the index knows has to do; any other
   * failure rejects with Refused: a mail without sender and subject would stay so.
   */
  async get(identity: ReaderIdentity, message: IndexedMessage, signal: AbortSignal): Promise<Envelope> {
    const known = this.#remembered.get(key(identity.account, message.dmID));
    if (known) return known;
    const envelope = await fetchEnvelope(identity, message, signal);
    // What stands in for one that could not be had is made anew each time: the next question may be answered.
    if (envelope !== undefined) this.#remembered.set(key(identity.account, message.dmID), envelope);
    return envelope ?? bareEnvelope(message);
  }

  /** For a mail that only explains: what the index knows has to do after a failure that `suffices`. */
  async getAny(
    identity: ReaderIdentity,
    message: IndexedMessage,
    { signal, suffices }: { readonly signal: AbortSignal; readonly suffices: (error: unknown) => boolean },
  ): Promise<Envelope> {
    try {
      return await this.get(identity, message, signal);
    } catch (error) {
      if (!suffices(error)) throw error;
      return bareEnvelope(message);
    }
  }
}

/** Undefined when it can never be had. */
async function fetchEnvelope(
  identity: ReaderIdentity,
  message: IndexedMessage,
  signal: AbortSignal,
): Promise<Envelope | undefined> {
  try {
    return await identity.isds.downloadEnvelope(message.dmID, { signal });
  } catch (error) {
    if (!(error instanceof IsdsError)) throw error;
    if (isNeverObtainable(error)) return undefined;
    const refusal = refusalFor(error);
    throw isPermanent(refusal) ? new Refused('isds-failure', refusal.facts, { cause: error }) : refusal;
  }
}

/** What is known of a message without its envelope. */
export function bareEnvelope({ dmID, arrivedAt }: Pick<IndexedMessage, 'dmID' | 'arrivedAt'>): Envelope {
  return {
    dmID,
    type: undefined,
    vodz: false,
    suspicious: false,
    senderBox: undefined,
    sender: undefined,
    senderAddress: undefined,
    senderType: undefined,
    recipientBox: undefined,
    recipient: undefined,
    recipientAddress: undefined,
    toHands: undefined,
    annotation: undefined,
    senderRefNumber: undefined,
    recipientRefNumber: undefined,
    senderIdent: undefined,
    recipientIdent: undefined,
    legalTitle: { law: undefined, year: undefined, section: undefined, paragraph: undefined, point: undefined },
    personalDelivery: false,
    allowSubstDelivery: undefined,
    state: 0,
    attachmentSize: undefined,
    arrivedAt: new Date(arrivedAt),
    deliveredAt: undefined,
  };
}

function key(account: string, dmID: string): string {
  return `${account} ${dmID}`;
}

/** ISDS has said that it will not give the envelope, which may yet pass. */
export function isRefusedForGood(error: unknown): boolean {
  return error instanceof Refused && error.cause instanceof IsdsError && isPermanent(refusalFor(error.cause));
}
