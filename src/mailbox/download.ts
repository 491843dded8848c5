/** The beginning of a download: with the signed original where it can be had, without it otherwise. */
import type { Refused } from '../core/index.ts';
import {
  type Envelope,
  type IsdsAccount,
  IsdsError,
  type OriginalDownloadEvent,
  originalUnavailable,
  refusalFor,
  type Seal,
} from '../isds/index.ts';
import { isForGood } from './withheld.ts';

/** What comes of a message; a download without the original ends without a seal. */
export type PartEvent =
  | Exclude<OriginalDownloadEvent, { readonly kind: 'end' }>
  | { readonly kind: 'end'; readonly envelope: Envelope; readonly seal?: Seal };

/** What ISDS began to answer: the message, or a refusal for good, which a note in the mail explains. */
export type Beginning =
  | { readonly kind: 'message'; readonly first: PartEvent; readonly rest: AsyncIterator<PartEvent> }
  | { readonly kind: 'withheld'; readonly refusal: Refused };

/** Rejects with Refused for a temporary failure. */
export async function beginDownload(
  dmID: string,
  isds: IsdsAccount,
  withOriginal: boolean,
  signal: AbortSignal,
): Promise<Beginning> {
  try {
    return await begin(
      withOriginal ? isds.downloadOriginal(dmID, { signal }) : isds.downloadMessage(dmID, { signal }),
      signal,
    );
  } catch (error) {
    if (!(error instanceof IsdsError)) throw error;
    // The content matters more than its seal, which can be fetched later (isds §5.3).
    if (withOriginal && originalUnavailable(error)) return beginDownload(dmID, isds, false, signal);
    const refusal = refusalFor(error);
    if (isForGood(refusal)) return { kind: 'withheld', refusal };
    throw refusal;
  }
}

async function begin(events: AsyncIterable<PartEvent>, signal: AbortSignal): Promise<Beginning> {
  const rest = events[Symbol.asyncIterator]();
  // A reader who leaves between the first octet and the last must not keep the account's turn at ISDS.
  signal.addEventListener('abort', () => void rest.return?.()?.catch(() => undefined), { once: true });
  const { value, done } = await rest.next();
  if (done === true) throw new Error('a download ended without an end');
  return { kind: 'message', first: value, rest };
}
