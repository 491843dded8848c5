/** Which files of a mail its sender meant to send, and which their program added (mail-clients §10.4). */
import type { Headers } from 'mailparser';
import { referencedPictures } from './body-text.ts';
import { headerText } from './header-values.ts';
import type { PartNode } from './part-parser.ts';
import { hasInvitation, isCalendar, isOtherForm } from './program-parts.ts';
import { isDetachedSignature, isSendersKey } from './protected-mail.ts';
import type { ReceivedFile, ReceivedParts } from './received-parts.ts';

/** Logos and icons of signatures are below this; a scan or a photograph of a document is above it (mail-clients §10.4). */
const LARGEST_LOGO = 50_000;

export interface SortedFiles {
  readonly kept: ReceivedFile[];
  readonly leftOut: ReceivedFile[];
}

export function sortFiles(parts: ReceivedParts): SortedFiles {
  const pictures = referencedPictures(parts.bodies);
  const isInvited = hasInvitation(parts.tree);
  const sorted: SortedFiles = { kept: [], leftOut: [] };
  for (const [node, parent] of leaves(parts.tree)) {
    const file = parts.files.get(node.headers);
    if (file === undefined) continue;
    const isLeftOut =
      isLayout(file, node.headers, pictures) ||
      isDetachedSignature(node, parent, file.name) ||
      isSendersKey(node, file.name) ||
      (isInvited && isCalendar(node)) ||
      isOtherForm(node, parent, file.name, parts.bodies);
    (isLeftOut ? sorted.leftOut : sorted.kept).push(file);
  }
  return sorted;
}

/**
 * A small picture that the HTML shows. One that nothing refers to was put there to be sent (mail-clients §10.4), and so was a
 * large one: a scanned page pasted into the text must not be lost for a logo.
 */
function isLayout(file: ReceivedFile, headers: Headers, pictures: ReadonlySet<string>): boolean {
  const contentId = headerText(headers, 'content-id').trim().replace(/^<|>$/g, '');
  const isSmall = file.content.size <= LARGEST_LOGO;
  return isSmall && file.type.startsWith('image/') && contentId !== '' && pictures.has(contentId);
}

/** Leaves with the part around them, in the order of the mail. */
function leaves(node: PartNode, parent?: PartNode): [PartNode, PartNode | undefined][] {
  return node.children.length === 0 ? [[node, parent]] : node.children.flatMap((child) => leaves(child, node));
}
