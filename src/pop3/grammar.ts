/**
 * How a command line is read (RFC 1939 §3, §9): a keyword in any case, a space, arguments. Numbers may have leading
 * zeros and more than one space before them, as in Dovecot, and spaces after them, which people typing by hand do not
 * see; anything else that is not in the grammar is a misuse.
 */
import { Misuse } from './rejection.ts';

/** Octets after the first space of the line; undefined when there was no space. */
export type Argument = Buffer | undefined;

const SPACE = 0x20;
const KEYWORD = /^[A-Za-z]{3,4}$/;
const NUMBER = /^[0-9]+$/;
// eslint-disable-next-line no-control-regex -- control characters are what this looks for
const CONTROL = /[\u0000-\u001f\u007f]/;

/** Keyword in capitals and the argument; the keyword is empty when the line cannot be a command. */
export function parseCommand(line: Buffer): { keyword: string; argument: Argument } {
  const space = line.indexOf(SPACE);
  const word = line.toString('latin1', 0, space < 0 ? line.length : space);
  return {
    keyword: KEYWORD.test(word) ? word.toUpperCase() : '',
    argument: space < 0 ? undefined : line.subarray(space + 1),
  };
}

/** No argument. Throws Misuse otherwise, as all of these do. */
export function nothing(argument: Argument): undefined {
  if (words(argument).length > 0) throw new Misuse('arguments-none');
}

/** One message number. */
export function number(argument: Argument): number {
  const [only, ...more] = words(argument);
  if (only === undefined || more.length > 0) throw new Misuse('arguments-one');
  return parseNumber(only);
}

/** One message number or none. */
export function optionalNumber(argument: Argument): number | undefined {
  return words(argument).length === 0 ? undefined : number(argument);
}

/** A message number and a number of lines. */
export function twoNumbers(argument: Argument): readonly [number, number] {
  const [first, second, ...more] = words(argument);
  if (first === undefined || second === undefined || more.length > 0) {
    throw new Misuse('arguments-two');
  }
  return [parseNumber(first), parseNumber(second)];
}

/** Everything after the space, spaces included: they are legal in ISDS passwords (isds §2.2). */
export function text(argument: Argument): string {
  if (argument === undefined || argument.length === 0) throw new Misuse('argument-missing');
  return printable(argument);
}

/** A mechanism and, perhaps, the client's first answer (RFC 5034 §4); undefined asks for the list of mechanisms. */
export function mechanism(argument: Argument): { name: string; answer: string | undefined } | undefined {
  const [name, answer, ...more] = words(argument);
  if (name === undefined) return undefined;
  if (more.length > 0) throw new Misuse('arguments-at-most-two');
  return { name: name.toUpperCase(), answer };
}

/** UTF-8 where it is, else Latin-1: programs send both when a name or a password has diacritics (mail-clients §12 P2). */
export function printable(octets: Buffer): string {
  const utf8 = octets.toString('utf8');
  const decoded = Buffer.from(utf8, 'utf8').equals(octets) ? utf8 : octets.toString('latin1');
  if (CONTROL.test(decoded)) throw new Misuse('argument-control-characters');
  return decoded;
}

function words(argument: Argument): string[] {
  if (argument === undefined) return [];
  return argument
    .toString('latin1')
    .split(' ')
    .filter((word) => word !== '');
}

function parseNumber(word: string): number {
  const value = NUMBER.test(word) ? Number(word) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new Misuse('argument-not-a-number');
  return value;
}
