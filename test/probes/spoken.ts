/** The octets that go out for a piece of a probe. */
import type { Octets } from './probe.ts';
import { PASSWORD } from './server.ts';

/** In base64 these are 12288 octets, which every server has to read (RFC 4954 §4.3). */
const LONGEST_DECODED = 9_216;

/** The octets of a piece, with the user's name and password filled in. */
export function spoken(said: string | Octets, name: string): Buffer {
  const text = typeof said === 'string' ? `${said}\r\n` : said.octets;
  if (typeof text !== 'string') return text;
  const filled: Readonly<Record<string, string>> = {
    name: name,
    password: PASSWORD,
    trimmed: PASSWORD.trim(),
    plain: base64(`\0${name}\0${PASSWORD}`),
    'longest-plain': base64(`\0${name}\0`.padEnd(LONGEST_DECODED, 'x')),
    'plain-for-self': base64(`${name}\0${name}\0${PASSWORD}`),
    'plain-for-other': base64(`nekdo-jiny\0${name}\0${PASSWORD}`),
    name64: base64(name),
    password64: base64(PASSWORD),
  };
  return Buffer.from(text.replace(/\{([a-z0-9-]+)\}/g, (whole, key: string) => filled[key] ?? whole));
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
