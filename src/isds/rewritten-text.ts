/** A text as ISDS has it after it rewrote what it was given (isds §6.1): for comparing what was sent with what ISDS says was sent. */

const TO_SPACE = /[\t\r\n\u00a0\u2028\u2029\u202f]/g;
const DROPPED = /[\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2061-\u206f]/g;

/**
 * The same for both texts when ISDS made one of the other; to be applied to both, since applying it again changes nothing. White
 * space around a text and the composition of letters are not trusted to stay.
 */
export function rewritten(text: string): string {
  return text.replace(TO_SPACE, ' ').replace(DROPPED, '').normalize('NFC').trim();
}
