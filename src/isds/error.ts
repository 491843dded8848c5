/** Everything that can go wrong between us and ISDS, as one error with a closed set of kinds. */
import { classify, type StatusClass } from './codes/status-codes.ts';

/**
 * Whether the act may have happened although no success was reported. `unknown` is said only where doing it again could
 * do it twice, which is CreateMessage (isds §6.6); reading again does no harm and is always `not-executed`.
 */
export type Outcome = 'not-executed' | 'unknown';

/** What happened, told apart by `kind`. */
export type IsdsFailure =
  /** ISDS answered with a status code that is no success. */
  | { readonly kind: 'status'; readonly code: string; readonly message: string; readonly class: StatusClass }
  /** Name, password or login method not accepted (isds §2.6). */
  | { readonly kind: 'wrong-credentials' }
  /** The account is blocked; `until` is undefined when the answer names no readable time. */
  | { readonly kind: 'account-blocked'; readonly until: Date | undefined }
  /** Our own network address is blocked for every account. */
  | { readonly kind: 'address-blocked' }
  /** 503; `announced` is ISDS's own fault that speaks of maintenance, anything else may be a page of a server in between (isds §1.6). */
  | { readonly kind: 'maintenance'; readonly announced?: true }
  | { readonly kind: 'http'; readonly status: number }
  /** A SOAP Fault, with its text. */
  | { readonly kind: 'fault'; readonly message: string }
  /** The answer is not the XML that was asked for: HTML, blank, malformed or about something else. */
  | { readonly kind: 'not-xml'; readonly problem: string }
  /** What was transferred is not what it should be: the signed original differs from what was sealed or asked for, an upload from the file. */
  | { readonly kind: 'not-intact'; readonly problem: string }
  /** The answer ended before its end. */
  | { readonly kind: 'truncated' }
  /** The answer exceeds what we are willing to read. */
  | { readonly kind: 'oversized'; readonly limit: number }
  | { readonly kind: 'timeout' }
  /** An earlier request of the same login did not end in time; this one was not sent. */
  | { readonly kind: 'busy' }
  /** No connection, or it broke before an answer came. */
  | { readonly kind: 'unreachable' }
  /** The other side's certificate is none that is trusted, or has ended: it may not be ISDS. `problem` is the TLS library's code. */
  | { readonly kind: 'untrusted'; readonly problem: string }
  /** The caller's signal ended the call. */
  | { readonly kind: 'aborted' }
  /** Our own request cannot be written: a character XML cannot carry, a file of another size than said. */
  | { readonly kind: 'unsendable'; readonly problem: string };

export type IsdsFailureKind = IsdsFailure['kind'];

/** A call that failed: how, and whether it may have been carried out nevertheless. */
export class IsdsError extends Error {
  override readonly name = 'IsdsError';
  readonly failure: IsdsFailure;
  readonly outcome: Outcome;

  constructor(failure: IsdsFailure, options: { outcome?: Outcome; cause?: unknown } = {}) {
    super(describe(failure), options.cause === undefined ? undefined : { cause: options.cause });
    this.failure = failure;
    this.outcome = options.outcome ?? 'not-executed';
  }

  get kind(): IsdsFailureKind {
    return this.failure.kind;
  }

  /** The four-digit status code, when ISDS gave one. */
  get code(): string | undefined {
    return this.failure.kind === 'status' ? this.failure.code : undefined;
  }
}

/** The failure that a status code tells. */
export function statusFailure(code: string, message: string): IsdsFailure {
  return { kind: 'status', code, message, class: classify(code).class };
}

/** For logs: never ISDS's own text, which may name a file. */
function describe(failure: IsdsFailure): string {
  if (failure.kind === 'status') return `status ${failure.code}: ${classify(failure.code).meaning}`;
  if (failure.kind === 'http') return `HTTP ${failure.status}`;
  if (failure.kind === 'oversized') return `oversized: more than ${failure.limit} octets`;
  return 'problem' in failure ? `${failure.kind}: ${failure.problem}` : failure.kind;
}
