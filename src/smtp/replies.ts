/** A refusal as a reply of SMTP: its codes, and its text cut into lines that SMTP can carry. */
import { type Refusal, smtpReply } from '../refusals/index.ts';

/** What the library's callbacks take as an error: reply code and a text that begins with its enhanced code, a line a problem. */
export class ReplyError extends Error {
  readonly responseCode: number;

  /** `lines` are the refusal in words; `reply` is where the place has codes of its own. */
  constructor(refusal: Refusal, lines: readonly string[], { code, enhanced } = smtpReply(refusal)) {
    super(`${enhanced} ${lines.join('\n')}`, { cause: refusal });
    this.responseCode = code;
  }
}

/** Of AUTH: whatever will pass has one code there, which tells programs that the password is not the trouble (RFC 4954 §6). */
export function authReply(refusal: Refusal): ReturnType<typeof smtpReply> {
  const reply = smtpReply(refusal);
  return reply.code < FIRST_PERMANENT ? { code: 454, enhanced: '4.7.0' } : reply;
}

const FIRST_PERMANENT = 500;

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
