/** Was it sent? A message whose answer was lost is looked for among the sent ones, which delivers nothing (isds §3.1, §6.6). */
import type { Identity } from '../accounts/index.ts';
import { type Clock, Refused } from '../core/index.ts';
import { type Envelope, IsdsError, type OutgoingFile, type OutgoingMessage, refusalFor } from '../isds/index.ts';
import type { Submission, Submissions } from '../store/index.ts';

interface Context {
  readonly submissions: Submissions;
  readonly clock: Clock;
}

/** A message may take this long to appear in the list of sent ones; looking earlier would send it twice (isds §6.6). */
export const APPEARS_WITHIN_MS = 60_000;

/** Clocks of ISDS and gateway may differ this much. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

const RECORDS = 1_000;
const ANY_STATE = -1;
const KIBI = 1_024;

/** Markup of a dmFile element beside its name; ISDS writes it its own way (isds §4.1). */
const FILE_MARKUP = 180;
const FILE_MARKUP_TOLERANCE = 120;

/**
 * The dmID of the message if it was sent, undefined if it was not; the submission is settled either way. Rejects with Refused
 * `outcome-unknown` while it is too early to say, and when ISDS cannot be asked.
 */
export async function settleDoubt(
  identity: Identity,
  message: OutgoingMessage,
  submission: Submission,
  { submissions, clock }: Context,
): Promise<string | undefined> {
  if (clock.now() - submission.begunAt < APPEARS_WITHIN_MS) throw new Refused('outcome-unknown');
  const candidates = (await sentSince(identity, submission.begunAt - CLOCK_TOLERANCE_MS)).filter((record) =>
    isSame(record, message),
  );
  const claimed = await submissions.claimed(
    identity.account,
    candidates.map(({ dmID }) => dmID),
  );
  const found = candidates.findLast(({ dmID }) => !claimed.has(dmID));
  await submissions.settle(
    submission.key,
    found === undefined ? { state: 'refused' } : { state: 'sent', dmID: found.dmID },
  );
  return found?.dmID;
}

/** No end of the interval: a message that was not stamped yet has no time (isds §4.1). */
async function sentSince(identity: Identity, from: number): Promise<readonly Envelope[]> {
  try {
    const query = { from: new Date(from), statusFilter: ANY_STATE, limit: RECORDS };
    const records = await identity.isds.listSent(query);
    if (records.length < RECORDS) return records;
  } catch (error) {
    throw error instanceof IsdsError ? refusalFor(error) : error;
  }
  throw new Refused('outcome-unknown');
}

function isSame(record: Envelope, message: OutgoingMessage): boolean {
  return (
    record.recipientBox === message.recipientBox &&
    record.annotation?.trim() === message.annotation.trim() &&
    (record.attachmentSize === undefined || isSizeOf(record.attachmentSize, message.files))
  );
}

function isSizeOf(attachmentSize: number, files: readonly OutgoingFile[]): boolean {
  const octets = files.reduce((sum, { name, size }) => sum + serialised(name, size), 0);
  const tolerance = KIBI + files.length * FILE_MARKUP_TOLERANCE;
  return Math.abs(attachmentSize * KIBI - octets) <= tolerance;
}

function serialised(name: string, size: number): number {
  return 4 * Math.ceil(size / 3) + Buffer.byteLength(name) + FILE_MARKUP;
}
