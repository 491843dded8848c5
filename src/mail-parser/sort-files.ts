/** Which files of a mail its sender meant to send, and which their program added (mail-clients §10.4). */
import { referencedPictures } from './text/body-text.ts';
import type { HeaderFields } from './parts/header-fields.ts';
import type { PartNode } from './parts/mail-parts.ts';
import { hasInvitation, isCalendar, isOtherForm, isRemnant } from './program-parts.ts';
import { isDetachedSignature, isSendersKey } from './protected-mail.ts';
import type { ReceivedFile, ReceivedParts } from './received-parts.ts';
import type { StoredFile } from '../spool/index.ts';

/** Logos and icons of signatures are below this; a scan or a photograph of a document is above it (mail-clients §10.4). */
const MAX_LOGO_OCTETS = 50_000;

/** What becomes of the files of a mail. */
export interface SortedFiles {
  readonly kept: ReceivedFile[];
  readonly leftOut: ReceivedFile[];
  /** Pictures that the HTML shows, by Content-ID. One that nothing refers to was put there to be sent (mail-clients §10.4). */
  readonly shown: Map<string, ReceivedFile>;
}

/** Which files travel, which stay behind, and which belong to the text, in their order (mail-clients §10.4). */
export function sortFiles(parts: ReceivedParts): SortedFiles {
  const pictures = referencedPictures(parts.bodies);
  const isInvited = hasInvitation(parts.tree);
  const sorted: SortedFiles = { kept: [], leftOut: [], shown: new Map() };
  for (const [node, parent] of leaves(parts.tree)) {
    const file = parts.files.get(node.headers);
    if (file === undefined) continue;
    const contentId = contentIdIn(node.headers);
    const isLeftOut =
      isDetachedSignature(node, parent, file.name) ||
      isSendersKey(node, file.name) ||
      (isInvited && isCalendar(node)) ||
      isRemnant(node, file.name) ||
      isOtherForm(node, parent, file.name, parts.bodies);
    if (isLeftOut) sorted.leftOut.push(file);
    else if (file.type.startsWith('image/') && pictures.has(contentId) && !sorted.shown.has(contentId)) {
      sorted.shown.set(contentId, file);
    } else sorted.kept.push(file);
  }
  sorted.kept.push(...parts.written);
  for (const [contentId, file] of parts.embedded) {
    if (sorted.shown.has(contentId)) sorted.kept.push(file);
    else sorted.shown.set(contentId, file);
  }
  return sorted;
}

/**
 * Whether a picture of the text is decoration, where the text is sent without it. A scanned page pasted into the text must not
 * be lost for a logo: it is larger, and travels as a file then.
 */
export function isDecoration({ size }: { readonly size: number }): boolean {
  return size <= MAX_LOGO_OCTETS;
}

/** A GIF may be a graph in few octets: where a text is sent without it, one of that many pixels travels as a file, too. */
const MAX_LOGO_PIXELS = 30_000;

/** Whether the picture only adorns: small in octets, and if it is a GIF also in points. */
export async function isLogo(picture: Pick<StoredFile, 'size' | 'read'>): Promise<boolean> {
  if (!isDecoration(picture)) return false;
  const head = await picture.read(0, 10);
  if (head.length < 10 || head.toString('latin1', 0, 3) !== 'GIF') return true;
  return head.readUInt16LE(6) * head.readUInt16LE(8) <= MAX_LOGO_PIXELS;
}

function contentIdIn(headers: HeaderFields): string {
  return headers.text('content-id').trim().replace(/^<|>$/g, '');
}

/** Leaves with the part around them, in the order of the mail. */
export function leaves(node: PartNode, parent?: PartNode): [PartNode, PartNode | undefined][] {
  return node.children.length === 0 ? [[node, parent]] : node.children.flatMap((child) => leaves(child, node));
}
