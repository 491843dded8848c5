/** A message of ISDS in a maildrop, as the index has it: the message itself, a notice that it waits, or its envelope alone. */
import { announcedOriginal, boxStateText, envelopeOnlyNotice } from '../mail-writer/index.ts';
import type { IndexedKind, IndexedMessage } from '../store/index.ts';
import { composeFor, uidOf } from './entry.ts';
import { isRefusedForGood } from './envelopes.ts';
import { type Composed, type OpeningContext, openMessage } from './opened-message.ts';
import { openNotice } from './opened-notice.ts';
import { composing, type Entry, type Reader } from './reader.ts';
import type { OpenedMail } from './types.ts';
import { waitingNotice } from './waiting-notice.ts';

/** State of a box that needs no words (isds §8.1). */
const STATE_ACCESSIBLE = 1;

type Open = (message: IndexedMessage, reader: Reader, signal: AbortSignal) => OpenedMail;

const OPEN: Readonly<Record<IndexedKind, Open>> = {
  message: openContent,
  envelope: openEnvelope,
  waiting: openWaiting,
};

/** Under the UIDL of its kind. */
export class MessageEntry implements Entry {
  readonly uid: string;
  readonly message: IndexedMessage;

  constructor(message: IndexedMessage) {
    this.uid = uidOf(message);
    this.message = message;
  }

  get octets(): number {
    return this.message.octets;
  }

  get arrivedAt(): number {
    return this.message.arrivedAt;
  }

  open(reader: Reader, signal: AbortSignal): OpenedMail {
    return OPEN[this.message.kind](this.message, reader, signal);
  }

  /** Nobody has read what ISDS withheld, and what stands for a message is not the message. */
  async markRead({ identity, services, withheld }: Reader): Promise<void> {
    const { dmID, kind, read } = this.message;
    if (kind !== 'message' || read || withheld.has(dmID)) return;
    await identity.isds.markAsDownloaded(dmID);
    await services.store.index.markRead(identity.account, dmID);
  }
}

function openContent(message: IndexedMessage, reader: Reader, signal: AbortSignal): OpenedMail {
  const { identity, sessionId, services, withheld } = reader;
  const { account, view, isds, box } = identity;
  const { store, lateOriginals, retrievals, brokenOriginals, spoolDirectory, log } = services;
  const { dmID } = message;
  const wantsOriginal = (large: boolean): boolean => services.withOriginal({ vodz: large });
  const context: OpeningContext = {
    isds,
    sessionId,
    log,
    spoolDirectory,
    wantsOriginal,
    withOriginal: (large) => wantsOriginal(large) && brokenOriginals.get(dmID) === undefined,
    boxNote: boxStateText(box.boxState ?? STATE_ACCESSIBLE),
    compose: (aborted) => composeContent(message, reader, aborted),
    withheld: () => void withheld.add(dmID),
    originalBroken: () => brokenOriginals.set(dmID, true),
    originalMissed: (written) => lateOriginals.missed(account, view, dmID, announcedOriginal(written)),
    originalCame: () => lateOriginals.came(account, view, dmID),
    failed: (error) => retrievals.failed(identity, dmID, error),
    succeeded: () => retrievals.succeeded(account, dmID),
    missed: (written) => store.index.resize(account, dmID, written),
  };
  return openMessage(message, context, signal);
}

async function composeContent(message: IndexedMessage, reader: Reader, signal: AbortSignal): Promise<Composed> {
  const envelope = await reader.services.envelopes.get(reader.identity, message, signal);
  return { mail: composeFor(envelope, 'message', composing(reader)), large: envelope.vodz };
}

function openEnvelope(message: IndexedMessage, reader: Reader, signal: AbortSignal): OpenedMail {
  const { identity, services } = reader;
  return openNotice(message.octets, async () => {
    const envelope = await services.envelopes.getAny(identity, message, { signal, suffices: isRefusedForGood });
    const how = composing(reader);
    return { mail: composeFor(envelope, 'envelope', how), text: envelopeOnlyNotice(envelope, how.now) };
  });
}

function openWaiting(message: IndexedMessage, reader: Reader, signal: AbortSignal): OpenedMail {
  const { identity, services } = reader;
  return openNotice(message.octets, async () =>
    waitingNotice(message, await services.waiting.describe(identity, message, signal), identity, composing(reader)),
  );
}
