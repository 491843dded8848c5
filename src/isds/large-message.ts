/** A large message from the calls that it takes: its envelope, then one attachment after the other (isds §5.4). */
import { setTimeout } from 'node:timers/promises';
import type { Caller } from './caller.ts';
import { IsdsError } from './error.ts';
import { malformed } from './http/multipart.ts';
import { type AttachmentKey, downloadAttachment, downloadLargeEnvelope } from './operations/large-download.ts';
import type { CallOptions } from './account.ts';
import type { DownloadEvent } from './types.ts';

/** Far above the 900 attachments that a message could once have (isds §6.3): a bound against a list that never ends. */
const MAX_ATTACHMENTS = 2_000;

/** There is no attachment of that number. */
const NO_MORE = '1299';

/** Too much work with large messages at the moment: wait and try again (isds §5.4). */
const AT_A_LIMIT: ReadonlySet<string | undefined> = new Set(['1298', '3011', '3013']);

/** How long the reader of a mail that has begun can be kept waiting; mail programs give up after a minute. */
const WAITS_MS: readonly number[] = [2_000, 5_000, 10_000];

/** Throws unless everything arrived: as many attachments as the envelope announces, or, where it is silent, all that there are. */
export async function* downloadLarge(
  caller: Caller,
  dmID: string,
  options: CallOptions = {},
  waits = WAITS_MS,
): AsyncGenerator<DownloadEvent> {
  const { envelope, attachments } = await caller.ask(downloadLargeEnvelope, dmID, options);
  const announced = attachments === undefined || attachments < 1 ? undefined : attachments;
  for (let number = 0; number !== announced; number++) {
    if (number >= MAX_ATTACHMENTS) throw malformed('attachments without end');
    // Before the first attachment the reader can still be refused.
    const more = yield* attachment(caller, { dmID, number }, options, number === 0 ? [] : waits);
    if (more) continue;
    // No message is without files (isds §6.3).
    if (announced !== undefined || number === 0) throw malformed('attachments do not add up');
    break;
  }
  yield { kind: 'end', envelope };
}

/** False when there is no attachment of that number. */
async function* attachment(
  caller: Caller,
  key: AttachmentKey,
  options: CallOptions,
  waits: readonly number[],
): AsyncGenerator<DownloadEvent, boolean> {
  let begun = false;
  try {
    for await (const event of caller.stream(downloadAttachment, key, options)) {
      begun = true;
      if (event.kind !== 'complete') yield event;
    }
    return true;
  } catch (error) {
    // What has begun must not be given twice.
    if (!(error instanceof IsdsError) || begun) throw error;
    if (error.code === NO_MORE) return false;
    const [wait, ...furtherWaits] = waits;
    if (wait === undefined || !AT_A_LIMIT.has(error.code)) throw error;
    await setTimeout(wait, undefined, options).catch((cause: unknown) => {
      throw new IsdsError({ kind: 'aborted' }, { cause });
    });
    return yield* attachment(caller, key, options, furtherWaits);
  }
}
