/** A reply text cut into lines that SMTP can carry. */

/** Longest reply line with its CRLF, in octets (RFC 5321 §4.5.3.1.5); Czech letters are two octets each. */
const MAX_LINE_OCTETS = 512;

/** `550-`, then the enhanced code of at most `5.999.999 ` (RFC 3463 §2), and CRLF. */
const FRAME = '550-'.length + '5.999.999 '.length + '\r\n'.length;

const ROOM = MAX_LINE_OCTETS - FRAME;

/**
 * At least one line, none longer than a reply line may be; broken at line ends and blanks, and inside a word only when it
 * fills a line by itself.
 */
export function replyLines(text: string): string[] {
  return text.split('\n').flatMap(wrapped);
}

function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.split(' ').flatMap(fitting)) {
    const longer = line === '' ? piece : `${line} ${piece}`;
    if (Buffer.byteLength(longer) <= ROOM) line = longer;
    else {
      lines.push(line);
      line = piece;
    }
  }
  return [...lines, line];
}

/** The word in pieces of whole characters. */
function fitting(word: string): string[] {
  if (Buffer.byteLength(word) <= ROOM) return [word];
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (Buffer.byteLength(piece + character) > ROOM) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}
