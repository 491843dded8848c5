/** One message on its way to the reader: the head from the list record, the files straight out of ISDS's answer. */
import { IsdsError } from '../isds/index.ts';
import {
  announcedOriginal,
  boxStateText,
  filling,
  missingOriginalText,
  type ReceivedMail,
  withheldNotice,
} from '../mail-writer/index.ts';
import type { Refused } from '../refusals/index.ts';
import type { IndexedMessage } from '../store/index.ts';
import { type Beginning, beginDownload } from './download.ts';
import { composeFor } from './entry.ts';
import { messageParts } from './message-parts.ts';
import { composing, type Reader } from './reader.ts';
import type { OpenedMail } from './types.ts';

/** State of a box that needs no words (isds §8.1). */
const STATE_ACCESSIBLE = 1;

/** A message whose mail has begun. */
interface Composed {
  readonly mail: ReceivedMail;
  /** The envelope says that it is a large message (VoDZ), which other services bring. */
  readonly large: boolean;
}

/** Takes note of what comes of it: whether the message could be had, its original, and its true size. */
export class OpenedMessage implements OpenedMail {
  readonly #message: IndexedMessage;
  readonly #reader: Reader;
  readonly #signal: AbortSignal;
  #composing: Promise<Composed> | undefined;
  #beginning: Promise<Beginning> | undefined;
  /** Octets that have left. */
  #written = 0;

  constructor(message: IndexedMessage, reader: Reader, signal: AbortSignal) {
    this.#message = message;
    this.#reader = reader;
    this.#signal = signal;
  }

  async prepare(): Promise<void> {
    await this.#begin();
  }

  get content(): AsyncIterable<Buffer> {
    return { [Symbol.asyncIterator]: () => this.#counted(this.#pieces()) };
  }

  async *#counted(pieces: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
    const { dmID, octets } = this.#message;
    const { identity, services } = this.#reader;
    for await (const piece of pieces) yield this.#count(piece);
    for (const piece of filling(octets - this.#written)) yield this.#count(piece);
    if (this.#written !== octets) await services.store.index.resize(identity.account, dmID, this.#written);
  }

  #count(piece: Buffer): Buffer {
    this.#written += piece.length;
    return piece;
  }

  async *#pieces(): AsyncGenerator<Buffer> {
    const { identity, services } = this.#reader;
    const { mail } = await this.#compose();
    yield mail.head;
    const boxNote = boxStateText(identity.box.boxState ?? STATE_ACCESSIBLE);
    if (boxNote !== undefined) yield mail.note(`${boxNote}\n`);
    const start = await this.#begin();
    if (start.kind === 'withheld') yield mail.note(this.#withhold(start.refusal));
    else yield* this.#parts(start);
    await services.retrievals.succeeded(identity.account, this.#message.dmID);
    yield mail.end;
  }

  async *#parts(start: Extract<Beginning, { kind: 'message' }>): AsyncGenerator<Buffer> {
    const { dmID } = this.#message;
    const { identity, services } = this.#reader;
    const { account, view } = identity;
    const { lateOriginals, brokenOriginals, spoolDirectory, log } = services;
    const { mail, large } = await this.#compose();
    const originalExpected = services.withOriginal({ vodz: large });
    try {
      const missing = yield* messageParts(start, mail, { spoolDirectory, originalExpected, log });
      if (missing !== undefined) {
        const octets = announcedOriginal(this.#written);
        yield mail.note(missingOriginalText(missing, await lateOriginals.missed(account, view, dmID, octets)));
      } else if (originalExpected) await lateOriginals.came(account, view, dmID);
    } catch (error) {
      if (error instanceof IsdsError && error.kind === 'not-intact') brokenOriginals.set(dmID, true);
      await services.retrievals.failed(identity, dmID, error);
      throw error;
    }
  }

  /** The mail explains why the content is withheld, instead of bringing it. */
  #withhold(refusal: Refused): string {
    const { dmID } = this.#message;
    const { sessionId, services, withheld } = this.#reader;
    services.log.warn({ session: sessionId, dmID, reason: refusal.reason }, 'content withheld');
    withheld.add(dmID);
    return withheldNotice(refusal, sessionId);
  }

  /** May have to ask for the envelope first. */
  #compose(): Promise<Composed> {
    return (this.#composing ??= this.#composeNow());
  }

  async #composeNow(): Promise<Composed> {
    const { identity, services } = this.#reader;
    const envelope = await services.envelopes.get(identity, this.#message, this.#signal);
    return { mail: composeFor(envelope, 'message', composing(this.#reader)), large: envelope.vodz };
  }

  #begin(): Promise<Beginning> {
    return (this.#beginning ??= this.#beginNow());
  }

  async #beginNow(): Promise<Beginning> {
    const { dmID } = this.#message;
    const { identity, services } = this.#reader;
    try {
      const { large } = await this.#compose();
      const isWanted = (vodz: boolean) => services.withOriginal({ vodz }) && !services.brokenOriginals.get(dmID);
      const context = { isds: identity.isds, withOriginal: isWanted };
      return await beginDownload({ dmID, large }, context, this.#signal);
    } catch (error) {
      await services.retrievals.failed(identity, dmID, error);
      throw error;
    }
  }
}
