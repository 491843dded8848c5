/** What a probe is made of: octets to send, and what each of them must be answered with. */
import { beginning, boxes, numbered, transmitted, type Box } from './mails.ts';

/**
 * What goes out in one piece. A string is a line and gets its CRLF; `octets` go as they are; TLS begins a handshake; AGAIN
 * leaves without a word, if the connection is still open, and logs in as the same user on a new one.
 */
export type Said = string | Octets | typeof TLS | typeof AGAIN;

export interface Octets {
  readonly octets: string | Buffer;
}

export const TLS = Symbol('TLS handshake');
export const AGAIN = Symbol('another session');

/** `{name}`, `{password}` and `{plain}`, the SASL answer of both, are filled in. */
export function octets(text: string | Buffer): Octets {
  return { octets: text };
}

/** What must be heard; `kind` tells where the answer ends. */
export type Expected =
  | { readonly kind: 'line'; readonly shape: RegExp }
  | { readonly kind: 'lines'; readonly lines: LinesRule }
  | { readonly kind: 'mail'; readonly content: Buffer; readonly announced: boolean }
  | { readonly kind: 'closed' };

/** Says what is wrong with the lines of a list, if anything. */
export type LinesRule = (lines: readonly string[]) => string | undefined;

export type Exchange = readonly [said: Said, ...expected: readonly Expected[]];

export type Beginning = 'plain' | 'tls' | 'logged in';

export interface Probe {
  readonly name: string;
  readonly begin: Beginning;
  readonly box: Box;
  readonly exchanges: readonly Exchange[];
}

export const OK: Expected = { kind: 'line', shape: /^\+OK( |$)/ };
export const ERR: Expected = { kind: 'line', shape: /^-ERR( |$)/ };
/** Name or password are wrong, said so that programs know it from other faults (RFC 3206 §4). */
export const WRONG: Expected = { kind: 'line', shape: /^-ERR \[AUTH\] / };
/** The client's fault, and no word about its password. */
export const NO_LOGIN: Expected = { kind: 'line', shape: /^-ERR (?!\[AUTH\])/ };
/** A request to go on with SASL; the space stays even when nothing follows (RFC 5034 §4). */
export const GO_ON: Expected = { kind: 'line', shape: /^\+ [A-Za-z0-9+/=]*$/ };
export const CLOSED: Expected = { kind: 'closed' };

export function ok(text: string | number): Expected {
  return { kind: 'line', shape: new RegExp(`^\\+OK ${text}$`) };
}

export function lines(rule: LinesRule): Expected {
  return { kind: 'lines', lines: rule };
}

function exactly(expected: readonly string[]): Expected {
  return lines((heard) =>
    heard.join('|') === expected.join('|') ? undefined : `${heard.join('|')} instead of ${expected.join('|')}`,
  );
}

/** The answers about these mails of a box, sizes computed from the mails themselves. */
export function answersFrom(box: Box) {
  const size = (number: number): number => transmitted(numbered(box, number)).length;
  const all = boxes[box].map((_, index) => index + 1);
  const without = (gone: readonly number[]): number[] => all.filter((number) => !gone.includes(number));
  return {
    stat: (...gone: number[]): Expected => {
      const left = without(gone);
      return ok(`${left.length} ${left.reduce((sum, number) => sum + size(number), 0)}`);
    },
    list: (...gone: number[]): Expected => exactly(without(gone).map((number) => `${number} ${size(number)}`)),
    /** A unique name has 1 to 70 printable ASCII characters (RFC 1939 §7). */
    uidl: (...gone: number[]): Expected =>
      lines((heard) => {
        const names = heard.map((line) => /^(\d+) ([\x21-\x7e]{1,70})$/.exec(line));
        if (names.map((found) => found?.[1]).join() !== without(gone).join()) return `wrong lines: ${heard.join('|')}`;
        return new Set(names.map((found) => found?.[2])).size === heard.length ? undefined : 'names are not unique';
      }),
    size: (number: number): Expected => ok(`${number} ${size(number)}`),
    name: (number: number): Expected => ok(`${number} [\\x21-\\x7e]{1,70}`),
    mail: (number: number): Expected => ({
      kind: 'mail',
      content: transmitted(numbered(box, number)),
      announced: true,
    }),
    top: (number: number, count: number): Expected => ({
      kind: 'mail',
      content: beginning(numbered(box, number), count),
      announced: false,
    }),
  };
}

function probe(begin: Beginning, name: string, exchanges: readonly Exchange[], box: Box = 'usual'): Probe {
  return { name, begin, box, exchanges };
}

/** On the port without TLS, before the login. */
export function plain(name: string, ...exchanges: Exchange[]): Probe {
  return probe('plain', name, exchanges);
}

/** On the port with TLS from the first octet, before the login. */
export function encrypted(name: string, ...exchanges: Exchange[]): Probe {
  return probe('tls', name, exchanges);
}

export function loggedIn(name: string, ...exchanges: Exchange[]): Probe {
  return probe('logged in', name, exchanges);
}

export function loggedInTo(box: Box, name: string, ...exchanges: Exchange[]): Probe {
  return probe('logged in', name, exchanges, box);
}
