/** A message of ISDS in a maildrop, as the index has it: the message itself, a notice that it waits, or its envelope alone. */
import { envelopeOnlyNotice } from '../mail-writer/index.ts';
import type { IndexedKind, IndexedMessage } from '../store/index.ts';
import { composeFor, uidOf } from './entry.ts';
import { isRefusedForGood } from './envelopes.ts';
import { OpenedMessage } from './opened-message.ts';
import { openNotice } from './opened-notice.ts';
import { composing, type Entry, type Reader } from './reader.ts';
import type { OpenedMail } from './types.ts';
import { waitingNotice } from './waiting-notice.ts';

type Open = (message: IndexedMessage, reader: Reader, signal: AbortSignal) => OpenedMail;

const OPEN: Readonly<Record<IndexedKind, Open>> = {
  message: (message, reader, signal) => new OpenedMessage(message, reader, signal),
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
