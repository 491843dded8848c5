/** What a mail carries: its text and its files, those of the mails inside it included. */
import { Refused } from '../refusals/index.ts';
import { bodyText } from './text/body-text.ts';
import { embeddedKind, type Opened } from './embedded/opened.ts';
import { forwardedFiles, refusedInside } from './embedded/forwarded-mail.ts';
import { readCms } from './embedded/signed-content.ts';
import { openWinmail } from './embedded/winmail.ts';
import { cleanFileName } from '../attachments/index.ts';
import { headerAuthor } from './header-values.ts';
import { isRecall, mailNature } from './mail-nature.ts';
import type { PartNode } from './parts/mail-parts.ts';
import { withoutPlaces } from './text/picture-places.ts';
import { hasInvitation } from './program-parts.ts';
import { problems, unreadable } from './problems.ts';
import { refuseEncryptedParts, refuseEncryptedText } from './protected-mail.ts';
import { oneDeeper, type Reading } from './reading.ts';
import { type ReceivedFile, type ReceivedParts, receiveParts } from './received-parts.ts';
import { isLogo, leaves, sortFiles } from './sort-files.ts';
import { isSendersCard } from './vcard.ts';

const NOTHING: Omit<Opened, 'nature'> = { text: undefined, pictures: [], files: [], leftOut: [] };

/** What mail programs call a signature beside the mail. */
const SIGNATURE = 'smime.p7s';

/**
 * The text is the body alone; texts of forwarded mails are files. Rejects with Refused for what cannot be read, or must not be
 * read by halves.
 */
export async function mailContents(parts: ReceivedParts, reading: Reading): Promise<Opened> {
  const nature = reading.isForwarded ? 'letter' : mailNature(parts.tree);
  const sender = headerAuthor(parts.tree.headers) ?? reading.sender;
  // What is not sent is not looked into: a receipt encloses the mail that it is about.
  if (nature !== 'letter') return { ...NOTHING, nature };
  refuseBrokenTree(parts.tree);
  refuseLostParts(parts);
  refuseEncryptedParts(parts.tree);
  const sorted = sortFiles(parts);
  const body = await bodyText(parts.tree, parts.bodies, sorted.shown.keys(), reading);
  refuseEncryptedText(body.text);
  if (!reading.isForwarded && isRecall(parts.tree, body.text)) return { ...NOTHING, nature: 'recall' };
  const texts = body.text === undefined ? [] : [body.text];
  const pictures = body.pictures.flatMap(({ contentId, shownWidth }) => {
    const file = sorted.shown.get(contentId);
    return file === undefined ? [] : [{ file, shownWidth }];
  });
  /** The texts squeezed, as soon as somebody asks whether a text is among them. */
  let said: string[] | undefined;
  const files: ReceivedFile[] = [];
  const leftOut = sorted.leftOut.map(nameLeftOut);
  // One after the other: only one file can be written to the spool at a time.
  for (const file of sorted.kept) {
    const isOnlyText = texts.length === 0;
    const isAlone = isOnlyText && sorted.kept.length === 1;
    const opened = await openFile(file, { ...reading, sender }, isOnlyText, isAlone);
    if (opened.nature !== 'letter') return opened;
    const { text } = opened;
    if (text !== undefined) {
      said ??= texts.map(squeezed);
      const sought = squeezed(text);
      if (opened.pictures.length > 0 || !isSaid(sought, said)) {
        texts.push(opened.pictures.length === 0 ? withoutPlaces(text) : text);
        said.push(sought);
        pictures.push(...opened.pictures);
      }
    }
    files.push(...opened.files);
    leftOut.push(...opened.leftOut);
  }
  if (texts.length + files.length === 0 && hasInvitation(parts.tree)) {
    throw reading.isForwarded ? unreadable(problems.onlyInvitation) : new Refused('mail-calendar-only');
  }
  return { nature, text: texts.length === 0 ? undefined : texts.join('\n\n'), pictures, files, leftOut };
}

/**
 * `isOnlyText`: the mail has no text beside the one that this file may have inside. `isAlone`: it has nothing else at all; what
 * was put beside something was meant to be sent, whatever a program would make of it alone.
 */
async function openFile(file: ReceivedFile, reading: Reading, isOnlyText = true, isAlone = false): Promise<Opened> {
  switch (embeddedKind(file)) {
    case 'mail':
      return openForwarded(file, reading);
    case 'tnef':
      return openWinmail(file, isOnlyText, reading, openFile);
    case 'smime':
      return openSigned(file, isAlone ? reading : { ...reading, isForwarded: true });
    case undefined:
      return (await isSendersCard(file, reading.sender))
        ? { ...NOTHING, nature: 'letter', leftOut: [nameLeftOut(file)] }
        : { ...NOTHING, nature: 'letter', files: [file] };
  }
}

/** A mail inside its own signature: the same mail, with the signature left out as a detached one is. */
async function openSigned(file: ReceivedFile, reading: Reading): Promise<Opened> {
  const cms = await readCms(file.content, reading.budget);
  if (cms.kind === 'encrypted') throw new Refused('mail-encrypted');
  if (cms.kind === 'compressed') throw unreadable(problems.compressed);
  const deeper = oneDeeper(reading);
  const contents = await mailContents(await receiveParts(cms.content(), deeper), deeper);
  return { ...contents, leftOut: [...contents.leftOut, SIGNATURE] };
}

async function openForwarded(file: ReceivedFile, reading: Reading): Promise<Opened> {
  let parts: ReceivedParts | undefined;
  try {
    const deeper = { ...oneDeeper(reading), isForwarded: true, sender: undefined };
    parts = await receiveParts(file.content.open(), deeper);
    const { leftOut, ...contents } = await withoutPictures(await mailContents(parts, deeper));
    const files = await forwardedFiles(parts.tree, contents, reading.spool);
    return { ...NOTHING, nature: 'letter', files, leftOut };
  } catch (error) {
    throw refusedInside(error, file, parts?.tree);
  }
}

/**
 * Outlook writes the same text beside winmail.dat and into it, with other line ends and blanks; a server on the way may add
 * lines before or behind it. To look for it anywhere could take hours (V8 searches in the product of both lengths).
 */
function isSaid(sought: string, said: readonly string[]): boolean {
  return said.some((other) => other.startsWith(sought) || other.endsWith(sought));
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, '');
}

/** A forwarded mail becomes a text file, which shows none. */
async function withoutPictures({
  text,
  pictures,
  files,
  leftOut,
}: Opened): Promise<Pick<Opened, 'text' | 'files' | 'leftOut'>> {
  const loose = pictures.map(({ file }) => file);
  const logos = new Set<ReceivedFile>();
  for (const file of loose) if (await isLogo(file.content)) logos.add(file);
  const bare = withoutPlaces(text ?? '')
    .replace(/^\s*\n/, '')
    .trimEnd();
  return {
    text: bare === '' ? undefined : bare,
    files: [...files, ...loose.filter((file) => !logos.has(file))],
    leftOut: [...leftOut, ...loose.filter((file) => logos.has(file)).map(nameLeftOut)],
  };
}

function nameLeftOut({ name, type }: ReceivedFile): string {
  return cleanFileName(name ?? '') || type;
}

/** What arrived and has no place in the tree would not be sent, and nobody would hear of it. */
function refuseLostParts({ tree, bodies, files }: ReceivedParts): void {
  const placed = leaves(tree).filter(([{ headers }]) => bodies.has(headers) || files.has(headers));
  if (placed.length !== bodies.size + files.size) throw unreadable(problems.indivisible);
}

/** A multipart whose parts were not found hides files from us. */
function refuseBrokenTree(node: PartNode): void {
  if (node.contentType.startsWith('multipart/') && node.children.length === 0 && !node.isBare)
    throw unreadable(problems.indivisible);
  node.children.forEach(refuseBrokenTree);
}
