/** Files that embed a whole mail: how they are told, and what travels in their place. */
import type { MailNature } from '../mail-nature.ts';
import type { Reading } from '../reading.ts';
import type { ReceivedFile } from '../received-parts.ts';
import { extensionOf } from '../../attachments/index.ts';

/** A picture that an enclosed mail shows in its text. */
export interface ShownPicture {
  readonly file: ReceivedFile;
  /** In CSS pixels. */
  readonly shownWidth: number | undefined;
}

/** An enclosed mail taken apart. */
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

/** RFC 2046 §5.2.1 and its form with UTF-8 headers, RFC 6532 §3.7. */
const MAIL_TYPES = new Set(['message/rfc822', 'message/global']);

const TNEF_TYPES = new Set(['application/ms-tnef', 'application/vnd.ms-tnef']);

/** What Outlook calls the file, and what servers on the way make of the name. */
const TNEF_NAME = /^win(mail)?\d*\.dat$/i;

/** Programs and servers send both as application/octet-stream, too; then the name tells. */
export function embeddedKind({ type, name = '', isSmime }: ReceivedFile): 'mail' | 'tnef' | 'smime' | undefined {
  if (isSmime === true) return 'smime';
  if (MAIL_TYPES.has(type) || extensionOf(name) === 'eml') return 'mail';
  return TNEF_TYPES.has(type) || TNEF_NAME.test(name) ? 'tnef' : undefined;
}
