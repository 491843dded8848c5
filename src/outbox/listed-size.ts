/** What ISDS lists as the size of a message: its serialised files, in units of 1024 octets (isds §4.1). */
import type { Envelope, OutgoingMessage } from '../isds/index.ts';
import { isLarge, ORDINARY_OCTETS } from './large.ts';

const KIBI = 1_024;

/** Markup of a dmFile element beside its name; ISDS writes it its own way (isds §4.1). */
const FILE_MARKUP = 180;
const FILE_MARKUP_TOLERANCE = 120;

type Files = Pick<OutgoingMessage, 'files'>;

/** What is going to be listed, in octets and about. */
export function listedOctets({ files }: Files): number {
  return files.reduce(
    (sum, { name, size }) => sum + 4 * Math.ceil(size / 3) + Buffer.byteLength(name) + FILE_MARKUP,
    0,
  );
}

/**
 * Whether the record may be that of the message, which had `octets` when it was begun if that was noted. How ISDS reckons the
 * size of a large message, and that the list of sent ones marks it, was never seen; taking another large one for it is safer
 * than sending twice.
 */
export function hasSize({ vodz, attachmentSize }: Envelope, message: Files, octets: number | undefined): boolean {
  if (isLarge(message)) return vodz || attachmentSize === undefined || attachmentSize * KIBI > ORDINARY_OCTETS;
  if (vodz || attachmentSize === undefined) return !vodz;
  const tolerance = KIBI + message.files.length * FILE_MARKUP_TOLERANCE;
  return Math.abs(attachmentSize * KIBI - (octets ?? listedOctets(message))) <= tolerance;
}
