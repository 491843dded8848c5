/** Takes the content of files out of an answer while it streams by, so that memory never holds it, and keeps the small rest for the XML parser. */
import { isIsdsNamespace } from '../soap/answer.ts';
import { Base64Text } from './base64-text.ts';
import { type ExpandedName, Namespaces } from './namespaces.ts';
import { SelfContainedXml } from './self-contained-xml.ts';
import type { FileHeader } from '../types.ts';
import { type Token, XmlLexer } from './xml-lexer.ts';
import { parseMarkup } from './xml-markup.ts';
import { MalformedXml } from './xml-text.ts';
import { checkInstruction, depthChange, parseXml, TruncatedXml, type XmlElement } from './xml.ts';

export type Extracted =
  { readonly kind: 'file'; readonly file: FileHeader } | { readonly kind: 'content'; readonly octets: Buffer };

/** What is taken out: the content of the files, or the signed original as a whole. */
export type Extractable = 'files' | 'original';

/** What is left of an answer without the content of its files. */
export interface Rest {
  /** The answer with every extracted element empty. */
  readonly skeleton: XmlElement;
  /** How many elements were extracted. */
  readonly extracted: number;
}

/** An envelope, a time stamp and 900 files (once the limit, isds §6.3) with long names fit twice. */
export const MAX_SKELETON_OCTETS = 1024 * 1024;

/** Deeper than any answer; the content of dmXMLContent is counted apart. */
const MAX_DEPTH = 32;

interface OpenElement extends ExpandedName {
  readonly attributes: ReadonlyMap<string, string>;
  readonly namespaces: Namespaces;
}

type Content =
  | { readonly encoding: 'base64'; readonly text: Base64Text }
  | { readonly encoding: 'xml'; readonly xml: SelfContainedXml };

/** Yields files and their content as they come; returns the rest once the document is complete and well-formed. */
export async function* extract(body: AsyncIterable<Buffer>): AsyncGenerator<Extracted, Rest> {
  const extractor = new StreamingExtractor('files');
  for await (const chunk of body) yield* extractor.push(chunk);
  return extractor.end();
}

/** `push` what arrives and use what it yields, then `end`; both throw MalformedXml, `end` also TruncatedXml. */
export class StreamingExtractor {
  readonly #extractable: Extractable;
  readonly #lexer = new XmlLexer();
  readonly #open: OpenElement[] = [];
  readonly #skeleton: Buffer[] = [];
  #skeletonLength = 0;
  #content: Content | undefined;
  #extracted = 0;

  constructor(extractable: Extractable) {
    this.#extractable = extractable;
  }

  /** Octets kept so far, for those who watch the memory. */
  get skeletonLength(): number {
    return this.#skeletonLength;
  }

  *push(chunk: Buffer): Generator<Extracted> {
    for (const token of this.#lexer.push(chunk)) {
      if (this.#content === undefined) yield* this.#outside(token);
      else {
        const octets = this.#inside(this.#content, token);
        if (octets !== undefined && octets.length > 0) yield { kind: 'content', octets };
      }
    }
  }

  end(): Rest {
    if (this.#lexer.unfinished) throw new TruncatedXml();
    return { skeleton: parseXml(Buffer.concat(this.#skeleton)), extracted: this.#extracted };
  }

  *#outside(token: Token): Generator<Extracted> {
    this.#keep(token.octets);
    if (token.kind === 'instruction') checkInstruction(token.octets);
    if (token.kind !== 'tag') return;
    const change = depthChange(token.octets);
    if (change === -1) this.#close();
    else yield* this.#start(token.octets, change === 0);
  }

  *#start(tag: Buffer, empty: boolean): Generator<Extracted> {
    const parent = this.#open.at(-1);
    const element = readStartTag(tag, empty, parent?.namespaces ?? Namespaces.none);
    const encoding = extractedEncoding(this.#extractable, parent, element);
    if (encoding !== undefined) {
      this.#extracted++;
      if (parent !== undefined && this.#extractable === 'files')
        yield { kind: 'file', file: fileHeader(parent.attributes, encoding) };
    }
    if (empty) return;
    if (this.#open.length >= MAX_DEPTH) throw new MalformedXml('nested too deeply');
    this.#open.push(element);
    if (encoding === 'base64') this.#content = { encoding, text: new Base64Text() };
    if (encoding === 'xml') this.#content = { encoding, xml: new SelfContainedXml(element.namespaces) };
  }

  #close(): void {
    if (this.#open.pop() === undefined) throw new MalformedXml('end without beginning');
  }

  /** The octets that this token adds to the content. */
  #inside(content: Content, token: Token): Buffer | undefined {
    const change = token.kind === 'tag' ? depthChange(token.octets) : 0;
    if (change === -1 && (content.encoding === 'base64' || content.xml.depth === 0)) {
      if (content.encoding === 'base64') content.text.end();
      this.#content = undefined;
      this.#keep(token.octets);
      this.#close();
      return undefined;
    }
    if (content.encoding === 'base64') return base64Octets(content.text, token);
    return token.kind === 'tag' ? content.xml.tag(token.octets, change) : token.octets;
  }

  /** A copy, because a few octets would keep their whole chunk in memory. */
  #keep(octets: Buffer): void {
    this.#skeletonLength += octets.length;
    if (this.#skeletonLength > MAX_SKELETON_OCTETS) throw new MalformedXml('too much around the files');
    this.#skeleton.push(Buffer.from(octets));
  }
}

function base64Octets(text: Base64Text, { kind, octets }: Token): Buffer | undefined {
  if (kind === 'tag' || kind === 'instruction') throw new MalformedXml('markup within base64');
  if (kind === 'text') return text.resolve(octets);
  return kind === 'cdata' ? octets : undefined;
}

/** How the content of this element is written, or undefined when it is not to be extracted. */
function extractedEncoding(
  extractable: Extractable,
  parent: ExpandedName | undefined,
  element: ExpandedName,
): Content['encoding'] | undefined {
  if (parent === undefined || !isIsdsNamespace(parent.namespace) || !isIsdsNamespace(element.namespace))
    return undefined;
  if (extractable === 'original')
    return parent.local.endsWith('DownloadResponse') && element.local === 'dmSignature' ? 'base64' : undefined;
  if (parent.local !== 'dmFile') return undefined;
  if (element.local === 'dmEncodedContent') return 'base64';
  return element.local === 'dmXMLContent' ? 'xml' : undefined;
}

/** Every attribute may be missing or empty; metadata are the sender's (isds §5.2). */
export function fileHeader(attributes: ReadonlyMap<string, string>, encoding: FileHeader['encoding']): FileHeader {
  return {
    name: attributes.get('dmFileDescr') ?? '',
    mimeType: attributes.get('dmMimeType') ?? '',
    metaType: attributes.get('dmFileMetaType') ?? '',
    encoding,
  };
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

function readStartTag(tag: Buffer, empty: boolean, outside: Namespaces): OpenElement {
  let text: string;
  try {
    text = UTF_8.decode(tag);
  } catch (cause) {
    throw new MalformedXml('not UTF-8', { cause });
  }
  const { name, attributes } = parseMarkup(empty ? text : `${text.slice(0, -1)}/>`);
  const namespaces = outside.within(attributes);
  return { ...namespaces.element(name), attributes, namespaces };
}
