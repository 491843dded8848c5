/** Text with its letters composed, and as one plain line: only characters that ISDS keeps as they are (isds §6.1). */

/** White space that ISDS turns into a blank itself; line ends among it could forge lines of logs and replies. */
const BLANKS = /[\t\r\n\u0085\u00a0\u2028\u2029\u202f]+/g;

/**
 * What ISDS drops (soft hyphen, zero width and bidirectional marks: they also disguise an extension as another one) and what
 * it refuses with 1225 (controls, characters that are none).
 */
const DROPPED =
  // eslint-disable-next-line no-control-regex -- control characters are what this looks for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]/g;

/** One line without control, invisible and direction-changing characters, composed (NFC), with single blanks. */
export function plainLine(text: string): string {
  const plain = text.toWellFormed().replace(BLANKS, ' ').replace(DROPPED, '');
  return composed(plain).replace(/ {2,}/g, ' ').trim();
}

/** More marks than any language puts on a letter (UAX #15 §13); sorting a run of them takes time with the square of its length. */
const ENDLESS_MARKS = /\p{M}{31}/u;

/** Pieces with so few marks in a row that they are put together one by one. */
const PIECES = /\P{M}*\p{M}{0,30}/gu;

/** NFC, but a run of more than thirty marks on one letter keeps the order in which it was written. */
export function composed(text: string): string {
  if (!ENDLESS_MARKS.test(text)) return text.normalize('NFC');
  return Array.from(text.matchAll(PIECES), ([piece]) => piece.normalize('NFC')).join('');
}
