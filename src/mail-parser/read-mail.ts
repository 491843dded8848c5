/** An e-mail taken apart: headers, text and attachments of one mail, ready to become a data message. */
import { attachmentName } from '../attachments/index.ts';
import type { ShownPicture } from './embedded/opened.ts';
import { headerAnswers, headerAuthor, headerDate, headerMessageId } from './header-values.ts';
import { isdsFields } from './isds-fields.ts';
import { mailContents } from './mail-contents.ts';
import type { MailNature } from './mail-nature.ts';
import { plainLine, type ThreadPool } from '../core/index.ts';
import { type Reading, startReading } from './reading.ts';
import { type ReceivedFile, type ReceivedParts, receiveParts } from './received-parts.ts';
import { Spool, spoolShares } from '../spool/index.ts';
import type { Draft, DraftFile, DraftPicture } from './types.ts';

export interface ReadMailOptions {
  /** Where attachments wait, in files without a name; must exist. */
  readonly spoolDirectory: string;
  /** Ends the reading; the source has to end or fail then, too. */
  readonly signal: AbortSignal;
  /** Whose mail it is: accounts take turns where work takes long. */
  readonly account: string;
  /** Where its HTML is converted. */
  readonly htmlThreads: ThreadPool;
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

/**
 * Reads the mail to its end; rejects with Refused for what cannot be a data message, and leaves nothing behind then. Waits first
 * while the account has as many mails in the spool as one may have.
 */
export async function readMail(source: AsyncIterable<Buffer>, options: ReadMailOptions): Promise<DraftMail> {
  const share = await spoolShares.take(options.account, options.signal);
  const spool = new Spool(options.spoolDirectory, share);
  const dispose = async (): Promise<void> => {
    await spool.dispose();
    share.giveBack();
  };
  try {
    const reading = startReading(spool, options);
    const parts = await receiveParts(source, reading);
    return { ...(await draft(parts, reading)), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function draft(parts: ReceivedParts, reading: Reading): Promise<Omit<DraftMail, 'dispose'>> {
  const { headers } = parts.tree;
  const author = headerAuthor(headers);
  const date = headerDate(headers);
  const { nature, text, pictures, files, leftOut } = await mailContents(parts, reading);
  return {
    from: author?.address === '' ? undefined : author?.address,
    fromName: plainLine(author?.name ?? ''),
    nature,
    messageId: headerMessageId(headers),
    subject: plainLine(headers.text('subject')),
    answers: headerAnswers(headers),
    envelopeFields: isdsFields(headers),
    date: date instanceof Date ? date : undefined,
    text,
    pictures: await Promise.all(pictures.map(draftPicture)),
    files: await Promise.all(files.map(draftFile)),
    leftOut,
  };
}

async function draftFile(file: ReceivedFile, index: number): Promise<DraftFile> {
  return { ...file.content, name: await attachmentName(file, index + 1), declaredType: file.type };
}

async function draftPicture({ file, shownWidth }: ShownPicture, index: number): Promise<DraftPicture> {
  return { ...(await draftFile(file, index)), shownWidth };
}
