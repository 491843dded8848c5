/** A text as ISDS has it after it rewrote what it was given (isds §6.1): for comparing what was sent with what ISDS says was sent. */

const DROPPED = /[\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2061-\u206f]/g;
/** Emoji and the like, of which nobody knows whether they stay. */
const ASTRAL = /[\u{10000}-\u{10ffff}]/gu;
/** Among them all that ISDS turns into spaces. */
const SPACES = /\s+/g;

/**
 * The same for both texts when ISDS made one of the other; to be applied to both, since applying it again changes nothing. White
 * space, the composition of letters and emoji are not trusted to stay: a message that is not known again is sent twice.
 */
export function rewritten(text: string): string {
  return text.replace(DROPPED, '').replace(ASTRAL, '').replace(SPACES, ' ').normalize('NFC').trim();
}
