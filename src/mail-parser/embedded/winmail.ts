/** winmail.dat: what Outlook wrapped into it travels in its place (mail-clients §10.2). */
import { Refused } from '../../refusals/index.ts';
import { cleanFileName } from '../../attachments/index.ts';
import { withoutPlaces } from '../text/picture-places.ts';
import { oneDeeper, type Reading } from '../reading.ts';
import type { ReceivedFile } from '../received-parts.ts';
import { forwardedName, textWithFiles } from './forwarded-text.ts';
import type { Opened, OpenFile, ShownPicture } from './opened.ts';
import type { TnefAttachment } from './tnef/attachment.ts';
import { tnefBody } from './tnef/body.ts';
import { tnefHead } from './tnef/head.ts';
import { blocks } from './octets.ts';
import { plainText } from './tnef/texts.ts';
import { readTnef, type TnefMessage } from './tnef/tnef-message.ts';

const RTF = 'application/rtf';

/** Named like the text of any other mail, which is plain. */
const TEXT_DOCUMENT = 'textová zpráva.rtf';

/** What kind of message it is for Outlook; this one asks to throw an earlier one away. */
const MESSAGE_CLASS = 0x00078008;
const RECALL_CLASS = 'IPM.Outlook.Recall';

const USUAL_NAME = 'winmail.dat';

/** `isOnlyText`: the mail around it has no text, so that of the message must not be lost in any form. */
export async function openWinmail(
  file: ReceivedFile,
  isOnlyText: boolean,
  reading: Reading,
  open: OpenFile,
): Promise<Opened> {
  try {
    const deeper = oneDeeper(reading);
    const message = await readTnef(file.content, reading.budget);
    if (!reading.isForwarded && (await isTnefRecall(message)))
      return { nature: 'recall', text: undefined, pictures: [], files: [], leftOut: [] };
    const { text, rtf } = await tnefBody(message, isOnlyText, deeper);
    const inner = await filesOf(message, deeper, open);
    const document = rtf === undefined ? [] : [await rtfFile(rtf, TEXT_DOCUMENT, deeper)];
    const own = text === undefined ? undefined : withoutPlaces(text);
    const opened = { ...inner, text: joined(own, inner.text), files: [...inner.files, ...document] };
    const isEmpty = opened.text === undefined && opened.files.length + opened.leftOut.length === 0;
    // Only the look of the text was in it, or something that is no mail, such as a task.
    return isEmpty ? { ...opened, leftOut: [nameOf(file)] } : opened;
  } catch (error) {
    if (!(error instanceof Refused) || error.reason !== 'mail-unreadable') throw error;
    throw new Refused('winmail-unreadable', { ...error.facts, file: nameOf(file) }, { cause: error });
  }
}

function nameOf({ name = '' }: ReceivedFile): string {
  return cleanFileName(name) || USUAL_NAME;
}

async function filesOf(message: TnefMessage, reading: Reading, open: OpenFile): Promise<Opened> {
  const files: ReceivedFile[] = [];
  const pictures: ShownPicture[] = [];
  const leftOut: string[] = [];
  let text: string | undefined;
  for (const attachment of message.attachments) {
    reading.budget.countPart();
    const opened = await openAttachment(attachment, reading, open);
    files.push(...opened.files);
    pictures.push(...opened.pictures);
    leftOut.push(...opened.leftOut);
    text = joined(text, opened.text);
  }
  return { nature: 'letter', text, pictures, files, leftOut };
}

async function openAttachment(attachment: TnefAttachment, reading: Reading, open: OpenFile): Promise<Opened> {
  if (attachment.isMessage) return openMessage(attachment, reading, open);
  const content = await reading.spool.add(blocks(attachment.content));
  // Somebody attached it in Outlook, so whatever it is, it was meant to be sent.
  const file = { type: attachment.type?.toLowerCase() ?? '', name: attachment.name, content };
  return open(file, { ...reading, isForwarded: true });
}

/** A message attached in Outlook: as with other forwarded mails, a text leads its files. */
async function openMessage({ content }: TnefAttachment, reading: Reading, open: OpenFile): Promise<Opened> {
  const deeper = oneDeeper(reading);
  const message = await readTnef(content, reading.budget);
  const head = await tnefHead(message);
  const { text, rtf } = await tnefBody(message, true, deeper);
  const inner = await filesOf(message, deeper, open);
  const document = rtf === undefined ? [] : [await rtfFile(rtf, forwardedName(head.subject, 'rtf'), deeper)];
  const hint = document.map(({ name }) => `(Text e-mailu je v souboru ${name}.)`)[0];
  const words = joined(text ?? hint, inner.text);
  const files = await textWithFiles(head, words, [...document, ...inner.files], reading.spool);
  return { ...inner, text: undefined, files };
}

function joined(...texts: readonly (string | undefined)[]): string | undefined {
  const said = texts.filter((text) => text !== undefined);
  return said.length === 0 ? undefined : said.join('\n\n');
}

async function isTnefRecall({ attributes, codePage }: TnefMessage): Promise<boolean> {
  const messageClass = attributes.get(MESSAGE_CLASS);
  return messageClass !== undefined && (await plainText(messageClass, codePage)).startsWith(RECALL_CLASS);
}

async function rtfFile(
  octets: Buffer,
  name: string,
  { spool }: Reading,
): Promise<ReceivedFile & { readonly name: string }> {
  return { type: RTF, name, content: await spool.add([octets]) };
}
