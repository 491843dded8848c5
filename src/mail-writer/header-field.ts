/**
 * Header fields of a mail: folded (RFC 5322 §2.2.3), and in encoded words where they are not ASCII (RFC 2047). Lines break at
 * blanks, for some readers show one where two encoded words meet.
 */

/** RFC 5322 §2.1.1. */
const MAX_LINE_LENGTH = 78;

/** RFC 2047 §2. */
const MAX_WORD_LENGTH = 75;
const BEGIN = '=?UTF-8?Q?';
const END = '?=';

/** Printable ASCII in which nothing looks like an encoded word: such a one in somebody's text is text. */
const PLAIN = /^(?!.*=\?)[ -~]*$/;

/** Names that need no quotes: atoms and blanks (RFC 5322 §3.2.3). */
const ATOMS = /^(?!.*=\?)[\w!#$%&'*+/=?^`{|}~ -]*$/;

/** What stands for itself in an encoded word, also in that of a name (RFC 2047 §5). */
const LITERAL = /[A-Za-z0-9!*+/-]/;

/** A field of plain text: one line without control characters. Lines are separated by CRLF; none ends the field. */
export function textField(name: string, text: string): string {
  return folded(`${name}:`, PLAIN.test(text) ? units(text) : encodedWords(text, name.length + 2));
}

/** A field with one address, and the name of whose it is; `address` is ASCII. */
export function addressField(field: string, name: string, address: string): string {
  if (name === '') return `${field}: ${address}`;
  const bracketed = `<${address}>`;
  if (ATOMS.test(name)) return folded(`${field}:`, [...units(name), bracketed]);
  if (PLAIN.test(name)) return folded(`${field}:`, [...units(`"${name.replace(/["\\]/g, '\\$&')}"`), bracketed]);
  return folded(`${field}:`, [...encodedWords(name, field.length + 2), bracketed]);
}

/** Words with the blanks in front of all but the first. */
function units(text: string): string[] {
  return text.split(/(?<=[^ ]) (?=[^ ])/);
}

/** Puts as many words on a line as fit, one blank before each. */
function folded(begin: string, words: readonly string[]): string {
  let field = begin;
  let length = begin.length;
  for (const [index, word] of words.entries()) {
    const breaks = index > 0 && length + 1 + word.length > MAX_LINE_LENGTH;
    field += `${breaks ? '\r\n' : ''} ${word}`;
    length = (breaks ? 0 : length) + 1 + word.length;
  }
  return field;
}

/** `taken`: what stands before the first one on its line. Blanks belong to the word in front of which they stand. */
function encodedWords(text: string, taken: number): string[] {
  const words: string[] = [];
  let word = '';
  const room = (): number =>
    Math.min(MAX_WORD_LENGTH, words.length === 0 ? MAX_LINE_LENGTH - taken : MAX_LINE_LENGTH - 1) -
    BEGIN.length -
    END.length;
  const close = (): void => {
    if (word !== '') words.push(`${BEGIN}${word}${END}`);
    word = '';
  };
  for (const unit of text.split(/(?= )/)) {
    const characters = Array.from(unit, encoded);
    if (word.length + characters.join('').length > room()) close();
    for (const character of characters) {
      if (word.length + character.length > room()) close();
      word += character;
    }
  }
  close();
  return words;
}

function encoded(character: string): string {
  if (character === ' ') return '_';
  if (LITERAL.test(character)) return character;
  return Array.from(Buffer.from(character), (octet) => `=${octet.toString(16).toUpperCase().padStart(2, '0')}`).join(
    '',
  );
}
