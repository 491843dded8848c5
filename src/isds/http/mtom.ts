/** An MTOM answer: the XML of its root part, then the octets of the one part that the XML refers to (isds §1.4). */
import { limited } from './body.ts';
import { MAX_SKELETON_OCTETS } from '../xml/streaming-extractor.ts';
import { malformed, MultipartReader, type PartHeaders } from './multipart.ts';
import type { MultipartType } from './multipart-type.ts';
import type { Reply } from './transport.ts';
import { readTree } from '../xml/xml-in-slices.ts';
import { parseXml, type XmlElement } from '../xml/xml.ts';

export type MtomEvent =
  /** Comes once and first. */
  { readonly kind: 'root'; readonly root: XmlElement } | { readonly kind: 'octets'; readonly octets: Buffer };

const XOP_NAMESPACE = 'http://www.w3.org/2004/08/xop/include';

/** How a part may be written; real ones say binary (isds §1.4). */
const PLAIN_ENCODINGS: ReadonlySet<string> = new Set(['binary', '8bit', '7bit']);

/** Returns once everything arrived; no service that is called answers with more than one part beside the root. */
export async function* readMtom(body: AsyncIterable<Buffer>, type: MultipartType): AsyncGenerator<MtomEvent> {
  const reader = new MultipartReader(type.boundary);
  const root = new RootPart(type.start);
  let parts = 0;
  for await (const chunk of body)
    for (const event of reader.push(chunk)) {
      if (event.kind === 'part') {
        parts++;
        checkEncoding(event.headers);
        if (parts === 1) root.begin(event.headers);
        else if (parts === 2) yield { kind: 'root', root: root.referringTo([event.headers]) };
        else throw malformed('more parts than the answer refers to');
      } else if (parts === 1) root.add(event.octets);
      else yield event;
    }
  reader.end();
  if (parts === 1) yield { kind: 'root', root: root.referringTo([]) };
}

/** The XML of an answer that is small and refers to nothing. */
export async function readSmall({ body, multipart }: Reply, limit: number): Promise<XmlElement> {
  if (multipart === undefined) return readTree(limited(body, limit));
  let root: XmlElement | undefined;
  for await (const event of readMtom(limited(body, limit), multipart)) {
    if (event.kind === 'octets') throw malformed('a part that nobody asked for');
    root = event.root;
  }
  if (root === undefined) throw malformed('no root');
  return root;
}

/** Whether the part stands in the place of this element's content. */
export function isIncludedIn({ children, text }: XmlElement): boolean {
  return children.length === 1 && children.every(isInclude) && text.trim() === '';
}

class RootPart {
  readonly #start: string | undefined;
  readonly #chunks: Buffer[] = [];
  #length = 0;

  constructor(start: string | undefined) {
    this.#start = start;
  }

  begin(headers: PartHeaders): void {
    const id = headers.get('content-id');
    if (this.#start !== undefined && id !== undefined && id !== this.#start) throw malformed('the root is not first');
  }

  add(octets: Buffer): void {
    this.#length += octets.length;
    if (this.#length > MAX_SKELETON_OCTETS) throw malformed('too much in the root');
    this.#chunks.push(Buffer.from(octets));
  }

  /** The XML, which must refer to each of these parts and to nothing else. */
  referringTo(parts: readonly PartHeaders[]): XmlElement {
    const root = parseXml(Buffer.concat(this.#chunks));
    const wanted = includes(root).map(contentId);
    const given = parts.map((headers) => headers.get('content-id'));
    if (wanted.length !== given.length || wanted.some((id, index) => id !== given[index]))
      throw malformed('parts and references do not add up');
    return root;
  }
}

function includes(element: XmlElement): XmlElement[] {
  return isInclude(element) ? [element] : element.children.flatMap(includes);
}

function isInclude({ namespace, name }: XmlElement): boolean {
  return namespace === XOP_NAMESPACE && name === 'Include';
}

const NO_REFERENCE = 'a reference that is none';

/** `cid:1` refers to `<1>` (RFC 2392). */
function contentId({ attributes }: XmlElement): string {
  const [, encoded] = /^cid:(.+)$/i.exec(attributes.get('href') ?? '') ?? [];
  if (encoded === undefined) throw malformed(NO_REFERENCE);
  try {
    return `<${decodeURIComponent(encoded)}>`;
  } catch {
    throw malformed(NO_REFERENCE);
  }
}

function checkEncoding(headers: PartHeaders): void {
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase() ?? 'binary';
  if (!PLAIN_ENCODINGS.has(encoding)) throw malformed('a part that is encoded');
}
