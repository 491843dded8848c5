/** Values of the mail's own header fields as they are needed here; fields are the sender's and may be anything. */
import type { EmailAddress, Headers } from 'mailparser';

/** A thread of years has some dozens; each one may cost a look into the store. */
const MOST_ANSWERS = 100;

/** A Message-ID as RFC 5322 §3.6.4 writes it, without its rarer quoted forms. */
const MESSAGE_ID = /<[^<>\s]+>/g;

/** The first value of an unstructured field; empty when it is missing. */
export function headerText(headers: Headers, name: string): string {
  const value = [headers.get(name)].flat()[0];
  return typeof value === 'string' ? value : '';
}

/** The first author of the mail. */
export function headerAuthor(headers: Headers): EmailAddress | undefined {
  const value = headers.get('from');
  return typeof value === 'object' && 'html' in value ? value.value[0] : undefined;
}

/** Message-ID in its angle brackets. */
export function headerMessageId(headers: Headers): string | undefined {
  return messageIds(headers, 'message-id')[0];
}

/** What the mail answers, best first: In-Reply-To, then References from the last to the first (RFC 5322 §3.6.4). */
export function headerAnswers(headers: Headers): readonly string[] {
  const ids = [...messageIds(headers, 'in-reply-to'), ...messageIds(headers, 'references').toReversed()];
  return [...new Set(ids)].slice(0, MOST_ANSWERS);
}

function messageIds(headers: Headers, name: string): string[] {
  return [headers.get(name)]
    .flat()
    .filter((value) => typeof value === 'string')
    .flatMap((value) => value.match(MESSAGE_ID) ?? []);
}
