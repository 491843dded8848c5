/** What a mail program hears when ISDS did not take a log-in: for good only what is about the password, everything else passes. */
import { Refused } from '../refusals/index.ts';
import { type IsdsError, refusalFor } from '../isds/index.ts';

export function loginRefusal(error: IsdsError): Refused {
  const { failure } = error;
  // A page or a redirect instead of an answer: an outage, or a password that has expired (isds §2.3).
  const isPage =
    failure.kind === 'not-xml' || (failure.kind === 'http' && failure.status >= 300 && failure.status < 400);
  if (isPage) return new Refused('login-page', {}, { cause: error });
  const isPassing = failure.kind === 'http' || (failure.kind === 'status' && failure.class !== 'auth');
  if (!isPassing) return refusalFor(error);
  return new Refused(
    'login-unanswered',
    {},
    { cause: error, ...(error.code === undefined ? {} : { isdsCode: error.code }) },
  );
}
