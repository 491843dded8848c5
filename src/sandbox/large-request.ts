/** The body of a request to the service of large messages: content goes to spools as it comes, the rest is SOAP (isds §1.4). */
import { ContentLifter } from './content-lifter.ts';
import { readMediaType } from './media-type.ts';
import { MultipartError, MultipartReader, type PartHead, type PartSink } from './multipart-reader.ts';
import { type Packing, refuseMultipart, XOP_TYPE } from './packing.ts';
import type { Said } from './said.ts';
import { readSoap, SOAP_TYPES } from './soap.ts';
import type { Spool, Spools } from './spool.ts';
import type { XmlElement } from './xml-reader.ts';
import { XmlError } from './xml-text.ts';

const XOP_NAMESPACE = 'http://www.w3.org/2004/08/xop/include';
/** Content in the parts of a request is never encoded. */
const ENCODINGS = ['binary', '8bit', '7bit'];

/** Where content goes; what was opened is noted in `made`. */
interface Shelf {
  readonly spools: Spools;
  readonly made: Spool[];
}

/** Throws XmlError for what is no SOAP. */
export async function readLargeRequest(body: AsyncIterable<Buffer>, packing: Packing, shelf: Shelf): Promise<Said> {
  const envelope = new ContentLifter(shelf.spools, shelf.made);
  try {
    if (packing.parts !== undefined) return await readParts(body, packing.parts, envelope, shelf);
  } catch (error) {
    if (error instanceof MultipartError) return { refusal: refuseMultipart(error.message) };
    throw error;
  }
  for await (const octets of body) envelope.write(octets);
  const { rest, lifted } = envelope.end();
  return { soap: readSoap(rest, packing.version, lifted) };
}

async function readParts(
  body: AsyncIterable<Buffer>,
  { boundary, root }: NonNullable<Packing['parts']>,
  envelope: ContentLifter,
  shelf: Shelf,
): Promise<Said> {
  const parts = new Map<string, Spool>();
  let rootSeen = false;
  const open = (head: PartHead): PartSink => {
    const id = idOf(head);
    if (!rootSeen && (root === undefined || id === root.replace(/^<|>$/g, ''))) {
      rootSeen = true;
      requireRootType(head);
      return envelope;
    }
    if (id === '' || parts.has(id)) throw new MultipartError('A part has no Content-ID of its own.');
    const spool = shelf.spools.open();
    shelf.made.push(spool);
    parts.set(id, spool);
    return spool;
  };
  const reader = new MultipartReader(boundary, open);
  for await (const octets of body) reader.write(octets);
  if (!rootSeen) throw new MultipartError('There is no root part.');
  const { rest, lifted } = envelope.end();
  const soap = readSoap(rest, '1.2', lifted);
  putContent(soap, parts);
  return reader.isComplete ? { soap } : { soap, unfinished: true };
}

function idOf(head: PartHead): string {
  const encoding = head.get('content-transfer-encoding')?.toLowerCase() ?? 'binary';
  if (!ENCODINGS.includes(encoding))
    throw new MultipartError(`Content-Transfer-Encoding ${encoding} is not supported.`);
  return (head.get('content-id') ?? '').replace(/^<|>$/g, '');
}

function requireRootType(head: PartHead): void {
  const media = readMediaType(head.get('content-type') ?? '');
  if (media?.type === XOP_TYPE && media.parameters.get('type')?.toLowerCase() === SOAP_TYPES['1.2']) return;
  throw new MultipartError(`The root part should be ${XOP_TYPE} with type="${SOAP_TYPES['1.2']}".`);
}

/** Puts parts in the place of the references to them; a reference to nothing stays, as an element where none may be. */
function putContent(element: XmlElement, parts: ReadonlyMap<string, Spool>): void {
  const [only, second] = element.children;
  const isReference = only?.name === 'Include' && only.namespace === XOP_NAMESPACE && second === undefined;
  const blank = element.text.every((text) => text.toString().trim() === '');
  const part = isReference && blank ? parts.get(partName(only)) : undefined;
  if (part === undefined) {
    for (const child of element.children) putContent(child, parts);
    return;
  }
  element.content = part;
  element.children.length = 0;
  element.text.length = 0;
}

function partName({ attributes }: XmlElement): string {
  const href = attributes.find(({ name }) => name === 'href')?.value ?? '';
  try {
    return href.startsWith('cid:') ? decodeURIComponent(href.slice('cid:'.length)) : '';
  } catch {
    throw new XmlError('a malformed cid');
  }
}
