/** What travels instead of a file that encloses a mail. */
import type { MailNature } from '../mail-nature.ts';
import type { Reading } from '../reading.ts';
import type { ReceivedFile } from '../received-parts.ts';

export interface ShownPicture {
  readonly file: ReceivedFile;
  /** In CSS pixels. */
  readonly shownWidth: number | undefined;
}

export interface Opened {
  /** Of a mail that was found inside its signature; what is no letter is not sent, and so not opened further. */
  readonly nature: MailNature;
  /** Belongs to the text of the mail around it; PICTURE_PLACE stands where one of its pictures is shown. */
  readonly text: string | undefined;
  /** In the order of their places. */
  readonly pictures: readonly ShownPicture[];
  readonly files: readonly ReceivedFile[];
  /** What does not travel, by name or type. */
  readonly leftOut: readonly string[];
}

/** Opens what is found inside; a file that encloses nothing stands for itself. */
export type OpenFile = (file: ReceivedFile, reading: Reading) => Promise<Opened>;
