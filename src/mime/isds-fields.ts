/** X-ISDS fields in the head of a mail to be sent: what its sender wishes of the envelope, as it stands there. */
import type { Headers } from 'mailparser';
import { plainLine } from './plain-line.ts';
import type { MailField } from './types.ts';

const PREFIX = 'x-isds-';

/** Stands in every mail that came out of a data box (mailHead), and in no other. */
const RECEIVED = 'x-isds-message-id';

/** More than there are names, so that a mail with as many is refused for one of them, and no more are decoded. */
const MOST_FIELDS = 50;

const ENCODED_WORD = /=\?[^?\s]+\?[BQ]\?/i;

/**
 * In the order of the mail, names in lower case, values decoded as those of a subject; a field without a value says nothing.
 * None of a mail that came out of a data box itself and is sent on or edited as a new one: there the same names tell about
 * the received message, and must not become wishes for another.
 */
export async function isdsFields(headers: Headers): Promise<readonly MailField[]> {
  if (headers.has(RECEIVED)) return [];
  const fields = [...headers].flatMap(([name, values]) => [values].flat().map((value) => ({ name, value })));
  const wishes: MailField[] = [];
  for (const { name, value } of fields.filter((field) => field.name.startsWith(PREFIX)).slice(0, MOST_FIELDS)) {
    if (typeof value === 'string') wishes.push({ name, value: plainLine(await decoded(value)) });
  }
  return wishes;
}

/** mailparser decodes the fields it knows; of them the subject is text, too. */
async function decoded(value: string): Promise<string> {
  if (!ENCODED_WORD.test(value)) return value;
  const { simpleParser } = await import('mailparser');
  return (await simpleParser(`Subject: ${value}\r\n\r\n`)).subject ?? '';
}
