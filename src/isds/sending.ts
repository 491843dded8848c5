/** Sends a message and says, when that fails, whether it may have been sent nevertheless (isds §6.6). */
import { Slices } from '../core/index.ts';
import { type Caller, SENDING_DEADLINE_MS, unsendable, UPLOAD_DEADLINE_MS } from './caller.ts';
import { IsdsError, type IsdsFailure, type IsdsFailureKind, type Outcome } from './error.ts';
import { createMessageBody, createMultipleBody, readCreated, readSingleOutcomes } from './operations/create.ts';
import { createBigMessageBody, readUploaded, uploadBody } from './operations/large-sending.ts';
import type {
  OutgoingBigMessage,
  OutgoingFile,
  OutgoingMessage,
  OutgoingMultiple,
  SingleOutcome,
  UploadedFile,
} from './outgoing.ts';
import type { OutgoingBody, Service } from './http/transport.ts';
import type { CallOptions } from './account.ts';
import type { XmlElement } from './xml/xml.ts';

/** How far a request got. */
interface Progress {
  /** True once the last octet was handed over: before that ISDS cannot have understood the request. */
  whole: boolean;
  /** Why our own octets ended early. */
  cause: unknown;
}

/** An act that is called once, whatever happens, since calling it again could do it twice. */
interface Act<Output> {
  readonly name: string;
  readonly service: Service;
  /** Throws MalformedXml for what XML cannot carry. */
  readonly body: () => OutgoingBody;
  readonly read: (answer: XmlElement) => Output;
}

/** The dmID of the new message. */
export async function sendMessage(caller: Caller, message: OutgoingMessage, options: CallOptions): Promise<string> {
  const body = () => createMessageBody(message);
  return actOnce(caller, { name: 'CreateMessage', service: 'dz', body, read: readCreated }, options);
}

/** Creates one message a recipient by one call; an outcome for each, in the order in which ISDS answers. Rejects with IsdsError. */
export async function sendMultiple(
  caller: Caller,
  message: OutgoingMultiple,
  options: CallOptions,
): Promise<readonly SingleOutcome[]> {
  const outcomes = await actOnce(
    caller,
    {
      name: 'CreateMultipleMessage',
      service: 'dz',
      body: () => createMultipleBody(message),
      read: (answer) => readSingleOutcomes(answer, message.recipients.length),
    },
    options,
  );
  return outcomes.map((single) => ('dmID' in single ? single : { error: told(single.error, true) }));
}

/** The dmID of the new message, whose files were uploaded before. */
export async function sendBigMessage(
  caller: Caller,
  message: OutgoingBigMessage,
  options: CallOptions,
): Promise<string> {
  const body = () => createBigMessageBody(message);
  return actOnce(caller, { name: 'CreateBigMessage', service: 'vodz', body, read: readCreated }, options);
}

/** Leaves no doubt behind: an upload that is not used vanishes. */
export async function uploadFile(caller: Caller, file: OutgoingFile, options: CallOptions): Promise<UploadedFile> {
  const progress: Progress = { whole: false, cause: undefined };
  try {
    return await caller.exchange(
      {
        name: 'UploadAttachment',
        service: 'vodz',
        body: watched(uploadBody(file), progress),
        read: (answer) => readUploaded(answer, file),
        deadline: UPLOAD_DEADLINE_MS,
      },
      { ...options, waitsLong: true },
    );
  } catch (error) {
    if (progress.cause !== undefined) throw unreadable(progress.cause);
    throw unsendable(error);
  }
}

async function actOnce<Output>(
  caller: Caller,
  { name, service, body, read }: Act<Output>,
  options: CallOptions,
): Promise<Output> {
  const progress: Progress = { whole: false, cause: undefined };
  try {
    return await caller.exchange(
      { name, service, body: watched(body(), progress), read, deadline: SENDING_DEADLINE_MS },
      { ...options, waitsLong: true },
    );
  } catch (error) {
    if (progress.cause !== undefined) throw unreadable(progress.cause);
    if (!(error instanceof IsdsError)) throw unsendable(error);
    throw told(error, progress.whole);
  }
}

/** The error with its outcome. */
function told({ failure, cause }: IsdsError, whole: boolean): IsdsError {
  return new IsdsError(failure, { outcome: outcomeOf(failure, whole), cause });
}

function watched(body: OutgoingBody, progress: Progress): OutgoingBody {
  return {
    ...body,
    async *octets() {
      const slices = new Slices();
      let handedOver = 0;
      for await (const chunk of noting(body.octets(), progress)) {
        handedOver += chunk.length;
        progress.whole = handedOver === body.length;
        yield chunk;
        // Encrypting a chunk takes as long as half a poll.
        await slices.next();
      }
    },
  };
}

/** Apart from `watched`, into which the transport throws what broke on its own side. */
async function* noting(octets: AsyncIterable<Buffer>, progress: Progress): AsyncGenerator<Buffer> {
  try {
    yield* octets;
  } catch (cause) {
    progress.cause = cause;
    throw cause;
  }
}

/** A file that changed or vanished under our hands; nothing was sent. */
function unreadable(cause: unknown): IsdsError {
  return cause instanceof IsdsError
    ? cause
    : new IsdsError({ kind: 'unsendable', problem: 'a file cannot be read' }, { cause });
}

/** A login that was not let in (401): the gate is in front of everything that could be carried out (isds §2.6). */
const NOT_LET_IN: ReadonlySet<IsdsFailureKind> = new Set([
  'wrong-credentials',
  'account-blocked',
  'address-blocked',
  'untrusted',
]);

/** A multipart request that was not understood (isds §1.6). */
const NOT_UNDERSTOOD = 599;

/** "The same request is being processed": it may well be ours (isds §9). */
const BEING_PROCESSED = '3003';

/** Refusals of what was asked; 9xxx are inner failures, of which 9005 is known to leave it open (isds §9). */
const REFUSAL = /^[123]/;

function outcomeOf(failure: IsdsFailure, whole: boolean): Outcome {
  return whole && !isCertain(failure) ? 'unknown' : 'not-executed';
}

/** True for the few answers to a whole request that say for certain that nothing was carried out. */
function isCertain(failure: IsdsFailure): boolean {
  if (failure.kind === 'http') return failure.status === NOT_UNDERSTOOD;
  if (failure.kind === 'maintenance') return failure.announced === true;
  if (failure.kind === 'status') return REFUSAL.test(failure.code) && failure.code !== BEING_PROCESSED;
  return NOT_LET_IN.has(failure.kind);
}
