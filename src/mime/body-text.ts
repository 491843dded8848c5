/** The body of a mail as one plain text, chosen and joined from its text parts (mail-clients §10.5). */
import type { Headers } from 'mailparser';
import { htmlToPlainText } from './html-text.ts';
import type { PartNode } from './part-parser.ts';

export interface BodyPart {
  readonly kind: 'plain' | 'html';
  /** Decoded, with \n line ends. */
  readonly text: string;
}

/** Body parts by the header block of the node they belong to. */
export type BodyParts = ReadonlyMap<Headers, BodyPart>;

/** What Outlook and Gmail put into the plain text where a picture stood. */
const PICTURE_MARKERS = /\[(?:cid|image): ?[^\]\n]*\]/g;
const CID_MARKERS = /\[cid:[^\]\n]*\]/g;

/** A plain alternative with fewer characters than this beside the markers says nothing; its HTML does. */
const SHORTEST_TEXT = 3;

// eslint-disable-next-line no-control-regex -- control characters are what this looks for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** Undefined when the mail has no text but white space. */
export async function bodyText(tree: PartNode, parts: BodyParts): Promise<string | undefined> {
  const text = (await textOf(tree, parts))
    .replace(CID_MARKERS, '')
    .replace(CONTROLS, '')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
  return text === '' ? undefined : text;
}

/** Content-IDs that the HTML shows as pictures, without angle brackets. */
export function referencedPictures(parts: BodyParts): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const part of parts.values()) {
    if (part.kind === 'plain') continue;
    for (const [, id = ''] of part.text.matchAll(/\bcid:([^"'\s<>)]+)/gi)) ids.add(decodeAddress(id));
  }
  return ids;
}

async function textOf(node: PartNode, parts: BodyParts): Promise<string> {
  const part = parts.get(node.headers);
  if (part !== undefined) return part.kind === 'plain' ? part.text : htmlToPlainText(part.text);
  if (node.contentType === 'multipart/alternative') return bestAlternative(node, parts);
  const texts: string[] = [];
  for (const child of node.children) {
    const text = await textOf(child, parts);
    if (text.trim() !== '') texts.push(text.trimEnd());
  }
  return texts.join('\n\n');
}

/** The plain text when it says something; else what the sender's program holds for the best, the last (RFC 2046 §5.1.4). */
async function bestAlternative(node: PartNode, parts: BodyParts): Promise<string> {
  const plainFirst = node.children.toReversed().toSorted((a, b) => rank(a, parts) - rank(b, parts));
  let fallback = '';
  for (const child of plainFirst) {
    const text = await textOf(child, parts);
    if (text.replace(PICTURE_MARKERS, '').trim().length >= SHORTEST_TEXT) return text;
    if (fallback.trim() === '') fallback = text;
  }
  return fallback;
}

function rank(node: PartNode, parts: BodyParts): number {
  return parts.get(node.headers)?.kind === 'plain' ? 0 : 1;
}

/** cid: addresses are percent-encoded (RFC 2392), though hardly any program does it. */
function decodeAddress(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
