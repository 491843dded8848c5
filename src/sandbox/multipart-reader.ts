/** Reads multipart/related while it arrives: every part goes where its head says, nothing is kept (RFC 2046 §5.1). */

/** More than any request needs; a head without end must not be collected for ever. */
const MAX_HEAD_OCTETS = 8 * 1024;
/** A message has at most a hundred files. */
const MAX_PARTS = 101;
/** White space that may stand behind a delimiter. */
const MAX_PADDING_OCTETS = 64;

const HEAD_END = Buffer.from('\r\n\r\n');
const BOUNDARY = /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/;

/** The parts cannot be told apart. */
export class MultipartError extends Error {}

/** Names in lower case. */
export type PartHead = ReadonlyMap<string, string>;

/** Takes the octets of one part. */
export interface PartSink {
  write(octets: Buffer): void;
}

type Found =
  { readonly kind: 'part' | 'end'; readonly start: number; readonly next: number } | { readonly kind: 'none' };

/** `push` what arrives; hands parts to whoever takes them. */
export class MultipartReader {
  readonly #delimiter: Buffer;
  readonly #open: (head: PartHead) => PartSink;
  /** The preamble is a part that nobody reads. */
  #sink: PartSink | 'head' | 'ended' = { write: () => undefined };
  /** The first delimiter needs no line before it. */
  #waiting: Buffer = Buffer.from('\r\n');
  #parts = 0;

  constructor(boundary: string, open: (head: PartHead) => PartSink) {
    if (!BOUNDARY.test(boundary)) throw new MultipartError('The boundary is malformed.');
    this.#delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
    this.#open = open;
  }

  write(octets: Buffer): void {
    if (this.#sink === 'ended') return;
    this.#waiting = this.#waiting.length === 0 ? octets : Buffer.concat([this.#waiting, octets]);
    while (this.#step());
  }

  /** Whether the closing delimiter was there. */
  get isComplete(): boolean {
    return this.#sink === 'ended';
  }

  /** False when more octets are needed. */
  #step(): boolean {
    if (this.#sink === 'ended') return false;
    if (this.#sink === 'head') return this.#readHead();
    const found = this.#find();
    if (found.kind === 'none') {
      this.#pass(this.#sink, Math.max(0, this.#waiting.length - this.#undecided()));
      return false;
    }
    this.#pass(this.#sink, found.start);
    this.#waiting = this.#waiting.subarray(found.next - found.start);
    this.#sink = found.kind === 'end' ? 'ended' : 'head';
    return true;
  }

  #pass(sink: PartSink, octets: number): void {
    if (octets > 0) sink.write(this.#waiting.subarray(0, octets));
    this.#waiting = this.#waiting.subarray(octets);
  }

  /** How much at the end may still become a delimiter. */
  #undecided(): number {
    const tail = this.#waiting.lastIndexOf(this.#delimiter);
    const reach = this.#delimiter.length + MAX_PADDING_OCTETS + 2;
    if (tail !== -1 && this.#waiting.length - tail < reach) return this.#waiting.length - tail;
    return this.#delimiter.length - 1;
  }

  /** A delimiter is a whole line; what only begins like one is content. */
  #find(): Found {
    const reach = this.#delimiter.length + MAX_PADDING_OCTETS + 2;
    for (let start = -1; (start = this.#waiting.indexOf(this.#delimiter, start + 1)) !== -1;) {
      const behind = start + this.#delimiter.length;
      const line = this.#waiting.toString('latin1', behind, start + reach);
      if (line.startsWith('--')) return { kind: 'end', start, next: behind + 2 };
      const [ending] = /^[ \t]*\r\n/.exec(line) ?? [];
      if (ending !== undefined) return { kind: 'part', start, next: behind + ending.length };
    }
    return { kind: 'none' };
  }

  #readHead(): boolean {
    // A part may have no head at all.
    const end = this.#waiting.subarray(0, 2).equals(HEAD_END.subarray(0, 2)) ? -2 : this.#waiting.indexOf(HEAD_END);
    if (end === -1 && this.#waiting.length <= MAX_HEAD_OCTETS) return false;
    if (end === -1 || end > MAX_HEAD_OCTETS) throw new MultipartError('The head of a part is too long.');
    if (++this.#parts > MAX_PARTS) throw new MultipartError('There are too many parts.');
    const sink = this.#open(readHead(this.#waiting.toString('utf8', 0, Math.max(0, end))));
    // The delimiter behind an empty part begins with the end of its head.
    this.#waiting = this.#waiting.subarray(end + 2);
    this.#sink = { write: skipFirst(2, sink) };
    return true;
  }
}

function skipFirst(octets: number, sink: PartSink): PartSink['write'] {
  let left = octets;
  return (piece) => {
    const rest = piece.subarray(left);
    left -= piece.length - rest.length;
    if (rest.length > 0) sink.write(rest);
  };
}

function readHead(text: string): PartHead {
  const head = new Map<string, string>();
  for (const line of text.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    if (line === '') continue;
    const [, name, value = ''] = /^([!-9;-~]+):\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || head.has(name.toLowerCase()))
      throw new MultipartError('The head of a part is malformed.');
    head.set(name.toLowerCase(), value.trimEnd());
  }
  return head;
}
