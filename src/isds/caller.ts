/** Carries out calls for one login: its turn, the guard, the deadline, the reading of the answer, a line in the log. */
import type { Clock, Log, KeyedMutex } from '../core/index.ts';
import { limited } from './http/body.ts';
import { IsdsError } from './error.ts';
import { endOfCall } from './http/network-failure.ts';
import { readSmall } from './http/mtom.ts';
import { type Operation, requestElement } from './soap/operation.ts';
import type { Download } from './operations/download.ts';
import { NotBase64 } from '../base64/index.ts';
import { BrokenOriginal } from './signed/broken-original.ts';
import { readAnswer, soapRequest, type Status } from './soap/soap.ts';
import { type OutgoingBody, type Service, soapVersion, type Transport } from './http/transport.ts';
import type { CallGuard, CallOptions, CallWatch } from './account.ts';
import type { Credentials } from './types.ts';
import { type Markup, MalformedXml } from './xml/xml-text.ts';
import { TruncatedXml, type XmlElement } from './xml/xml.ts';

/** Longer than the transport waits for an answer to begin, so that the more telling error comes first. */
const CALL_DEADLINE_MS = 180_000;

/** 27 MB of base64 over 1 Mbit/s take three and a half minutes, then ISDS checks the files. */
export const SENDING_DEADLINE_MS = 600_000;

/** 100 MB over 1 Mbit/s take fourteen minutes, then ISDS looks for viruses for up to four (isds §1.8). */
export const UPLOAD_DEADLINE_MS = 20 * 60_000;

/** For an earlier request of the same login, a long download for example; mail programs hardly wait longer for an answer. */
const MAX_WAIT_MS = 60_000;

/** For the upload of a large file, behind a call for which nobody waits. */
const MAX_LONG_WAIT_MS = UPLOAD_DEADLINE_MS;

/** The largest list: 5000 records of 3 kB, which nobody asks for. */
const MAX_ANSWER_OCTETS = 16 * 1024 * 1024;

export interface Dependencies {
  readonly transport: Transport;
  /** One request at a time for each login: the fair use that ISDS asks for (isds §1.8). */
  readonly requests: KeyedMutex;
  readonly clock: Clock;
  readonly log: Log | undefined;
}

/** One request and what becomes of its answer. */
export interface Exchange<Output> extends Pick<Operation<unknown, Output>, 'name' | 'service'> {
  readonly read: (answer: XmlElement, status: Status) => Output;
  readonly body: Buffer | OutgoingBody;
  /** Milliseconds from the beginning of the turn to the end of the answer. */
  readonly deadline: number;
}

/** A call that has its turn. */
interface Turn {
  readonly operation: string;
  readonly began: number;
  readonly release: () => void;
  watch?: CallWatch;
}

/** Calls ISDS for one login: one call at a time, each answered or failed with IsdsError. */
export class Caller {
  readonly #dependencies: Dependencies;
  readonly #credentials: Credentials;
  readonly #guard: CallGuard | undefined;

  constructor(dependencies: Dependencies, credentials: Credentials, guard: CallGuard | undefined) {
    this.#dependencies = dependencies;
    this.#credentials = credentials;
    this.#guard = guard;
  }

  /** An operation whose request and answer are small. */
  async ask<Input, Output>(
    operation: Operation<Input, Output>,
    input: Input,
    options: CallOptions = {},
  ): Promise<Output> {
    const { name, service, read } = operation;
    const body = request(name, service, () => operation.write(input));
    const readFor = (answer: XmlElement, status: Status) => read(answer, status, input);
    return this.exchange({ name, service, body, read: readFor, deadline: CALL_DEADLINE_MS }, options);
  }

  /** Sends once, reads the answer and checks its status. */
  async exchange<Output>(
    { name, service, body, read, deadline }: Exchange<Output>,
    options: CallOptions,
  ): Promise<Output> {
    const turn = await this.#takeTurn(name, options);
    try {
      await this.#pass(turn, options);
      await options.beforeSending?.();
      const signal = AbortSignal.any([AbortSignal.timeout(deadline), ...(options.signal ? [options.signal] : [])]);
      const reply = await this.#dependencies.transport.post({ service, credentials: this.#credentials, body, signal });
      turn.watch?.answered();
      const answer = readAnswer(await readSmall(reply, MAX_ANSWER_OCTETS), name);
      const output = read(answer.body, answer.status);
      this.#done(turn, answer.status.code);
      return output;
    } catch (cause) {
      throw this.#failed(turn, cause);
    } finally {
      turn.watch?.ended();
      turn.release();
    }
  }

  /**
   * A download as it streams in. It has its turn until it ends, is closed or its signal aborts; there is no deadline for
   * the whole, because the reader may be slow, only for ISDS's silence.
   */
  async *stream<Input, Event>(
    download: Download<Input, Event>,
    input: Input,
    options: CallOptions = {},
  ): AsyncGenerator<Event> {
    const { name, service, largest } = download;
    const body = request(name, service, () => download.write(input));
    const signal = options.signal ?? new AbortController().signal;
    const turn = await this.#takeTurn(name, options);
    signal.addEventListener('abort', turn.release, { once: true });
    try {
      await this.#pass(turn, options);
      await options.beforeSending?.();
      const reply = await this.#dependencies.transport.post({
        service,
        credentials: this.#credentials,
        body,
        signal,
      });
      turn.watch?.answered();
      const { end, code } = yield* download.read({ ...reply, body: limited(reply.body, largest) }, input);
      this.#done(turn, code);
      // Some readers take the end and never ask what comes after it.
      turn.release();
      yield end;
    } catch (cause) {
      throw this.#failed(turn, cause);
    } finally {
      signal.removeEventListener('abort', turn.release);
      turn.watch?.ended();
      turn.release();
    }
  }

  async #takeTurn(operation: string, { signal: wanted, deserted, waitsLong = false }: CallOptions): Promise<Turn> {
    const { requests, clock } = this.#dependencies;
    const signal = AbortSignal.any([
      AbortSignal.timeout(waitsLong ? MAX_LONG_WAIT_MS : MAX_WAIT_MS),
      ...(wanted ? [wanted] : []),
      ...(deserted ? [deserted] : []),
    ]);
    try {
      // ISDS does not tell upper from lower case in logins.
      const release = await requests.enter(this.#credentials.login.toLowerCase(), signal);
      return { operation, began: clock.now(), release };
    } catch (cause) {
      const failure = endOfCall(cause, signal) ?? { kind: 'aborted' };
      // ISDS was not asked, so that it is not ISDS that took too long.
      throw new IsdsError(failure.kind === 'timeout' ? { kind: 'busy' } : failure, { cause });
    }
  }

  /** The guard may let it wait; what nobody wants any more by then is not sent. */
  async #pass(turn: Turn, { signal, deserted }: CallOptions): Promise<void> {
    if (this.#guard === undefined) return;
    const signals = [signal, deserted].filter((one) => one !== undefined);
    const gone = signals.length === 0 ? undefined : AbortSignal.any(signals);
    turn.watch = await this.#guard.before(gone);
    if (gone?.aborted === true) throw new IsdsError({ kind: 'aborted' });
  }

  #done({ operation, began }: Turn, code: string): void {
    const { log, clock } = this.#dependencies;
    log?.debug({ operation, ms: clock.now() - began, http: 200, code }, 'ISDS answered');
  }

  /** What is thrown in place of the cause: an IsdsError for everything that ISDS or the network did. */
  #failed(turn: Turn, cause: unknown): unknown {
    const error = asIsdsError(cause);
    if (error === undefined) return cause;
    const { operation, began } = turn;
    const { log, clock } = this.#dependencies;
    const http = error.failure.kind === 'http' ? error.failure.status : undefined;
    log?.debug({ operation, ms: clock.now() - began, kind: error.kind, http, code: error.code }, 'ISDS call failed');
    // For the operator: nobody else can mend it.
    if (error.failure.kind === 'untrusted')
      log?.error({ problem: error.failure.problem }, 'certificate of ISDS not trusted');
    turn.watch?.ended(error);
    return error;
  }
}

/** The octets of a request; what XML cannot carry is our own fault. */
function request(name: string, service: Service, write: () => Markup): Buffer {
  try {
    return Buffer.from(soapRequest(requestElement(name, write()), soapVersion(service)).text);
  } catch (cause) {
    throw unsendable(cause);
  }
}

/** A text that XML cannot carry as the IsdsError it is; anything else as it came. */
export function unsendable(cause: unknown): unknown {
  return cause instanceof MalformedXml
    ? new IsdsError({ kind: 'unsendable', problem: cause.message }, { cause })
    : cause;
}

function asIsdsError(cause: unknown): IsdsError | undefined {
  if (cause instanceof IsdsError) return cause;
  if (cause instanceof BrokenOriginal || cause instanceof NotBase64)
    return new IsdsError({ kind: 'not-intact', problem: cause.message }, { cause });
  if (cause instanceof TruncatedXml) return new IsdsError({ kind: 'truncated' }, { cause });
  return cause instanceof MalformedXml
    ? new IsdsError({ kind: 'not-xml', problem: cause.message }, { cause })
    : undefined;
}
