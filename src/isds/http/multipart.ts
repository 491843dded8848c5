/** Cuts a multipart body into its parts while it streams by, wherever the chunks end (RFC 2046 §5.1.1). */
import { IsdsError } from '../error.ts';

export type PartEvent =
  | { readonly kind: 'part'; readonly headers: PartHeaders }
  /** Some octets of the part that began last, as they stand. */
  | { readonly kind: 'octets'; readonly octets: Buffer };

/** By lower-case name. */
export type PartHeaders = ReadonlyMap<string, string>;

/** A content type with parameters and two short lines; real ones have 150 octets. */
const MAX_HEAD_OCTETS = 8 * 1024;

/** White space behind a boundary, which transports may add (RFC 2046 §5.1.1); none is known to. */
const MAX_PADDING_OCTETS = 16;

const CRLF = Buffer.from('\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');
const CLOSING = Buffer.from('--');
const NOTHING = Buffer.alloc(0);
const HEADER = /^([!-9;-~]+):[ \t]*(.*)$/;
const LINE_ENDS = /^[\r\n]*$/;

/** What stands behind the octets of a boundary; undefined when it is not here yet. */
type LineEnd = { readonly kind: 'part' | 'closed'; readonly length: number } | { readonly kind: 'none' } | undefined;

/**
 * Nothing may stand before the first boundary nor behind the closing one. So content in which somebody forged a boundary
 * makes a part too many or octets behind the end, and never a file that is shorter than it was.
 */
export class MultipartReader {
  readonly #delimiter: Buffer;
  /** As if a line ended before the body, so that the first boundary is like the others. */
  #pending: Buffer = CRLF;
  #inside: 'nothing' | 'head' | 'content' | 'end' = 'nothing';
  #parts = 0;

  constructor(boundary: string) {
    this.#delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  }

  *push(chunk: Buffer): Generator<PartEvent> {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    for (let before = -1; before !== this.#pending.length;) {
      before = this.#pending.length;
      if (this.#inside === 'end') this.#skipLineEnds();
      else if (this.#inside === 'head') yield* this.#head();
      else yield* this.#untilBoundary();
    }
  }

  /**
   * Throws when parts may be missing. The last boundary may lack its two hyphens, as it does in an official example
   * (isds §1.4): nothing follows it, and whether that were all parts is for the caller to say.
   */
  end(): void {
    const rest = this.#pending;
    const closed = Buffer.concat([this.#delimiter, CLOSING]);
    const ended =
      this.#inside === 'end' ||
      (this.#inside === 'head' && this.#parts > 0 && rest.equals(CRLF)) ||
      (this.#inside === 'content' && (rest.equals(this.#delimiter) || rest.equals(closed)));
    if (!ended) throw new IsdsError({ kind: 'truncated' });
  }

  *#head(): Generator<PartEvent> {
    // The line end of the boundary is still here, so that a part without headers begins with an empty line too.
    const end = this.#pending.indexOf(HEAD_END);
    if (end === -1 ? this.#pending.length > MAX_HEAD_OCTETS : end > MAX_HEAD_OCTETS) throw malformed('endless headers');
    if (end === -1) return;
    const headers = readHeaders(this.#pending.toString('latin1', CRLF.length, end));
    this.#pending = this.#pending.subarray(end + HEAD_END.length);
    this.#inside = 'content';
    this.#parts++;
    yield { kind: 'part', headers };
  }

  *#untilBoundary(): Generator<PartEvent> {
    const found = this.#pending.indexOf(this.#delimiter);
    const certain = found === -1 ? Math.max(0, this.#pending.length - this.#delimiter.length + 1) : found;
    if (certain > 0) yield* this.#give(certain);
    if (found === -1) return;
    const line = lineEnd(this.#pending, this.#delimiter.length);
    if (line === undefined) return;
    if (line.kind === 'none') {
      yield* this.#give(CRLF.length);
      return;
    }
    this.#pending = this.#pending.subarray(line.length);
    this.#inside = line.kind === 'part' ? 'head' : 'end';
  }

  *#give(length: number): Generator<PartEvent> {
    const octets = this.#pending.subarray(0, length);
    this.#pending = this.#pending.subarray(length);
    if (this.#inside === 'content') yield { kind: 'octets', octets };
    else if (!LINE_ENDS.test(octets.toString('latin1'))) throw malformed('octets before the first part');
  }

  #skipLineEnds(): void {
    if (!LINE_ENDS.test(this.#pending.toString('latin1'))) throw malformed('octets behind the last part');
    this.#pending = NOTHING;
  }
}

/** The rest of the line on which a boundary stands; a line with more on it is content. */
function lineEnd(octets: Buffer, delimiter: number): LineEnd {
  if (octets.length === delimiter + 1 && octets[delimiter] === CLOSING[0]) return undefined;
  const closed = octets.subarray(delimiter, delimiter + CLOSING.length).equals(CLOSING);
  let at = delimiter + (closed ? CLOSING.length : 0);
  const furthest = at + MAX_PADDING_OCTETS;
  while (at < furthest && (octets[at] === 0x20 || octets[at] === 0x09)) at++;
  const rest = octets.subarray(at, at + CRLF.length);
  if (rest.equals(CRLF)) return closed ? { kind: 'closed', length: at } : { kind: 'part', length: at };
  return rest.equals(CRLF.subarray(0, rest.length)) ? undefined : { kind: 'none' };
}

function readHeaders(text: string): PartHeaders {
  const headers = new Map<string, string>();
  // A line that begins with white space goes on with the one before it (RFC 5322 §2.2.3).
  for (const line of text.replace(/\r\n(?=[ \t])/g, '').split('\r\n')) {
    if (line === '') continue;
    const [, name = '', value = ''] = HEADER.exec(line) ?? [];
    if (name === '' || headers.has(name.toLowerCase())) throw malformed('headers of a part');
    headers.set(name.toLowerCase(), value.trim());
  }
  return headers;
}

/** The failure of an answer whose parts cannot be told apart. */
export function malformed(problem: string): IsdsError {
  return new IsdsError({ kind: 'not-xml', problem });
}
