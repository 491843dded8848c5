/** An XML document as a tree of elements with resolved namespaces; everything that is not plain UTF-8 XML is refused. */
import { Namespaces } from './namespaces.ts';
import { XmlLexer } from './xml-lexer.ts';
import { parseMarkup, type RawElement } from './xml-markup.ts';
import { MalformedXml } from './xml-text.ts';

/** An element whose name says what it is, whatever prefix was used. */
export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  /** Attributes without namespace by name, others as `{namespace}name`; declarations of namespaces are left out. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The element's own text, untrimmed. */
  readonly text: string;
}

/** The document breaks off: its beginning is fine, its end is missing. */
export class TruncatedXml extends Error {
  override readonly name = 'TruncatedXml';
}

/** A record of a list has some 60, so that this is more than 8000 records; the tree of many more would take all memory. */
export const MAX_TAGS = 500_000;

/** Of what is parsed in one go, microseconds each: a message with 900 files has five for each of them. */
export const MAX_TAGS_AT_ONCE = 20_000;

const UTF_8 = new TextDecoder('utf-8', { fatal: true });
const NOT_UTF_8 = /\bencoding\s*=\s*["'](?!utf-?8["'])/i;

/** The root of a whole document. Throws MalformedXml, or TruncatedXml when it merely breaks off. */
export function parseXml(octets: Buffer): XmlElement {
  checkOutline(octets);
  return resolve(parseMarkup(decode(octets)), Namespaces.none);
}

/** Refuses an instruction that is not a declaration of UTF-8; that it stands at the beginning the parser checks. */
export function checkInstruction(octets: Buffer): void {
  const text = octets.toString('latin1');
  if (!/^<\?xml\s/.test(text)) throw new MalformedXml('processing instruction');
  if (NOT_UTF_8.test(text)) throw new MalformedXml('not declared as UTF-8');
}

/** By how much a tag changes the depth. */
export function depthChange(tag: Buffer): -1 | 0 | 1 {
  if (tag[1] === SLASH) return -1;
  return tag[tag.length - 2] === SLASH ? 0 : 1;
}

const SLASH = 0x2f;

/** What the parser would overlook: document types, instructions, masses of elements; and whether the document merely breaks off. */
function checkOutline(octets: Buffer): void {
  const lexer = new XmlLexer();
  let depth = 0;
  let tags = 0;
  for (const { kind, octets: part } of lexer.push(octets)) {
    if (kind === 'instruction') checkInstruction(part);
    if (kind !== 'tag') continue;
    depth += depthChange(part);
    if (++tags > MAX_TAGS_AT_ONCE) throw new MalformedXml('too many elements');
  }
  if (lexer.unfinished || depth > 0) throw new TruncatedXml();
}

/** Text of whole characters. */
export function decode(octets: Buffer): string {
  try {
    return UTF_8.decode(octets);
  } catch (cause) {
    throw new MalformedXml('not UTF-8', { cause });
  }
}

/** The same tree with the meaning of its prefixes, `outside` being what they mean around it. */
export function resolve(raw: RawElement, outside: Namespaces): XmlElement {
  const namespaces = outside.within(raw.attributes);
  const { namespace, local } = namespaces.element(raw.name);
  return {
    namespace,
    name: local,
    attributes: resolveAttributes(raw.attributes, namespaces),
    children: raw.children.map((child) => resolve(child, namespaces)),
    text: raw.text,
  };
}

function resolveAttributes(raw: ReadonlyMap<string, string>, namespaces: Namespaces): ReadonlyMap<string, string> {
  if (raw.size === 0) return raw;
  const attributes = new Map<string, string>();
  for (const [name, value] of raw) {
    if (name === 'xmlns' || name.startsWith('xmlns:')) continue;
    const { namespace, local } = namespaces.attribute(name);
    attributes.set(namespace === '' ? local : `{${namespace}}${local}`, value);
  }
  return attributes;
}
