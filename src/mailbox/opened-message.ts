/** One message on its way to the reader: the head from the list record, the files straight out of ISDS's answer. */
import type { Log } from '../core/index.ts';
import { type ReadingCalls, IsdsError } from '../isds/index.ts';
import {
  filling,
  type MissingOriginal,
  missingOriginalText,
  type ReceivedMail,
  withheldNotice,
} from '../mail-writer/index.ts';
import type { IndexedMessage } from '../store/index.ts';
import { type Beginning, beginDownload } from './download.ts';
import { messageParts } from './message-parts.ts';
import type { OpenedMail } from './types.ts';

/** A message whose mail has begun. */
export interface Composed {
  readonly mail: ReceivedMail;
  /** The envelope says that it is a large message (VoDZ), which other services bring. */
  readonly large: boolean;
}

export interface OpeningContext {
  readonly isds: ReadingCalls;
  readonly sessionId: string;
  readonly log: Log;
  /** Whether the signed original comes as the last part of such a message. */
  readonly withOriginal: (large: boolean) => boolean;
  /** Whether it should, if ISDS gives it whole. */
  readonly wantsOriginal: (large: boolean) => boolean;
  /** Where the original waits for its turn. */
  readonly spoolDirectory: string;
  /** What the state of the reader's own box means; undefined when it is accessible. */
  readonly boxNote: string | undefined;
  /** Composes the mail; may have to ask for the envelope first, and rejects with Refused when that fails. */
  readonly compose: (signal: AbortSignal) => Promise<Composed>;
  /** Called when the mail explains why the content is withheld, instead of bringing it. */
  readonly withheld: () => void;
  /** Called when the original does not hold together, so that the next try is made without it. */
  readonly originalBroken: () => void;
  /** Called when the message came without its original, with its size up to there; whether the original comes later. */
  readonly originalMissed: (octets: number) => Promise<boolean>;
  /** Called when the message came with its original. */
  readonly originalCame: () => Promise<void>;
  /** Called when the message could not be had, also when that shows in the middle of it. */
  readonly failed: (error: unknown) => Promise<void>;
  /** Called when the message arrived whole from ISDS. */
  readonly succeeded: () => Promise<void>;
  /** Called when the mail could not be made as long as announced, with its true size. */
  readonly missed: (octets: number) => Promise<void>;
}

export function openMessage(
  { dmID, octets }: IndexedMessage,
  context: OpeningContext,
  signal: AbortSignal,
): OpenedMail {
  let composing: Promise<Composed> | undefined;
  let beginning: Promise<Beginning> | undefined;
  const compose = () => (composing ??= context.compose(signal));
  const begin = () => (beginning ??= noted(download()));
  const download = async () => beginDownload({ dmID, large: (await compose()).large }, context, signal);

  async function noted<Result>(step: Promise<Result>): Promise<Result> {
    try {
      return await step;
    } catch (error) {
      await context.failed(error);
      throw error;
    }
  }

  async function* content(): AsyncGenerator<Buffer> {
    const { mail, large } = await compose();
    let written = 0;
    const counted = (piece: Buffer): Buffer => {
      written += piece.length;
      return piece;
    };
    yield counted(mail.head);
    if (context.boxNote !== undefined) yield counted(mail.note(`${context.boxNote}\n`));
    const start = await begin();
    if (start.kind === 'withheld') {
      context.log.warn({ session: context.sessionId, dmID, reason: start.refusal.reason }, 'content withheld');
      context.withheld();
      yield counted(mail.note(withheldNotice(start.refusal, context.sessionId)));
    } else {
      let missing: MissingOriginal | undefined;
      try {
        for await (const piece of messageParts(start, mail, {
          ...context,
          originalExpected: context.wantsOriginal(large),
          originalMissing: (why) => void (missing = why),
        }))
          yield counted(piece);
      } catch (error) {
        if (error instanceof IsdsError && error.kind === 'not-intact') context.originalBroken();
        await context.failed(error);
        throw error;
      }
      if (missing !== undefined)
        yield counted(mail.note(missingOriginalText(missing, await context.originalMissed(written))));
      else if (context.wantsOriginal(large)) await context.originalCame();
    }
    await context.succeeded();
    yield counted(mail.end);
    for (const piece of filling(octets - written)) yield counted(piece);
    if (written !== octets) await context.missed(written);
  }

  return {
    prepare: async () => void (await begin()),
    content: { [Symbol.asyncIterator]: content },
  };
}
