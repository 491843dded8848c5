/** Values of the mail's own header fields as they are needed here; fields are the sender's and may be anything. */
import type { EmailAddress, HeaderLines, Headers } from 'mailparser';
import { plainLine } from './plain-line.ts';

/** A thread of years has some dozens; each one may cost a look into the store. */
const MOST_ANSWERS = 100;

/** Before it there was no mail with such a field (RFC 733), and clocks that say so are wrong. */
const FIRST_MAIL_YEAR = 1970;

/** Years of more figures are mistakes and have no place in a calendar. */
const LAST_YEAR = 9999;

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

/** Everybody whom an address field names, as one line: names, addresses in angle brackets. */
export function headerPeople(headers: Headers, name: string): string {
  const people = [headers.get(name)].flat().flatMap((value) => addressesOf(value));
  return plainLine(people.map(personText).join(', '));
}

function addressesOf(value: unknown): EmailAddress[] {
  return typeof value === 'object' && value !== null && 'value' in value && Array.isArray(value.value)
    ? value.value
    : [];
}

function personText({ name, address = '', group }: EmailAddress): string {
  if (group !== undefined) return `${name}: ${group.map(personText).join(', ')}`;
  if (name === '' || address === '') return name || address;
  return `${name} <${address}>`;
}

/**
 * The Date field, or its words when they are no date. It is read from the line itself, because mailparser gives the present
 * moment for a date that it cannot read.
 */
export function headerDate(lines: HeaderLines): Date | string | undefined {
  const line = lines.find(({ key }) => key === 'date')?.line;
  if (line === undefined) return undefined;
  // Lines are octets, a character each.
  const words = plainLine(Buffer.from(line.slice(line.indexOf(':') + 1), 'latin1').toString());
  const date = new Date(words);
  const year = date.getUTCFullYear();
  return year >= FIRST_MAIL_YEAR && year <= LAST_YEAR ? date : words;
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
