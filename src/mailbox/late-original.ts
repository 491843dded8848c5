/** The mail that brings a signed original later than its message; all of it is here before ISDS's refusal is too late to tell. */
import { type Envelope, IsdsError, type Seal } from '../isds/index.ts';
import {
  type ComposingContext,
  composeReceivedMail,
  filling,
  givenUpOriginalText,
  lateOriginalText,
  type ReceivedMail,
  withheldNotice,
  sealText,
} from '../mail-writer/index.ts';
import { Spool, type StoredFile } from '../spool/index.ts';
import type { IndexedMessage, PendingOriginal } from '../store/index.ts';
import { type Beginning, beginOriginal, type PartEvent, temporaryRefusal } from './download.ts';
import { GIVEN_UP_SUFFIX, ORIGINAL_SUFFIX } from './entry.ts';
import { originalPart } from './message-parts.ts';
import type { Notice } from './opened-notice.ts';
import { composing, type Reader } from './reader.ts';
import type { OpenedMail } from './types.ts';

/** Stands behind the message's own subject, so that lists by subject show the two together. */
const SUBJECT_SUFFIX = '(podepsaný originál)';

/** The mail that brings an original later, without the original. */
export interface LateMail extends Notice {
  readonly mail: ReceivedMail;
  /** The envelope says that it is a large message (VoDZ), whose original another service brings. */
  readonly large: boolean;
}

/** Composes it anew each time; the same octets for the same envelope. */
function composeLateOriginal(envelope: Envelope, { since }: PendingOriginal, context: ComposingContext): LateMail {
  const mail = beside(envelope, ORIGINAL_SUFFIX, context);
  return { mail, text: lateOriginalText(envelope, new Date(since.at)), large: envelope.vodz };
}

/** Says that the original will not come. */
export function givenUpOriginal(
  envelope: Envelope,
  { since }: PendingOriginal,
  erased: boolean,
  context: ComposingContext,
): Notice {
  const text = givenUpOriginalText(envelope, new Date(since.at), erased);
  return { mail: beside(envelope, GIVEN_UP_SUFFIX, context), text };
}

function beside(envelope: Envelope, idSuffix: string, context: ComposingContext): ReceivedMail {
  const annotation = `${envelope.annotation ?? `Datová zpráva ${envelope.dmID}`} ${SUBJECT_SUFFIX}`;
  return composeReceivedMail(
    { ...envelope, annotation },
    { ...context, idSuffix, headerOnly: true, besideMessage: true },
  );
}

type Original = { readonly kind: 'whole'; readonly file: StoredFile; readonly seal: Seal } | Withheld;
type Withheld = Extract<Beginning, { kind: 'withheld' }>;

/** Opens the mail, and takes note of what comes of it. Nothing is asked of ISDS before its content is. */
export function openLateOriginal(
  message: IndexedMessage,
  original: PendingOriginal,
  reader: Reader,
  signal: AbortSignal,
): OpenedMail {
  const { identity, sessionId, services } = reader;
  const { account, isds } = identity;
  const { store, envelopes, lateOriginals, spoolDirectory, log } = services;
  const { dmID } = message;
  const spool = new Spool(spoolDirectory);
  let composed: Promise<LateMail> | undefined;
  let fetching: Promise<Original> | undefined;
  const compose = () => (composed ??= composeNow());
  const fetch = () => (fetching ??= fetchNow());

  async function composeNow(): Promise<LateMail> {
    return composeLateOriginal(await envelopes.get(identity, message, signal), original, composing(reader));
  }

  async function fetchNow(): Promise<Original> {
    try {
      const { large } = await compose();
      const start = await beginOriginal({ dmID, large }, { isds }, signal);
      return start.kind === 'withheld' ? start : await keep(start, spool);
    } catch (error) {
      await spool.dispose();
      await lateOriginals.failed(account, original, error);
      throw error instanceof IsdsError ? temporaryRefusal(error) : error;
    }
  }

  async function* parts(): AsyncGenerator<Buffer> {
    const { mail, text } = await compose();
    yield mail.head;
    yield mail.note(text);
    const fetched = await fetch();
    if (fetched.kind === 'withheld') {
      log.warn({ session: sessionId, dmID, reason: fetched.refusal.reason }, 'original withheld');
      yield mail.note(withheldNotice(fetched.refusal, sessionId));
    } else {
      const verdict = sealText(fetched.seal);
      if (verdict !== undefined) yield mail.note(verdict);
      yield* originalPart(fetched.file, fetched.seal, mail);
    }
    yield mail.end;
  }

  async function* content(): AsyncGenerator<Buffer> {
    let written = 0;
    try {
      for await (const piece of parts()) {
        written += piece.length;
        yield piece;
      }
      for (const piece of filling(original.octets - written)) {
        written += piece.length;
        yield piece;
      }
      await lateOriginals.succeeded(account, original);
      if (written !== original.octets) await store.pendingOriginals.resize(account, original, written);
    } finally {
      await spool.dispose();
    }
  }

  return { prepare: async () => void (await fetch()), content: { [Symbol.asyncIterator]: content } };
}

/** Rejects when the answer does not hold together to its end. */
async function keep({ first, rest }: Extract<Beginning, { kind: 'message' }>, spool: Spool): Promise<Original> {
  try {
    const writing = await spool.begin();
    for (let event: PartEvent | undefined = first; event; event = (await rest.next()).value) {
      if (event.kind === 'original') await writing.write(event.octets);
      if (event.kind === 'end' && event.seal) return { kind: 'whole', file: await writing.end(), seal: event.seal };
    }
    throw new Error('an original ended without a seal');
  } finally {
    await rest.return?.();
  }
}
