/** The MIME tree of a mail whose leaves stream by, on mailparser's MailParser. */
import type {
  AttachmentStream,
  HeaderLines,
  Headers,
  MailParser,
  MailParserOptions,
  MessageText,
  StructuredHeader,
} from 'mailparser';
import { Readable } from 'node:stream';
import { MOST_PARTS } from './reading.ts';

/** A header block of an honest mail is below twenty kilobytes; long lists of References are the exception. */
const LONGEST_HEAD = 128 * 1024;

/** Mail programs nest four or five deep; twenty leaves room for forwarding and mailing list software. */
export const DEEPEST_NESTING = 20;

/** A part as it streams in. Its content must be read to the end, then it must be released. */
export interface ArrivingPart {
  readonly headers: Headers;
  readonly type: string;
  readonly disposition: string | undefined;
  /** File name of Content-Disposition or Content-Type, decoded but not yet trusted. */
  readonly fileName: string | undefined;
  readonly content: Readable;
  release(): void;
}

/** A node of the finished tree. `headers` is the same object as that of the part that arrived. */
export interface PartNode {
  readonly contentType: string | false;
  readonly headers: Headers;
  /** The header fields as they stand in the mail, keys in lower case. */
  readonly headerLines: HeaderLines;
  readonly children: readonly PartNode[];
}

/** Handed through to the splitter inside; the published types do not name them. A forwarded mail comes as one file, which is opened later. */
const SPLITTER_OPTIONS: MailParserOptions & Record<string, unknown> = {
  maxHeadSize: LONGEST_HEAD,
  maxChildNodes: MOST_PARTS,
  ignoreEmbedded: true,
};

/**
 * A parser that hands out every leaf as a stream, texts included: which part is a body, and in which charset, is judged in
 * this room, because MailParser takes an inline text *file* for a part of the body, and a file must never be lost.
 * `textTypes` and `tree` are not among its documented members; tests fail should an update take them away.
 */
export async function createPartParser(): Promise<MailParser> {
  // Ten megabytes, which a gateway that is only read from does without.
  const { MailParser } = await import('mailparser');
  return Object.assign(new MailParser(SPLITTER_OPTIONS), { textTypes: [] });
}

/** The tree of all that was read so far; undefined before the first header block. */
export function parsedTree(parser: MailParser): PartNode | undefined {
  return hasTree(parser) && parser.tree !== false ? parser.tree : undefined;
}

function hasTree(parser: MailParser): parser is MailParser & { readonly tree: PartNode | false } {
  return 'tree' in parser;
}

export async function* arrivingParts(parser: MailParser): AsyncGenerator<ArrivingPart> {
  for await (const arrived of parser) {
    const part: AttachmentStream | MessageText = arrived;
    if (part.type === 'attachment') yield arrivingPart(part, parsedTree(parser));
  }
}

function arrivingPart(part: AttachmentStream, tree: PartNode | undefined): ArrivingPart {
  if (!(part.content instanceof Readable)) throw new TypeError('the content of a part is no stream');
  return {
    headers: part.headers,
    type: structured(part.headers, 'content-type')?.value.toLowerCase() || defaultType(part, tree),
    disposition: part.contentDisposition,
    fileName: part.filename,
    content: part.content,
    release: () => part.release(),
  };
}

/** In a digest what does not say what it is is a mail (RFC 2046 §5.1.5); elsewhere it is text, or what its file name says. */
function defaultType({ headers, contentType }: AttachmentStream, tree: PartNode | undefined): string {
  const parent = tree && parentOf(headers, tree);
  return parent?.contentType === 'multipart/digest' ? 'message/rfc822' : contentType || 'text/plain';
}

function parentOf(headers: Headers, node: PartNode): PartNode | undefined {
  if (node.children.some((child) => child.headers === headers)) return node;
  for (const child of node.children) {
    const parent = parentOf(headers, child);
    if (parent !== undefined) return parent;
  }
  return undefined;
}

/** A parameter of Content-Type, such as charset. */
export function typeParameter(headers: Headers, name: string): string | undefined {
  return structured(headers, 'content-type')?.params[name];
}

function structured(headers: Headers, name: string): StructuredHeader | undefined {
  const value = headers.get(name);
  return typeof value === 'object' && 'params' in value ? value : undefined;
}
