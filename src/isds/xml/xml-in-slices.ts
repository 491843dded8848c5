/**
 * Reads an answer as a tree while it arrives. A list may hold thousands of records, and the XML parser would stop everybody
 * else on this gateway for a fifth of a second with a thousand of them; so each record is parsed by itself.
 */
import { Slices } from '../../core/index.ts';
import { Namespaces } from './namespaces.ts';
import { type Token, XmlLexer } from './xml-lexer.ts';
import {
  checkInstruction,
  decode,
  depthChange,
  MAX_TAGS,
  MAX_TAGS_AT_ONCE,
  resolve,
  TruncatedXml,
  type XmlElement,
} from './xml.ts';
import { parseMarkup } from './xml-markup.ts';
import { MalformedXml } from './xml-text.ts';

/** Envelope, Body, the answer, its list: what is inside of the fourth is parsed apart. */
const RECORD_DEPTH = 4;

/** The tree of the whole document; throws MalformedXml or TruncatedXml, and whatever the body throws. */
export async function readTree(body: AsyncIterable<Buffer>): Promise<XmlElement> {
  const reader = new TreeReader();
  const slices = new Slices();
  for await (const chunk of body) {
    for (const token of reader.tokens(chunk)) {
      if (reader.take(token)) await slices.next();
    }
  }
  return reader.end();
}

class TreeReader {
  readonly #lexer = new XmlLexer();
  /** What prefixes mean within the open elements around the records. */
  readonly #namespaces: Namespaces[] = [];
  /** For each element at the record depth, in the order of the document, what it holds. */
  readonly #records: XmlElement[][] = [];
  /** The document without its records. */
  readonly #frame: Buffer[] = [];
  #record: Buffer[] = [];
  #depth = 0;
  #tags = 0;
  /** Of the record that is open, and of the frame. */
  #tagsOfRecord = 0;
  #tagsOfFrame = 0;

  tokens(octets: Buffer): Iterable<Token> {
    return this.#lexer.push(octets);
  }

  /** True when a record was completed and parsed. */
  take({ kind, octets }: Token): boolean {
    if (kind === 'instruction') checkInstruction(octets);
    const change = kind === 'tag' ? this.#count(octets) : undefined;
    const isStart = change === 0 || change === 1;
    const before = this.#depth;
    this.#depth += change ?? 0;
    if (before > RECORD_DEPTH || (before === RECORD_DEPTH && isStart)) {
      if (change !== undefined && ++this.#tagsOfRecord > MAX_TAGS_AT_ONCE) throw new MalformedXml('too many elements');
      this.#record.push(octets);
      const isComplete = change !== undefined && this.#depth === RECORD_DEPTH;
      if (isComplete) this.#parseRecord();
      return isComplete;
    }
    // A copy, because a few octets would keep their whole chunk in memory.
    this.#frame.push(Buffer.from(octets));
    if (change !== undefined && ++this.#tagsOfFrame > MAX_TAGS_AT_ONCE) throw new MalformedXml('too many elements');
    if (isStart && before === RECORD_DEPTH - 1) this.#records.push([]);
    if (change === 1) this.#namespaces.push(this.#within(octets));
    if (change === -1) this.#namespaces.pop();
    return false;
  }

  end(): XmlElement {
    if (this.#lexer.unfinished || this.#depth > 0) throw new TruncatedXml();
    const frame = resolve(parseMarkup(decode(Buffer.concat(this.#frame))), Namespaces.none);
    return filled(frame, 1, this.#records.values());
  }

  #count(tag: Buffer): -1 | 0 | 1 {
    if (++this.#tags > MAX_TAGS) throw new MalformedXml('too many elements');
    const change = depthChange(tag);
    if (this.#depth + change < 0) throw new MalformedXml('end without beginning');
    return change;
  }

  #within(tag: Buffer): Namespaces {
    const { attributes } = parseMarkup(`${decode(tag).slice(0, -1)}/>`);
    return (this.#namespaces.at(-1) ?? Namespaces.none).within(attributes);
  }

  #parseRecord(): void {
    const record = parseMarkup(decode(Buffer.concat(this.#record)));
    this.#record = [];
    this.#tagsOfRecord = 0;
    this.#records.at(-1)?.push(resolve(record, this.#namespaces.at(-1) ?? Namespaces.none));
  }
}

/** The frame with the records where they stood. */
function filled(element: XmlElement, depth: number, records: Iterator<readonly XmlElement[]>): XmlElement {
  if (depth < RECORD_DEPTH) {
    return { ...element, children: element.children.map((child) => filled(child, depth + 1, records)) };
  }
  return { ...element, children: records.next().value ?? [] };
}
