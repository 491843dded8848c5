/** Uploaded files that wait for their message; they belong to one box and live for two hours (isds §6.4). */
import { randomInt } from 'node:crypto';
import type { Content } from './content.ts';
import { Spool } from './spool.ts';
import { StatusRefusal } from './status.ts';

/** Formerly a day; a used one stays as long, for other messages of the box. */
const UPLOAD_LIFETIME_MS = 2 * 3_600_000;
/** Of unused files of one box. */
const QUOTA = 5 * 1024 ** 3;

const FIRST_NUMBER = 54_520;

/** A digest as ISDS tells it. */
export interface Digest {
  /** As ISDS names it; the names may change. */
  readonly algorithm: 'SHA-256' | 'SHA3-256';
  /** In lower case. */
  readonly hex: string;
}

/** A file that a later message may refer to. */
export interface UploadedFile {
  readonly boxId: string;
  readonly name: string;
  readonly mimeType: string;
  readonly content: Content;
  readonly digests: readonly [Digest, Digest];
}

/** An uploaded file with who made it and when. */
export interface Upload extends UploadedFile {
  readonly id: string;
  readonly at: number;
  used: boolean;
}

export class Uploads {
  /** In octets; a test that wants to see the end of it says less. */
  quota = QUOTA;
  readonly #uploads = new Map<string, Upload>();
  #next = FIRST_NUMBER;

  /** Refuses with 1286 what does not fit beside the box's other unused files. */
  requireRoom(boxId: string, octets: number, now: number): void {
    this.#forget(now);
    const waiting = [...this.#uploads.values()].filter((upload) => upload.boxId === boxId && !upload.used);
    const sum = waiting.reduce((total, { content }) => total + content.length, octets);
    if (sum > this.quota) throw new StatusRefusal('1286');
  }

  add(file: UploadedFile, now: number): Upload {
    // Numbers of other boxes lie between.
    const id = String((this.#next += randomInt(1, 10)));
    const upload = { ...file, id, at: now, used: false };
    if (file.content instanceof Spool) file.content.kept = true;
    this.#uploads.set(id, upload);
    return upload;
  }

  /** 1294 for one that does not exist, or no longer, 1293 for that of another box. */
  find(id: string, boxId: string, now: number): Upload {
    this.#forget(now);
    const upload = this.#uploads.get(id);
    if (upload === undefined) throw new StatusRefusal('1294');
    if (upload.boxId !== boxId) throw new StatusRefusal('1293');
    return upload;
  }

  #forget(now: number): void {
    for (const [id, { at, used, content }] of this.#uploads) {
      if (now - at < UPLOAD_LIFETIME_MS) continue;
      this.#uploads.delete(id);
      // What a message has taken over stays with it.
      if (!used && content instanceof Spool) content.close();
    }
  }
}
