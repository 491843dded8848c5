/** How large a mail is said to be before its files have been seen: a bound that the mail is filled up to (design §5). */

/** A boundary, a type, and a name in both parameter forms, for a handful of files. */
const ROOM_FOR_FILE_HEADS = 4_096;

/** More and longer names come with more content; a thirty-second part of it is room for them. */
const SHARE_FOR_FILE_HEADS = 32;

const KIBI = 1_024;
const LINE = 76;
const LINE_WITH_END = 78;

/**
 * Octets of a mail whose text part ends after `headOctets` and whose files ISDS lists with `attachmentSize`: the serialised
 * dmFiles element in units of 1024 octets, rounded to nearest (isds §4.1), re-wrapped into lines of 76.
 */
export function announcedSize(headOctets: number, attachmentSize: number | undefined): number {
  const files = ((attachmentSize ?? 0) + 0.5) * KIBI;
  const wrapped = (files / LINE) * LINE_WITH_END;
  return headOctets + Math.ceil(wrapped + files / SHARE_FOR_FILE_HEADS) + ROOM_FOR_FILE_HEADS;
}
