/** Large messages (VoDZ): their files are uploaded first and kept in mind, then the message refers to them (isds §6.4). */
import { IsdsError, type OutgoingFile, type OutgoingMessage, type UploadedFile } from '../isds/index.ts';
import type { MessageCopy } from './submit.ts';
import { type Clock, ExpiringCache } from '../core/index.ts';
import type { SenderIdentity } from './types.ts';

/** Files of an ordinary message together; more must go as a large one (VoDZ), which takes them from about 18 MB on (isds §6.4). */
export const ORDINARY_OCTETS = 20_000_000;

/** Whether the files are more than an ordinary message takes. */
export function isLarge({ files }: Pick<OutgoingMessage, 'files'>): boolean {
  return files.reduce((sum, { size }) => sum + size, 0) > ORDINARY_OCTETS;
}

/** An upload that vanished is made once more: the refusal says that no message was created. */
export async function createLarge(
  identity: SenderIdentity,
  { message, content }: MessageCopy,
  uploads: Uploads,
): Promise<string> {
  try {
    return await createFromUploads(identity, message, content, uploads);
  } catch (error) {
    if (!isGone(error)) throw error;
    uploads.forget(identity, content, message.files);
    return createFromUploads(identity, message, content, uploads);
  }
}

async function createFromUploads(
  identity: SenderIdentity,
  { files, ...envelope }: OutgoingMessage,
  content: string,
  uploads: Uploads,
): Promise<string> {
  const uploaded = await uploads.of(identity, content, files);
  const withType = uploaded.map((file, index) => ({ uploaded: file, metaType: metaType(files, index) }));
  return identity.isds.createBigMessage({ ...envelope, files: withType });
}

function metaType(files: readonly OutgoingFile[], index: number): OutgoingFile['metaType'] {
  return files[index]?.metaType ?? 'enclosure';
}

function isGone(error: unknown): boolean {
  return error instanceof IsdsError && error.failure.kind === 'status' && error.failure.class === 'upload-again';
}

/** ISDS keeps an unused upload for two hours; what is found here must live until the message is created. */
const KEPT_MS = 100 * 60_000;

/** Uploads kept in mind at once, a bound for memory: fifty mails with as many files as a message may have. */
const MAX_REMEMBERED_UPLOADS = 5_000;

/** Uploads files of large messages, each once as long as ISDS keeps it. */
export class Uploads {
  readonly #known: ExpiringCache<UploadedFile>;

  constructor(clock: Clock) {
    this.#known = new ExpiringCache(clock, KEPT_MS, MAX_REMEMBERED_UPLOADS);
  }

  /** All files of the mail with this digest, in their order; those that ISDS does not have yet are uploaded one after the other. */
  async of(
    identity: SenderIdentity,
    content: string,
    files: readonly OutgoingFile[],
  ): Promise<readonly UploadedFile[]> {
    const uploads: UploadedFile[] = [];
    for (const [index, file] of files.entries()) {
      const key = keyOf(identity, content, index, file);
      const known = this.#known.get(key);
      const uploaded = known ?? (await identity.isds.uploadAttachment(file));
      if (known === undefined) this.#known.set(key, uploaded);
      uploads.push(uploaded);
    }
    return uploads;
  }

  /** ISDS does not have them any more. */
  forget(identity: SenderIdentity, content: string, files: readonly OutgoingFile[]): void {
    for (const [index, file] of files.entries()) this.#known.delete(keyOf(identity, content, index, file));
  }
}

/**
 * An upload belongs to the box that made it (isds §6.4). The text of a mail that comes again may be made into another file: one
 * sent in its place would not be known again among the sent ones.
 */
function keyOf({ account, box }: SenderIdentity, content: string, index: number, { sha256 }: OutgoingFile): string {
  return `${account} ${box.boxId} ${content} ${index} ${sha256}`;
}
