/** Cuts a stream of XML octets into text, tags, comments and CDATA wherever the chunks end, holding no more than one tag. */
import { MalformedXml } from './xml-text.ts';

/** A piece of a document, cut where its kind changes or where the octets so far end. */
export interface Token {
  /**
   * `tag` and `instruction` are whole. `text`, `cdata` (the inside of a section) and `comment` are parts that may follow
   * one another; `cdata-mark` is either end of a section.
   */
  readonly kind: 'text' | 'tag' | 'cdata' | 'cdata-mark' | 'comment' | 'instruction';
  /** As they stand in the stream. */
  readonly octets: Buffer;
}

/** Longest tag or instruction: a file name of 255 characters written as references takes 2 kB, a dmFile has seven attributes. */
export const MAX_TAG_OCTETS = 16 * 1024;

const [LESS, GREATER, DOUBLE_QUOTE, SINGLE_QUOTE] = [0x3c, 0x3e, 0x22, 0x27];
const [EXCLAMATION, QUESTION] = [0x21, 0x3f];

/** Space, tab, line feed and carriage return (XML 1.0 §2.3). */
const BLANKS: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

const COMMENT_START = Buffer.from('<!--');
const COMMENT_END = Buffer.from('-->');
const CDATA_START = Buffer.from('<![CDATA[');
const CDATA_END = Buffer.from(']]>');
const INSTRUCTION_END = Buffer.from('?>');
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const NOTHING = Buffer.alloc(0);

/** What a step took from the octets before it; undefined when it has to wait for more. */
type Step = Token | undefined;

export class XmlLexer {
  #pending: Buffer = NOTHING;
  #inside: 'text' | 'comment' | 'cdata' = 'text';
  #pastByteOrderMark = false;
  #first = true;

  /** The tokens that these octets complete. Throws MalformedXml on what no answer of ISDS may hold. */
  *push(chunk: Buffer): Generator<Token> {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    if (!this.#pastByteOrderMark && !this.#skipByteOrderMark()) return;
    for (let token = this.#next(); token !== undefined; token = this.#next()) yield token;
  }

  /** True when the octets so far end inside a tag, a comment or a CDATA section. */
  get unfinished(): boolean {
    return this.#pending.length > 0 || this.#inside !== 'text';
  }

  /** False as long as the first octets may still turn out to be the mark. */
  #skipByteOrderMark(): boolean {
    const length = Math.min(this.#pending.length, BYTE_ORDER_MARK.length);
    const matches = this.#pending.subarray(0, length).equals(BYTE_ORDER_MARK.subarray(0, length));
    if (matches && length < BYTE_ORDER_MARK.length) return false;
    if (matches) this.#pending = this.#pending.subarray(length);
    this.#pastByteOrderMark = true;
    return true;
  }

  #next(): Step {
    if (this.#pending.length === 0) return undefined;
    if (this.#inside === 'comment') return this.#section('comment', 'comment', COMMENT_END);
    if (this.#inside === 'cdata') return this.#section('cdata', 'cdata-mark', CDATA_END);
    const markup = this.#pending.indexOf(LESS);
    if (markup !== 0) return this.#token('text', markup === -1 ? this.#pending.length : markup);
    if (this.#pending.length === 1) return undefined;
    if (this.#pending[1] === EXCLAMATION) return this.#declaration();
    if (this.#pending[1] === QUESTION) return this.#instruction();
    const end = tagEnd(this.#pending);
    if (end === -1) return this.#wait();
    return this.#token('tag', end + 1);
  }

  #declaration(): Step {
    for (const [start, inside, kind] of [
      [COMMENT_START, 'comment', 'comment'],
      [CDATA_START, 'cdata', 'cdata-mark'],
    ] as const) {
      const length = Math.min(start.length, this.#pending.length);
      if (!this.#pending.subarray(0, length).equals(start.subarray(0, length))) continue;
      if (length < start.length) return undefined;
      this.#inside = inside;
      return this.#token(kind, length);
    }
    throw new MalformedXml('document type declaration');
  }

  #instruction(): Step {
    const end = this.#pending.indexOf(INSTRUCTION_END, 2);
    if (end === -1) return this.#wait();
    return this.#token('instruction', end + INSTRUCTION_END.length);
  }

  /** The inside of a comment or a CDATA section as far as it is here, then its end. */
  #section(kind: 'comment' | 'cdata', endKind: 'comment' | 'cdata-mark', end: Buffer): Step {
    const found = this.#pending.indexOf(end);
    if (found === 0) {
      this.#inside = 'text';
      return this.#token(endKind, end.length);
    }
    const certain = found === -1 ? this.#pending.length - end.length + 1 : found;
    return certain > 0 ? this.#token(kind, certain) : undefined;
  }

  #wait(): undefined {
    if (this.#pending.length > MAX_TAG_OCTETS) throw new MalformedXml('a tag is too long');
    return undefined;
  }

  #token(kind: Token['kind'], length: number): Token {
    const token = { kind, octets: this.#pending.subarray(0, length) };
    if (kind === 'text' && this.#first && !isBlank(token.octets)) throw new MalformedXml('text before the root');
    this.#pending = this.#pending.subarray(length);
    this.#first = false;
    return token;
  }
}

function isBlank(octets: Buffer): boolean {
  return octets.every((octet) => BLANKS.has(octet));
}

/** Index of the `>` that ends the tag, not one within quotes; -1 when it is not here yet. */
function tagEnd(octets: Buffer): number {
  let quote = 0;
  const length = Math.min(octets.length, MAX_TAG_OCTETS);
  for (let index = 1; index < length; index++) {
    const octet = octets[index];
    if (octet === LESS) throw new MalformedXml('"<" within a tag');
    if (quote !== 0) {
      if (octet === quote) quote = 0;
    } else if (octet === DOUBLE_QUOTE || octet === SINGLE_QUOTE) quote = octet;
    else if (octet === GREATER) return index;
  }
  return -1;
}
