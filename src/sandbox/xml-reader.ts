/** A strict reader of SOAP requests: a tree of elements over the octets of the request, content is never copied. */
import { isUtf8 } from 'node:buffer';
import type { Lifted } from './content-lifter.ts';
import { decodeText, escapeAttribute, escapeText, XmlError } from './xml-text.ts';

/** Deepest request: Envelope, Body, CreateMessage, dmFiles, dmFile, dmXMLContent and what somebody puts into it. */
const DEEPEST = 32;
/** No request has more elements; a hundred files need three hundred. */
const MAX_ELEMENTS = 10_000;
/** Longest tag: a file name of 255 characters written as character references, and the other attributes. */
const MAX_TAG_LENGTH = 16_384;

/** An attribute with its name taken apart. */
export interface XmlAttribute {
  readonly prefix: string;
  readonly name: string;
  readonly value: string;
}

/** An element as the request has it. */
export interface XmlElement {
  readonly prefix: string;
  readonly name: string;
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: XmlElement[];
  /** Text between the children as it stands in the request, references not resolved. */
  readonly text: Buffer[];
  /** Content that did not stay in the request: a long text, or a part that the text refers to. */
  content?: Lifted;
}

interface OpenElement {
  readonly element: XmlElement;
  readonly tag: string;
  readonly namespaces: ReadonlyMap<string, string>;
}

const CDATA_START = '<![CDATA[';
const CDATA_END = ']]>';

const NAME = String.raw`(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)`;
const START_TAG = new RegExp(`^${NAME}((?:\\s+[^\\s=]+\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)$`);
const ATTRIBUTE = new RegExp(`\\s+${NAME}\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'y');

/** `lifted` are the long texts, by the place where they stood. */
export function readXml(octets: Buffer, lifted: ReadonlyMap<number, Lifted> = new Map()): XmlElement {
  if (!isUtf8(octets)) throw new XmlError('the request is not UTF-8');
  return new Reader(octets, lifted).read();
}

class Reader {
  readonly #octets: Buffer;
  readonly #lifted: ReadonlyMap<number, Lifted>;
  readonly #open: OpenElement[] = [];
  #position = 0;
  #elements = 0;
  #root: XmlElement | undefined;

  constructor(octets: Buffer, lifted: ReadonlyMap<number, Lifted>) {
    this.#octets = octets;
    this.#lifted = lifted;
  }

  read(): XmlElement {
    if (this.#octets.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) this.#position = 3;
    if (this.#comes('<?xml ')) this.#skipPast('?>');
    while (this.#position < this.#octets.length) this.#readNext();
    if (this.#root === undefined || this.#open.length > 0) throw new XmlError('the request ends too early');
    return this.#root;
  }

  #readNext(): void {
    const markup = this.#octets.indexOf('<', this.#position);
    const end = markup === -1 ? this.#octets.length : markup;
    this.#takeText(this.#octets.subarray(this.#position, end));
    this.#position = end;
    if (markup === -1) return;
    if (this.#comes('<!--')) this.#skipPast('-->');
    else if (this.#comes(CDATA_START)) this.#takeSection();
    else if (this.#comes('<!') || this.#comes('<?')) throw this.#fail('a declaration or instruction is not allowed');
    else if (this.#comes('</')) this.#closeElement();
    else this.#openElement();
  }

  #takeText(text: Buffer): void {
    const parent = this.#open.at(-1);
    const lifted = this.#lifted.get(this.#position);
    if (parent === undefined && lifted !== undefined) throw this.#fail('text outside of the root element');
    if (parent !== undefined && lifted !== undefined) addContent(parent.element, lifted);
    if (parent !== undefined) parent.element.text.push(text);
    else if (text.toString().trim() !== '') throw this.#fail('text outside of the root element');
  }

  /** Kept as text that means the same, so that nobody behind this has to know of sections. */
  #takeSection(): void {
    const start = this.#position + CDATA_START.length;
    const end = this.#octets.indexOf(CDATA_END, start);
    const parent = this.#open.at(-1);
    if (end === -1 || parent === undefined) throw this.#fail('a section of text without end, or out of place');
    const content = this.#octets.subarray(start, end);
    parent.element.text.push(content.includes('&') ? Buffer.from(escapeText(content.toString())) : content);
    this.#position = end + CDATA_END.length;
  }

  #openElement(): void {
    const parent = this.#open.at(-1);
    if (parent === undefined && this.#root !== undefined) throw this.#fail('a second root element');
    if (++this.#elements > MAX_ELEMENTS || this.#open.length >= DEEPEST) throw this.#fail('too many elements');
    const [, prefix = '', name = '', attributes = '', slash] = START_TAG.exec(this.#readTag(1)) ?? [];
    if (name === '') throw this.#fail('a malformed start tag');
    const { plain, namespaces } = this.#readAttributes(attributes, parent?.namespaces ?? new Map([['', '']]));
    const namespace = namespaces.get(prefix);
    if (namespace === undefined) throw this.#fail('an undeclared prefix');
    const element: XmlElement = { prefix, name, namespace, attributes: plain, children: [], text: [] };
    this.#root ??= element;
    parent?.element.children.push(element);
    if (slash !== '/') this.#open.push({ element, tag: qualified(prefix, name), namespaces });
  }

  #closeElement(): void {
    const tag = this.#readTag(2).trimEnd();
    if (this.#open.pop()?.tag !== tag) throw this.#fail('an end tag that closes nothing');
  }

  #readAttributes(written: string, inherited: ReadonlyMap<string, string>) {
    const plain: XmlAttribute[] = [];
    const namespaces = new Map(inherited);
    const seen = new Set<string>();
    ATTRIBUTE.lastIndex = 0;
    while (ATTRIBUTE.lastIndex < written.length) {
      const [, prefix = '', name = '', double, single] = ATTRIBUTE.exec(written) ?? [];
      if (name === '' || seen.size === seen.add(qualified(prefix, name)).size)
        throw this.#fail('a malformed attribute');
      const value = decodeText(double ?? single ?? '');
      if (prefix === 'xmlns') namespaces.set(name, value);
      else if (prefix === '' && name === 'xmlns') namespaces.set('', value);
      else plain.push({ prefix, name, value });
    }
    return { plain, namespaces };
  }

  /** What stands between `<` (and `/`) and `>`; a `>` inside of quotes does not count. */
  #readTag(skip: number): string {
    const start = this.#position + skip;
    let quote = 0;
    for (let index = start; index < this.#octets.length && index - start < MAX_TAG_LENGTH; index++) {
      const octet = this.#octets[index] ?? 0;
      if (quote !== 0) quote = octet === quote ? 0 : quote;
      else if (octet === 0x22 || octet === 0x27) quote = octet;
      else if (octet === 0x3e) {
        this.#position = index + 1;
        return this.#octets.toString('utf8', start, index);
      }
    }
    throw this.#fail('a tag without end');
  }

  #comes(text: string): boolean {
    return this.#octets.toString('latin1', this.#position, this.#position + text.length) === text;
  }

  #skipPast(text: string): void {
    const found = this.#octets.indexOf(text, this.#position);
    if (found === -1) throw this.#fail(`${text} is missing`);
    this.#position = found + text.length;
  }

  #fail(what: string): XmlError {
    return new XmlError(`${what} at octet ${this.#position}`);
  }
}

/** Content that a comment divides would have to be put together again; nobody writes it so. */
function addContent(element: XmlElement, lifted: Lifted): void {
  const alone = element.content === undefined && element.text.every((text) => text.length === 0);
  element.content = alone ? lifted : 'not base64';
}

function qualified(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}:${name}`;
}

/** The element as XML again, standing alone: each element declares what its own prefix means. Text between children is put before them. */
export function writeElement({ prefix, name, namespace, attributes, children, text }: XmlElement): string {
  const tag = qualified(prefix, name);
  const declared =
    namespace === '' ? '' : ` ${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}="${escapeAttribute(namespace)}"`;
  // A prefix of an attribute would need its own declaration, which nobody has kept: such attributes are left out.
  const own = attributes.filter((attribute) => attribute.prefix === '');
  const written = own.map((attribute) => ` ${attribute.name}="${escapeAttribute(attribute.value)}"`).join('');
  return `<${tag}${declared}${written}>${Buffer.concat(text).toString()}${children.map(writeElement).join('')}</${tag}>`;
}
