/** Files of large messages that ISDS has already: for the next recipient, and for the mail that comes again (isds §6.4). */
import type { Identity } from '../accounts/index.ts';
import { type Clock, ExpiringCache } from '../core/index.ts';
import type { OutgoingFile, UploadedFile } from '../isds/index.ts';

/** ISDS keeps an unused upload for two hours; what is found here must live until the message is created. */
const KEPT_MS = 100 * 60_000;

/** Uploads kept in mind at once, a bound for memory: fifty mails with as many files as a message may have. */
const REMEMBERED_UPLOADS = 5_000;

export class Uploads {
  readonly #known: ExpiringCache<UploadedFile>;

  constructor(clock: Clock) {
    this.#known = new ExpiringCache(clock, KEPT_MS, REMEMBERED_UPLOADS);
  }

  /** All files of the mail with this digest, in their order; those that ISDS does not have yet are uploaded one after the other. */
  async of(identity: Identity, content: string, files: readonly OutgoingFile[]): Promise<readonly UploadedFile[]> {
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
  forget(identity: Identity, content: string, files: readonly OutgoingFile[]): void {
    for (const [index, file] of files.entries()) this.#known.delete(keyOf(identity, content, index, file));
  }
}

/**
 * An upload belongs to the box that made it (isds §6.4). The text of a mail that comes again may be made into another file: one
 * sent in its place would not be known again among the sent ones.
 */
function keyOf({ account, box }: Identity, content: string, index: number, { sha256 }: OutgoingFile): string {
  return `${account} ${box.boxId} ${content} ${index} ${sha256}`;
}
