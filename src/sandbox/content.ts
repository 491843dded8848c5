/** Content of a file: octets in memory, or octets that lie elsewhere and come in pieces, as often as they are wanted. */

/** Octets that are kept somewhere and read in pieces. */
export interface StoredContent {
  readonly length: number;
  pieces(): Iterable<Buffer>;
}

export type Content = Buffer | StoredContent;

/** The octets, whichever way they are kept. */
export function piecesOf(content: Content): Iterable<Buffer> {
  return Buffer.isBuffer(content) ? [content] : content.pieces();
}

/** The whole content in memory; for tests and for what is known to be small. */
export function octetsOf(content: Content): Buffer {
  return Buffer.isBuffer(content) ? content : Buffer.concat([...content.pieces()]);
}

/** The first octets, fewer if there are no more. */
export function startOf(content: Content, octets: number): Buffer {
  const taken: Buffer[] = [];
  let left = octets;
  for (const piece of piecesOf(content)) {
    if (left <= 0) break;
    taken.push(piece.subarray(0, left));
    left -= piece.length;
  }
  return Buffer.concat(taken);
}

/** Whether the test holds for a stretch of the content; what is at most `overlap` octets long is never cut in two. */
export function holdsSomewhere(content: Content, overlap: number, holds: (octets: Buffer) => boolean): boolean {
  let end: Buffer = Buffer.alloc(0);
  for (const piece of piecesOf(content)) {
    const octets = end.length === 0 ? piece : Buffer.concat([end, piece]);
    if (holds(octets)) return true;
    end = octets.subarray(Math.max(0, octets.length - overlap));
  }
  return false;
}
