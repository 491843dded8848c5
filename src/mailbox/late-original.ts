/** The mail that brings a signed original later than its message; all of it is here before ISDS's refusal is too late to tell. */
import type { Log } from '../core/index.ts';
import { type Envelope, type ReadingCalls, IsdsError, type Seal } from '../isds/index.ts';
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
import type { OpenedMail } from './types.ts';

/** Stands behind the message's own subject, so that lists by subject show the two together. */
const SUBJECT_SUFFIX = '(podepsaný originál)';

export interface LateOriginalContext {
  readonly isds: ReadingCalls;
  /** Where the original waits until it is known to be whole. */
  readonly spoolDirectory: string;
  readonly sessionId: string;
  readonly log: Log;
  /** May have to ask for the envelope first, and rejects with Refused when that fails. */
  readonly compose: (signal: AbortSignal) => Promise<LateMail>;
  /** Called when the original could not be had. */
  readonly failed: (error: unknown) => Promise<void>;
  /** Called when the mail was made whole. */
  readonly succeeded: () => Promise<void>;
  /** Called when the mail could not be made as long as announced, with its true size. */
  readonly missed: (octets: number) => Promise<void>;
}

/** The mail that brings an original later, without the original. */
export interface LateMail extends Notice {
  readonly mail: ReceivedMail;
  /** The envelope says that it is a large message (VoDZ), whose original another service brings. */
  readonly large: boolean;
}

/** Composes it anew each time; the same octets for the same envelope. */
export function composeLateOriginal(
  envelope: Envelope,
  { since }: PendingOriginal,
  context: ComposingContext,
): LateMail {
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

/** Opens the mail. Nothing is asked of ISDS before its content is. */
export function openLateOriginal(
  { dmID, octets }: Pick<IndexedMessage, 'dmID' | 'octets'>,
  context: LateOriginalContext,
  signal: AbortSignal,
): OpenedMail {
  const spool = new Spool(context.spoolDirectory);
  let composing: Promise<LateMail> | undefined;
  let fetching: Promise<Original> | undefined;
  const compose = () => (composing ??= context.compose(signal));
  const fetch = () => (fetching ??= noted());

  async function noted(): Promise<Original> {
    try {
      const { large } = await compose();
      const start = await beginOriginal({ dmID, large }, context, signal);
      return start.kind === 'withheld' ? start : await keep(start, spool);
    } catch (error) {
      await spool.dispose();
      await context.failed(error);
      throw error instanceof IsdsError ? temporaryRefusal(error) : error;
    }
  }

  async function* parts(): AsyncGenerator<Buffer> {
    const { mail, text } = await compose();
    yield mail.head;
    yield mail.note(text);
    const original = await fetch();
    if (original.kind === 'withheld') {
      context.log.warn({ session: context.sessionId, dmID, reason: original.refusal.reason }, 'original withheld');
      yield mail.note(withheldNotice(original.refusal, context.sessionId));
    } else {
      const verdict = sealText(original.seal);
      if (verdict !== undefined) yield mail.note(verdict);
      yield* originalPart(original.file, original.seal, mail);
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
      for (const piece of filling(octets - written)) {
        written += piece.length;
        yield piece;
      }
      await context.succeeded();
      if (written !== octets) await context.missed(written);
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
