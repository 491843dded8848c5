/** The mails about a signed original that did not come with its message: the one that brings it, and the one that says that it will not come. */
import type { IndexedMessage, PendingOriginal } from '../store/index.ts';
import { GIVEN_UP_SUFFIX, lateOriginalUid } from './entry.ts';
import { givenUpOriginal, openLateOriginal } from './late-original.ts';
import { openNotice } from './opened-notice.ts';
import { composing, type Entry, type Reader } from './reader.ts';
import { isOfTheMessage } from './retrievals.ts';
import type { OpenedMail } from './types.ts';

/** Announced before the envelope is known: its longest fields in header and text, and the words. The rest is filled up. */
const GIVEN_UP_OCTETS = 24_000;

/** Brings the original. */
export class LateOriginalEntry implements Entry {
  readonly uid: string;
  readonly octets: number;
  readonly arrivedAt: number;
  readonly #message: IndexedMessage;
  readonly #original: PendingOriginal;

  constructor(message: IndexedMessage, original: PendingOriginal) {
    this.uid = lateOriginalUid(message.dmID);
    this.octets = original.octets;
    this.arrivedAt = message.arrivedAt;
    this.#message = message;
    this.#original = original;
  }

  open(reader: Reader, signal: AbortSignal): OpenedMail {
    return openLateOriginal(this.#message, this.#original, reader, signal);
  }
}

/** Says that the original will not come. */
export class GivenUpEntry implements Entry {
  readonly uid: string;
  readonly octets = GIVEN_UP_OCTETS;
  readonly arrivedAt: number;
  readonly #message: IndexedMessage;
  readonly #original: PendingOriginal;

  constructor(message: IndexedMessage, original: PendingOriginal) {
    this.uid = `${message.dmID}${GIVEN_UP_SUFFIX}`;
    this.arrivedAt = message.arrivedAt;
    this.#message = message;
    this.#original = original;
  }

  open(reader: Reader, signal: AbortSignal): OpenedMail {
    const message = this.#message;
    return openNotice(this.octets, async () => {
      const { identity, services } = reader;
      const envelope = await services.envelopes.getAny(identity, message, { signal, suffices: isOfTheMessage });
      return givenUpOriginal(envelope, this.#original, message.goneAt !== undefined, composing(reader));
    });
  }
}
