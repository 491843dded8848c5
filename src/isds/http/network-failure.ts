/** Errors of sockets, TLS and HTTP translated into what they mean for a call. */
import { errors } from 'undici';
import type { IsdsFailure } from '../error.ts';

/** Before an answer began. */
export function failureBeforeAnswer(cause: unknown, signal: AbortSignal): IsdsFailure {
  return endOfCall(cause, signal) ?? (isNoHttp(cause) ? NO_HTTP : { kind: 'unreachable' });
}

/** While an answer was coming in: whatever broke, its end is missing. */
export function failureWithinAnswer(cause: unknown, signal: AbortSignal): IsdsFailure {
  return endOfCall(cause, signal) ?? { kind: 'truncated' };
}

/** A deadline that ran out, the caller's included, or a caller who no longer wants the answer. */
export function endOfCall(cause: unknown, signal: AbortSignal): IsdsFailure | undefined {
  if (signal.aborted) return isDeadline(signal.reason) ? { kind: 'timeout' } : { kind: 'aborted' };
  return cause instanceof errors.HeadersTimeoutError || cause instanceof errors.BodyTimeoutError
    ? { kind: 'timeout' }
    : undefined;
}

const NO_HTTP: IsdsFailure = { kind: 'not-xml', problem: 'not an HTTP answer' };

function isNoHttp(cause: unknown): boolean {
  return cause instanceof errors.HTTPParserError || cause instanceof errors.HeadersOverflowError;
}

/** What AbortSignal.timeout gives as its reason. */
function isDeadline(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError';
}
