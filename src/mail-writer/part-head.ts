/** The header of an attachment with its name in both forms that mail programs read, in as few octets as that takes. */
import { plainLine } from '../core/index.ts';
import { textField } from './header-field.ts';
import { nameOctetsBound } from './received-names.ts';

/** Octets of a name in one encoded word: with it and `name="` a line keeps within 76 characters (RFC 2047 §2). */
const WORD_OCTETS = 42;

/**
 * RFC 5322 §2.1.1 asks for lines of 78 and demands 998. With 300 no name needs ten segments, behind which some readers
 * sort *10 before *2, and half a kilobyte is saved on a long one.
 */
const MAX_LINE_OCTETS = 300;

const EXTENDED_VALUE = "UTF-8''";
const MAX_SEGMENT_OCTETS = MAX_LINE_OCTETS - " filename*0*=UTF-8'';".length;

/** Characters that stand for themselves in an extended value (RFC 5987 §3.2.1). */
const ATTRIBUTE_CHARACTER = /^[A-Za-z0-9!#$&+.^_`{|}~-]$/;

/** What a quoted string holds without escapes. */
const PLAIN_NAME = /^[ !#-[\]-~]*$/;

/** Everything but the name: boundary, the longest content type, the fixed words and the ends of lines. */
const HEAD_WITHOUT_NAME_OCTETS = 320;

/**
 * The name in base64, at least 40 octets of it in a line of 71; and with percent signs, three octets for one, in lines of which
 * at least 270 are filled.
 */
const OCTETS_PER_NAME_OCTET = 71 / 40 + (3 * (MAX_LINE_OCTETS + 2)) / 270;

/** The most octets that the head of a file takes whose name, as ISDS gives it, has `nameOctets` in UTF-8. */
export function fileHeadBound(nameOctets: number): number {
  return HEAD_WITHOUT_NAME_OCTETS + Math.ceil(OCTETS_PER_NAME_OCTET * nameOctetsBound(nameOctets));
}

/** Header lines with CRLF and the empty line behind them; `name` is one that ReceivedNames gave. */
export function partHead(name: string, type: string, extra: Readonly<Record<string, string>>): string {
  const lines = [
    `Content-Type: ${type};`,
    ` name="${PLAIN_NAME.test(name) ? name : encodedWords(name)}"`,
    'Content-Disposition: attachment;',
    fileNameParameter(name),
    'Content-Transfer-Encoding: base64',
    ...Object.entries(extra).map(([header, value]) => textField(header, plainLine(value))),
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** RFC 2047 does not allow encoded words in a parameter, and yet it is what Outlook and others read (mail-clients §8.7). */
function encodedWords(name: string): string {
  return pieces(Array.from(name), (piece) => Buffer.byteLength(piece), WORD_OCTETS)
    .map((piece) => `=?UTF-8?B?${Buffer.from(piece).toString('base64')}?=`)
    .join('\r\n ');
}

/** RFC 2231 §4, cut into segments (§3) only when it has to be. */
function fileNameParameter(name: string): string {
  if (PLAIN_NAME.test(name)) return ` filename="${name}"`;
  const segments = pieces(Array.from(name, percentEncoded), (piece) => piece.length, MAX_SEGMENT_OCTETS);
  if (segments.length === 1) return ` filename*=${EXTENDED_VALUE}${segments[0]}`;
  return segments
    .map((segment, index) => ` filename*${index}*=${index === 0 ? EXTENDED_VALUE : ''}${segment}`)
    .join(';\r\n');
}

function percentEncoded(character: string): string {
  if (ATTRIBUTE_CHARACTER.test(character)) return character;
  return Array.from(Buffer.from(character), (octet) => `%${octet.toString(16).toUpperCase().padStart(2, '0')}`).join(
    '',
  );
}

/** Characters put together to pieces of at most `longest`; none is torn, for some readers decode each piece alone. */
function pieces(characters: readonly string[], lengthOf: (piece: string) => number, longest: number): string[] {
  const whole: string[] = [];
  let piece = '';
  for (const character of characters) {
    if (lengthOf(piece + character) > longest) {
      whole.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...whole, piece];
}
