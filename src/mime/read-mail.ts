/** An e-mail taken apart: headers, text and attachments of one mail, ready to become a data message. */
import type { Headers } from 'mailparser';
import { Refused } from '../core/index.ts';
import { bodyText, referencedPictures } from './body-text.ts';
import { attachmentName, cleanFileName } from './file-name.ts';
import { headerAnswers, headerAuthor, headerMessageId, headerText } from './header-values.ts';
import { type MailNature, mailNature } from './mail-nature.ts';
import { DEEPEST_NESTING, type PartNode } from './part-parser.ts';
import { plainLine } from './plain-line.ts';
import { isDetachedSignature, isSendersKey, refuseEncryptedText, refuseUnreadable } from './protected-mail.ts';
import { type ReceivedFile, type ReceivedParts, receiveParts } from './received-parts.ts';
import { Spool } from './spool.ts';
import type { Draft, DraftFile } from './types.ts';

/** Logos and icons of signatures are below this; a scan or a photograph of a document is above it (mail-clients §10.4). */
const LARGEST_LOGO = 50_000;

export interface ReadMailOptions {
  /** Where attachments wait, in files without a name; must exist. */
  readonly spoolDirectory: string;
  /** Ends the reading; the source has to end or fail then, too. */
  readonly signal: AbortSignal;
}

/** A draft together with what only the sending conversation needs to know. */
export interface DraftMail extends Draft {
  /** Display name of the From header; empty when there is none. */
  readonly fromName: string;
  readonly nature: MailNature;
  /** What the sender's program added and does not travel, by name or type: pictures of the text, signatures of the mail. */
  readonly leftOut: readonly string[];
  /** Gives the space of the attachments back; their `open` fails from then on. */
  dispose(): Promise<void>;
}

/** Reads the mail to its end; rejects with Refused for what cannot be a data message, and leaves nothing behind then. */
export async function readMail(source: AsyncIterable<Buffer>, options: ReadMailOptions): Promise<DraftMail> {
  const spool = new Spool(options.spoolDirectory);
  try {
    const parts = await receiveParts(source, spool, options.signal);
    return { ...(await draft(parts)), dispose: () => spool.dispose() };
  } catch (error) {
    await spool.dispose();
    throw error;
  }
}

async function draft(parts: ReceivedParts): Promise<Omit<DraftMail, 'dispose'>> {
  const { tree } = parts;
  refuseBrokenTree(tree, 1);
  refuseUnreadable(tree);
  const author = headerAuthor(tree.headers);
  const { kept, leftOut } = sortFiles(parts);
  const text = await bodyText(tree, parts.bodies);
  refuseEncryptedText(text);
  return {
    from: author?.address === '' ? undefined : author?.address,
    fromName: plainLine(author?.name ?? ''),
    nature: mailNature(tree),
    messageId: headerMessageId(tree.headers),
    subject: plainLine(headerText(tree.headers, 'subject')),
    answers: headerAnswers(tree.headers),
    text,
    files: kept.map(draftFile),
    leftOut: leftOut.map(({ name, type }) => cleanFileName(name ?? '') || type),
  };
}

/** A tree that hides a file from us, or that nobody writes by hand. */
function refuseBrokenTree(node: PartNode, depth: number): void {
  if (node.contentType !== false && node.contentType.startsWith('multipart/') && node.children.length === 0) {
    throw new Refused('mail-unreadable', { problem: 'některou její část nelze rozdělit' });
  }
  if (depth > DEEPEST_NESTING)
    throw new Refused('mail-unreadable', { problem: 'její části jsou vnořeny příliš hluboko' });
  for (const child of node.children) refuseBrokenTree(child, depth + 1);
}

interface SortedFiles {
  readonly kept: ReceivedFile[];
  readonly leftOut: ReceivedFile[];
}

function sortFiles(parts: ReceivedParts): SortedFiles {
  const pictures = referencedPictures(parts.bodies);
  const sorted: SortedFiles = { kept: [], leftOut: [] };
  for (const [node, parent] of leaves(parts.tree)) {
    const file = parts.files.get(node.headers);
    if (file === undefined) continue;
    const isLeftOut =
      isLayout(file, node.headers, pictures) || isDetachedSignature(node, parent) || isSendersKey(node, file.name);
    (isLeftOut ? sorted.leftOut : sorted.kept).push(file);
  }
  return sorted;
}

function draftFile(file: ReceivedFile, index: number): DraftFile {
  return { ...file.content, name: attachmentName(file.name, file.type, index + 1), declaredType: file.type };
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
