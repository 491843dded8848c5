/** Values of the mail's own header fields as they are needed here; fields are the sender's and may be anything. */
import type { Address, HeaderFields } from './parts/header-fields.ts';
import { plainLine } from '../core/index.ts';

/** A thread of years has some dozens; each one may cost a look into the store. */
const MAX_ANSWERS = 100;

/** Before it there was no mail with such a field (RFC 733), and clocks that say so are wrong. */
const FIRST_MAIL_YEAR = 1970;

/** Years of more figures are mistakes and have no place in a calendar. */
const LAST_YEAR = 9999;

/** A Message-ID as RFC 5322 §3.6.4 writes it, without its rarer quoted forms. */
const MESSAGE_ID = /<[^<>\s]+>/g;

/** The first author of the mail. */
export function headerAuthor(headers: HeaderFields): Address | undefined {
  return headers.addresses('from')[0];
}

/** Everybody whom an address field names, as one line: names, addresses in angle brackets. */
export function headerPeople(headers: HeaderFields, name: string): string {
  return plainLine(headers.addresses(name).map(personText).join(', '));
}

function personText({ name, address = '', group }: Address): string {
  if (group !== undefined) return `${name}: ${group.map(personText).join(', ')}`;
  if (name === '' || address === '') return name || address;
  return `${name} <${address}>`;
}

/** The Date field, or its words when they are no date. */
export function headerDate(headers: HeaderFields): Date | string | undefined {
  if (!headers.has('date')) return undefined;
  const words = plainLine(headers.text('date'));
  const date = new Date(words);
  const year = date.getUTCFullYear();
  return year >= FIRST_MAIL_YEAR && year <= LAST_YEAR ? date : words;
}

/** Message-ID in its angle brackets. */
export function headerMessageId(headers: HeaderFields): string | undefined {
  return messageIds(headers, 'message-id')[0];
}

/** What the mail answers, best first: In-Reply-To, then References from the last to the first (RFC 5322 §3.6.4). */
export function headerAnswers(headers: HeaderFields): readonly string[] {
  const ids = [...messageIds(headers, 'in-reply-to'), ...messageIds(headers, 'references').toReversed()];
  return [...new Set(ids)].slice(0, MAX_ANSWERS);
}

/** Some programs forget the brackets. */
function messageIds(headers: HeaderFields, name: string): readonly string[] {
  const text = headers.text(name);
  const bare = (): string[] => text.split(/[<>\s]+/).filter((word) => word.includes('@'));
  return text.match(MESSAGE_ID) ?? bare().map((id) => `<${id}>`);
}
