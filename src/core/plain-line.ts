/** Text of a header as one plain line: only characters that ISDS keeps as they are (isds §6.1). */
import { composed } from './composed.ts';

/** White space that ISDS turns into a blank itself; line ends among it could forge lines of logs and replies. */
const BLANKS = /[\t\r\n\u0085\u00a0\u2028\u2029\u202f]+/g;

/**
 * What ISDS drops (soft hyphen, zero width and bidirectional marks: they also disguise an extension as another one) and what
 * it refuses with 1225 (controls, characters that are none).
 */
const DROPPED =
  // eslint-disable-next-line no-control-regex -- control characters are what this looks for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]/g;

export function plainLine(text: string): string {
  const plain = text.toWellFormed().replace(BLANKS, ' ').replace(DROPPED, '');
  return composed(plain).replace(/ {2,}/g, ' ').trim();
}
