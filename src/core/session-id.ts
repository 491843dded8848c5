/** Names of sessions: they stand in the log and in the replies that a user may quote to support. */
import { randomBytes } from 'node:crypto';

/** Eight characters that can be read over the telephone: no vowels, so no words; 32 bits are enough to find a session in a log. */
const ALPHABET = 'bcdfghjkmnpqrstv';
const LENGTH = 8;

export function newSessionId(): string {
  return Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte & 15]).join('');
}
