/** Letters and their marks put together (NFC), in time that grows with the length alone. */

/** More marks than any language puts on a letter (UAX #15 §13); sorting a run of them takes time with the square of its length. */
const ENDLESS_MARKS = /\p{M}{31}/u;

/** Pieces with so few marks in a row that they are put together one by one. */
const PIECES = /\P{M}*\p{M}{0,30}/gu;

/** NFC, but a run of more than thirty marks on one letter keeps the order in which it was written. */
export function composed(text: string): string {
  if (!ENDLESS_MARKS.test(text)) return text.normalize('NFC');
  return Array.from(text.matchAll(PIECES), ([piece]) => piece.normalize('NFC')).join('');
}
