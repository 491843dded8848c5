/** What a request is answered, before it becomes HTTP. */

/** An HTTP answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Long enough to spare a program that asks on several addresses at once, short enough that a change arrives today. */
const CACHED_SECONDS = 3_600;

/** A document that is the same for everybody. */
export function publicDocument(type: string, body: string): Answer {
  const headers = { 'Content-Type': type, 'Cache-Control': `public, max-age=${CACHED_SECONDS}` };
  // Web mail that looks for settings may read them; nothing here depends on who asks.
  return { status: 200, headers: { ...headers, 'Access-Control-Allow-Origin': '*' }, body };
}

/** A document made for one person. */
export function privateDocument(type: string, body: string | Buffer, status = 200): Answer {
  return { status, headers: { 'Content-Type': type, 'Cache-Control': 'no-store' }, body };
}

/** Sends the browser elsewhere, for now and not to be remembered. */
export function redirect(location: string): Answer {
  return {
    status: 302,
    headers: { Location: location, 'Cache-Control': 'no-store', Vary: 'Accept-Language' },
    body: '',
  };
}

/** Plain text in English, for the person who looks into a log. Never 401: programs would answer with the password. */
export function refusal(status: 400 | 404 | 405 | 413, text: string, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers }, body: `${text}\n` };
}

/** Also the sign by which `postolka check` knows that an authority would reach us. */
export const unknownChallenge: Answer = refusal(404, 'There is no such challenge here.');

export const notFound: Answer = refusal(404, 'There is nothing here.');
