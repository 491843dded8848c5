/** Answers written piece by piece: small elements as strings, content as octets, so that nothing large is ever one string. */
import { escapeAttribute, escapeText } from './xml-text.ts';

export type Pieces = Iterable<string | Buffer>;
type Value = string | number | boolean | undefined;
type Attributes = Readonly<Record<string, Value>>;

/** Writes elements with one prefix; ISDS's servers differ in theirs and so do ours (isds §1.3). */
export class XmlWriter {
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix === '' ? '' : `${prefix}:`;
  }

  /** The attribute that declares this writer's prefix. */
  declare(namespace: string): Attributes {
    return { [this.#prefix === '' ? 'xmlns' : `xmlns:${this.#prefix.slice(0, -1)}`]: namespace };
  }

  open(name: string, attributes: Attributes = {}): string {
    return `<${this.#prefix}${name}${writeAttributes(attributes)}>`;
  }

  close(name: string): string {
    return `</${this.#prefix}${name}>`;
  }

  /** An element with text; an undefined value becomes nil. */
  leaf(name: string, value: Value, attributes: Attributes = {}): string {
    if (value === undefined) return `<${this.#prefix}${name} xsi:nil="true"/>`;
    return this.open(name, attributes) + escapeText(String(value)) + this.close(name);
  }

  /** Elements in the order of the record's keys. */
  leaves(values: Readonly<Record<string, Value>>): string {
    return Object.entries(values)
      .map(([name, value]) => this.leaf(name, value))
      .join('');
  }
}

function writeAttributes(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeAttribute(String(value))}"`)
    .join('');
}

/** Joins small pieces and cuts large ones, so that each write is worth a system call and none is much larger than `size`. */
export function* gather(pieces: Pieces, size: number): Generator<Buffer> {
  let waiting: Buffer[] = [];
  let octets = 0;
  for (const piece of pieces) {
    const buffer = typeof piece === 'string' ? Buffer.from(piece) : piece;
    waiting.push(buffer);
    octets += buffer.length;
    if (octets < size) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    octets = 0;
  }
  if (octets > 0) yield Buffer.concat(waiting);
}

/** How many octets the pieces are when written. */
export function countOctets(pieces: Pieces): number {
  let octets = 0;
  for (const piece of pieces) octets += Buffer.byteLength(piece);
  return octets;
}
