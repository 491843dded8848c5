/** The strict wrapper around fast-xml-parser: nothing is guessed, converted, trimmed or expanded behind our back. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { hasForbiddenCharacter, MalformedXml, resolveReferences } from './xml-text.ts';

/** An element with its names as written; `xml.ts` gives them namespaces. */
export interface RawElement {
  readonly name: string;
  /** Values with references resolved. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly RawElement[];
  /** The element's own text without that of its children. */
  readonly text: string;
}

/** Deepest nesting: the deepest answer (a file of a downloaded message) has 8 levels. */
const MAX_DEPTH = 32;

/** Names for what is no element; with a `#` they cannot collide with one (XML 1.0 §2.3). */
const TEXT = '#text';
const CDATA = '#cdata';
const ATTRIBUTES = ':@';

/** At most one colon and ordinary letters: `__proto__` and its like are names that ISDS has no use for. */
const QUALIFIED_NAME = /^[A-Za-z][\w.-]*(?::[A-Za-z][\w.-]*)?$/;

/** Shared, because most elements have none. */
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  ignoreDeclaration: true,
  // References are resolved here, not there: it would leave numeric ones alone and join CDATA with text.
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  cdataPropName: CDATA,
  maxNestedTags: MAX_DEPTH,
});

/** The one root element of a text in which comments, CDATA and a declaration may stand, but no document type. */
export function parseMarkup(text: string): RawElement {
  if (hasForbiddenCharacter(text)) throw new MalformedXml('forbidden character');
  const roots = elements(parse(text));
  const [root] = roots;
  if (root === undefined || roots.length > 1) throw new MalformedXml(`${roots.length} root elements`);
  return root;
}

function parse(text: string): unknown {
  // The parser alone accepts unclosed and crossed elements.
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new MalformedXml(valid.err.code);
  try {
    return PARSER.parse(text);
  } catch (cause) {
    throw new MalformedXml('not well-formed', { cause });
  }
}

function elements(nodes: unknown): RawElement[] {
  return list(nodes).flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ATTRIBUTES) ?? '';
    if (name === TEXT || name === CDATA) return [];
    if (!QUALIFIED_NAME.test(name)) throw new MalformedXml('element name');
    return [
      { name, attributes: attributes(node[ATTRIBUTES]), children: elements(node[name]), text: ownText(node[name]) },
    ];
  });
}

function ownText(nodes: unknown): string {
  return list(nodes)
    .map((node) => {
      if (CDATA in node) return list(node[CDATA]).map(plain).join('');
      return TEXT in node ? resolveReferences(plain(node)) : '';
    })
    .join('');
}

function attributes(node: unknown): ReadonlyMap<string, string> {
  if (!isRecord(node)) return NO_ATTRIBUTES;
  return new Map(Object.entries(node).map(([name, value]) => [attributeName(name), attributeValue(value)]));
}

function attributeName(name: string): string {
  if (!QUALIFIED_NAME.test(name)) throw new MalformedXml('attribute name');
  return name;
}

/** White space as written becomes blanks, as references it stays (XML 1.0 §3.3.3). */
function attributeValue(value: unknown): string {
  return resolveReferences(String(value).replace(/[\t\n\r]/g, ' '));
}

function plain(node: Readonly<Record<string, unknown>>): string {
  return String(node[TEXT]);
}

function list(nodes: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(nodes) ? nodes.filter(isRecord) : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
