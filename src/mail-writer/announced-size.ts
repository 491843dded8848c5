/** How large a mail is said to be before its files have been seen: a bound that the mail is filled up to (design §5). */

/** Boundaries, types and names in both parameter forms of a handful of files; and a note when content is withheld. */
const ROOM_FOR_FILE_HEADS_OCTETS = 4_096;

/** A long Czech name takes three times as much in a mail, in both parameter forms, as its file takes in ISDS's markup. */
const GROWTH_OF_NAMES = 3;

/** Enough for fifty files with names of 255 characters; more than that is found out at the first download. */
const MAX_NAMES_OCTETS = 60_000;

/** Envelope, seal, certificates and time stamp around the files of a signed original; eight real ones had 9 to 14 kB (isds §5.3). */
const SEAL_OCTETS = 20_000;

/** A signed original cuts its content into segments of 1000 octets with a head of four each (isds §5.3). */
const SEGMENTED = 1.004;

const KIBI = 1_024;

/** Lines of 76 with their ends. */
const WRAPPED = 78 / 76;
const BASE64 = 4 / 3;

/**
 * Octets of a mail whose text part ends after `headOctets` and whose files ISDS lists with `attachmentSize`: the serialised
 * dmFiles element in units of 1024 octets, rounded to nearest (isds §4.1). It is base64 already; the original is encoded
 * once more.
 */
export function announcedSize(headOctets: number, attachmentSize: number | undefined, withOriginal: boolean): number {
  const files = ((attachmentSize ?? 0) + 0.5) * KIBI;
  const original = withOriginal ? originalSize(files) : 0;
  return (
    headOctets +
    Math.ceil(files * WRAPPED + Math.min(files * GROWTH_OF_NAMES, MAX_NAMES_OCTETS) + original) +
    ROOM_FOR_FILE_HEADS_OCTETS
  );
}

/**
 * Octets of the mail that brings the original of a message alone, whose own mail took `messageOctets` without it: what the
 * original seals stands in that mail too, encoded no shorter, and its head is there with the original's.
 */
export function announcedOriginal(messageOctets: number): number {
  return Math.ceil(originalSize(messageOctets)) + ROOM_FOR_FILE_HEADS_OCTETS;
}

/** Of an original as lines of base64, by what it seals. */
function originalSize(sealed: number): number {
  return (sealed * SEGMENTED + SEAL_OCTETS) * BASE64 * WRAPPED;
}
