/** Where messages that cannot be had stand in a list, and the mail that stands in for one of which that lasts. */
import { type Clock, leftOf } from '../core/index.ts';
import type { Envelope } from '../isds/index.ts';
import { type ComposingContext, composeReceivedMail, unobtainableNotice } from '../mail-writer/index.ts';
import type { IndexedMessage, RetrievalFailure } from '../store/index.ts';
import type { MessageEntry } from './message-entry.ts';
import { type Notice, openNotice } from './opened-notice.ts';
import { composing, type Entry, type Reader } from './reader.ts';
import { isLasting, isOfTheMessage, MAX_LEFT_OUT_MS } from './retrievals.ts';
import type { OpenedMail } from './types.ts';

/** Of the UIDL: the message itself can still come under its own. */
const SUFFIX = '-nelze';

/** Announced before the envelope is known: its longest fields in both places, and the words. The rest is filled up. */
const STAND_IN_OCTETS = 24_000;

interface View {
  readonly hidden: ReadonlySet<string>;
  readonly received: ReadonlySet<string>;
  readonly clock: Clock;
}

/** Where messages stand in a list whose content could not be had. */
export interface Order {
  readonly ordinary: readonly Entry[];
  /** Behind everything else. */
  readonly last: readonly Entry[];
  /** When a message that is left out is listed again. */
  readonly changesAt: number;
}

/** Numbers are free, UIDLs stay: whatever program stops at a message has everything else before it (RFC 1939 §7). */
export function standLast(
  entries: readonly MessageEntry[],
  failures: ReadonlyMap<string, RetrievalFailure>,
  { hidden, received, clock }: View,
): Order {
  if (failures.size === 0) return { ordinary: entries, last: [], changesAt: Number.POSITIVE_INFINITY };
  const last: Entry[] = [];
  let changesAt = Number.POSITIVE_INFINITY;
  const failing = (entry: MessageEntry) => entry.message.kind === 'message' && failures.has(entry.message.dmID);
  const byDmID = new Map(entries.filter(failing).map((entry) => [entry.message.dmID, entry]));
  const standIns: Entry[] = [];
  for (const [dmID, failure] of failures) {
    const entry = byDmID.get(dmID);
    if (entry === undefined) continue;
    // Who has the message keeps it listed: programs erase their copy of what vanishes (mail-clients §7).
    if (!isLasting(failure, clock) || received.has(entry.uid)) {
      last.push(entry);
      continue;
    }
    const standIn = new StandInEntry(entry.message, failure);
    if (!hidden.has(standIn.uid)) standIns.push(standIn);
    const returnsIn = leftOf(failure.failedAt, MAX_LEFT_OUT_MS, clock);
    if (returnsIn <= 0) last.push(entry);
    else changesAt = Math.min(changesAt, clock.now() + returnsIn);
  }
  return { ordinary: [...entries.filter((entry) => !failing(entry)), ...standIns], last, changesAt };
}

/** Stands in for a message. */
class StandInEntry implements Entry {
  readonly uid: string;
  readonly octets = STAND_IN_OCTETS;
  readonly arrivedAt: number;
  readonly #message: IndexedMessage;
  readonly #failure: RetrievalFailure;

  constructor(message: IndexedMessage, failure: RetrievalFailure) {
    this.uid = `${message.dmID}${SUFFIX}`;
    this.arrivedAt = message.arrivedAt;
    this.#message = message;
    this.#failure = failure;
  }

  open(reader: Reader, signal: AbortSignal): OpenedMail {
    return openNotice(this.octets, async () => {
      const { identity, services } = reader;
      const suffices = isOfTheMessage;
      const envelope = await services.envelopes.getAny(identity, this.#message, { signal, suffices });
      return standInOf(envelope, this.#failure, composing(reader));
    });
  }
}

/** Says that the message cannot be had, and what to do. */
function standInOf(envelope: Envelope, { firstTryAt }: RetrievalFailure, context: ComposingContext): Notice {
  const mail = composeReceivedMail(envelope, { ...context, idSuffix: SUFFIX });
  const text = unobtainableNotice(new Date(firstTryAt?.at ?? 0));
  return { mail, text };
}
