/** X-ISDS fields in the head of a mail to be sent: what its sender asks of the envelope, as it stands there. */
import type { HeaderFields } from './parts/header-fields.ts';
import { plainLine } from '../core/index.ts';
import type { MailField } from './types.ts';

const PREFIX = 'x-isds-';

/** Stands in every mail that came out of a data box (mailHead), and in no other. */
const RECEIVED = 'x-isds-message-id';

/** More than there are names, so that a mail with as many is refused for one of them, and no more are decoded. */
const MAX_FIELDS = 50;

/** More than any of the fields may have, so that a longer one is refused, and no more is decoded. */
const MAX_VALUE_LENGTH = 1_000;

/**
 * In the order of the mail, names in lower case, values decoded as those of a subject; a field without a value says nothing.
 * None of a mail that came out of a data box itself and is sent on or edited as a new one: there the same names tell about
 * the received message, and must not count for another.
 */
export function isdsFields(headers: HeaderFields): readonly MailField[] {
  if (headers.has(RECEIVED)) return [];
  const asked = headers.fields.filter(({ name, value }) => name.startsWith(PREFIX) && value !== '');
  return asked
    .slice(0, MAX_FIELDS)
    .map(({ name, value }) => ({ name, value: plainLine(headers.decoded(value.slice(0, MAX_VALUE_LENGTH))) }));
}
