/** What a mail carries: its text and its files, those of the mails inside it included. */
import { bodyText } from './body-text.ts';
import { enclosureKind } from './enclosed/enclosure-kind.ts';
import { forwardedFiles, refusedInside } from './enclosed/forwarded-mail.ts';
import { cleanFileName } from './file-name.ts';
import { DEEPEST_NESTING, type PartNode } from './part-parser.ts';
import { problems, unreadable } from './problems.ts';
import { refuseEncryptedText, refuseUnreadable } from './protected-mail.ts';
import { oneDeeper, type Reading } from './reading.ts';
import { type ReceivedFile, type ReceivedParts, receiveParts } from './received-parts.ts';
import { sortFiles } from './sort-files.ts';

export interface MailContents {
  readonly text: string | undefined;
  readonly files: readonly ReceivedFile[];
  /** What the sender's program added and does not travel, by name or type. */
  readonly leftOut: readonly string[];
}

/** Rejects with Refused for what cannot be read, or must not be read by halves. */
export async function mailContents(parts: ReceivedParts, reading: Reading): Promise<MailContents> {
  refuseBrokenTree(parts.tree, 1);
  refuseUnreadable(parts.tree);
  const { kept, leftOut } = sortFiles(parts);
  const text = await bodyText(parts.tree, parts.bodies);
  refuseEncryptedText(text);
  const contents = { text, files: new Array<ReceivedFile>(), leftOut: leftOut.map(nameLeftOut) };
  // One after the other: only one file can be written to the spool at a time.
  for (const file of kept) {
    const opened = await openFile(file, reading);
    contents.files.push(...opened.files);
    contents.leftOut.push(...opened.leftOut);
  }
  return contents;
}

/** The files that travel instead of one that encloses a mail; any other stands for itself. */
async function openFile(file: ReceivedFile, reading: Reading): Promise<Omit<MailContents, 'text'>> {
  return enclosureKind(file) === 'mail' ? openForwarded(file, reading) : { files: [file], leftOut: [] };
}

async function openForwarded(file: ReceivedFile, reading: Reading): Promise<Omit<MailContents, 'text'>> {
  let parts: ReceivedParts | undefined;
  try {
    const deeper = oneDeeper(reading);
    parts = await receiveParts(file.content.open(), deeper);
    const contents = await mailContents(parts, deeper);
    return { files: await forwardedFiles(parts.tree, contents, reading.spool), leftOut: contents.leftOut };
  } catch (error) {
    throw refusedInside(error, file, parts?.tree);
  }
}

function nameLeftOut({ name, type }: ReceivedFile): string {
  return cleanFileName(name ?? '') || type;
}

/** A tree that hides a file from us, or that nobody writes by hand. */
function refuseBrokenTree(node: PartNode, depth: number): void {
  if (node.contentType !== false && node.contentType.startsWith('multipart/') && node.children.length === 0) {
    throw unreadable(problems.indivisible);
  }
  if (depth > DEEPEST_NESTING) throw unreadable(problems.nestedTooDeep);
  for (const child of node.children) refuseBrokenTree(child, depth + 1);
}
