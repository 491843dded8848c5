/** The beginning of a download: with the signed original where it can be had, without it otherwise. */
import { isPermanent, Refused } from '../refusals/index.ts';
import {
  type Envelope,
  type ReadingCalls,
  IsdsError,
  isNeverObtainable,
  isOfOtherService,
  isWithoutOriginal,
  type OriginalDownloadEvent,
  refusalFor,
  type Seal,
} from '../isds/index.ts';

/** What comes of a message; a download without the original ends without a seal. */
export type PartEvent =
  | Exclude<OriginalDownloadEvent, { readonly kind: 'end' }>
  | { readonly kind: 'end'; readonly envelope: Envelope; readonly seal?: Seal };

/** What ISDS began to answer: the message, or a refusal for good, which a note in the mail explains. */
export type Beginning =
  | { readonly kind: 'message'; readonly first: PartEvent; readonly rest: AsyncIterator<PartEvent> }
  | { readonly kind: 'withheld'; readonly refusal: Refused };

export interface DownloadContext {
  readonly isds: ReadingCalls;
  readonly withOriginal: (large: boolean) => boolean;
}

/** What is downloaded; ordinary and large messages have services of their own (isds §5.1). */
interface Wanted {
  readonly dmID: string;
  readonly large: boolean;
}

/** Rejects with Refused for a temporary failure. */
export function beginDownload(wanted: Wanted, context: DownloadContext, signal: AbortSignal): Promise<Beginning> {
  return answered(wanted, (one) => beginOfKind(one, context, signal));
}

/** As beginDownload, of the signed original or nothing. */
export function beginOriginal(
  wanted: Wanted,
  { isds }: Pick<DownloadContext, 'isds'>,
  signal: AbortSignal,
): Promise<Beginning> {
  return answered(wanted, (one) => beginSigned(one, isds, signal));
}

async function answered(wanted: Wanted, ask: (wanted: Wanted) => Promise<Beginning>): Promise<Beginning> {
  try {
    return await ask(wanted).catch((error: unknown) => {
      // The envelope could not be had, and what was known without it is wrong.
      if (!(error instanceof IsdsError) || !isOfOtherService(error)) throw error;
      return ask({ ...wanted, large: !wanted.large });
    });
  } catch (error) {
    if (!(error instanceof IsdsError)) throw error;
    // Documented as never to change: the notice may stand under the message's own name, for nothing else can come (isds §9).
    if (isNeverObtainable(error)) return { kind: 'withheld', refusal: refusalFor(error) };
    throw temporaryRefusal(error);
  }
}

/** Whatever ISDS says may be passing; what is refused again and again has a mail stand in for it (retrievals.ts). */
export function temporaryRefusal(error: IsdsError): Refused {
  const refusal = refusalFor(error);
  return isPermanent(refusal) ? new Refused('isds-failure', refusal.facts, temporary(error)) : refusal;
}

function temporary(error: IsdsError): { cause: IsdsError; isdsCode?: string } {
  return { cause: error, ...(error.code === undefined ? {} : { isdsCode: error.code }) };
}

async function beginOfKind(
  { dmID, large }: Wanted,
  { isds, withOriginal }: DownloadContext,
  signal: AbortSignal,
): Promise<Beginning> {
  if (withOriginal(large)) {
    try {
      return await beginSigned({ dmID, large }, isds, signal);
    } catch (error) {
      // The content matters more than its seal, which can be fetched later (isds §5.3).
      if (!(error instanceof IsdsError) || !isWithoutOriginal(error)) throw error;
    }
  }
  return begin(large ? isds.downloadBigMessage(dmID, { signal }) : isds.downloadMessage(dmID, { signal }), signal);
}

function beginSigned({ dmID, large }: Wanted, isds: ReadingCalls, signal: AbortSignal): Promise<Beginning> {
  return begin(large ? isds.downloadBigOriginal(dmID, { signal }) : isds.downloadOriginal(dmID, { signal }), signal);
}

async function begin(events: AsyncIterable<PartEvent>, signal: AbortSignal): Promise<Beginning> {
  const rest = events[Symbol.asyncIterator]();
  // A reader who leaves between the first octet and the last must not keep the account's turn at ISDS.
  signal.addEventListener('abort', () => void rest.return?.()?.catch(() => undefined), { once: true });
  const { value, done } = await rest.next();
  if (done === true) throw new Error('a download ended without an end');
  return { kind: 'message', first: value, rest };
}
