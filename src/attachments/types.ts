/** What is judged, and what comes out of it. */
import type { Refusal } from '../refusals/index.ts';

/** Octets that can be looked at anywhere. */
export interface Content {
  readonly size: number;
  /** The octets from a position on, fewer than `length` only where the file ends. */
  read(position: number, length: number): Promise<Buffer>;
}

/** A file to be checked: its name and its octets, read where they are asked for. */
export interface CheckedFile extends Content {
  readonly name: string;
}

export interface FileLimits {
  readonly maxFiles: number;
  readonly maxTotalOctets: number;
}

/** What came of checking all files of a message. */
export interface Verdict {
  /** Everything that is wrong, so that the sender can mend it in one go; empty when the files may travel. */
  readonly problems: readonly Refusal[];
  /** The content type to send to ISDS with each file; meaningless for a file that has a problem. */
  readonly mimeTypes: readonly string[];
}
