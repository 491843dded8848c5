/** Errors of sockets, TLS and HTTP, and pages that deny a login, translated into what they mean for a call. */
import { errors } from 'undici';
import type { IsdsFailure } from '../error.ts';
import { nextTimeOfDay } from '../prague-time.ts';

/** Before an answer began. */
export function failureBeforeAnswer(cause: unknown, signal: AbortSignal): IsdsFailure {
  return endOfCall(cause, signal) ?? distrust(cause) ?? (isNoHttp(cause) ? NO_HTTP : { kind: 'unreachable' });
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

/** Codes of certificates that do not hold (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */
const DISTRUST =
  /^(?:CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|ERR_TLS_CERT_)/;

/** Nothing was sent: the handshake failed on the certificate that we were shown. */
function distrust(cause: unknown): IsdsFailure | undefined {
  if (!(cause instanceof Error)) return undefined;
  const code = 'code' in cause ? String(cause.code) : '';
  return DISTRUST.test(code) ? { kind: 'untrusted', problem: code } : distrust(cause.cause);
}

/** What AbortSignal.timeout gives as its reason. */
function isDeadline(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError';
}

const GATE = /Authentication required/i;
const WRONG_CREDENTIALS = /supplied the wrong credentials/i;
const BLOCKED = /Login blocked until:?\s*(\d\d:\d\d:\d\d)?/i;

/** What a 401 means: wrong password, blocked account and blocked address differ only in the text of the page (isds §2.6). `now` is in milliseconds. */
export function readDenial(page: string, now: number): IsdsFailure {
  const blocked = BLOCKED.exec(page);
  if (blocked !== null) return { kind: 'account-blocked', until: nextTimeOfDay(blocked[1] ?? '', now) };
  // Only the gate's own page without either text speaks of our address. An unknown page (an expired password, an account
  // with a second factor) must not stop the logins of everybody else.
  return GATE.test(page) && !WRONG_CREDENTIALS.test(page) ? { kind: 'address-blocked' } : { kind: 'wrong-credentials' };
}
