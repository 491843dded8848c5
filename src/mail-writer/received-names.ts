/** What the files of one received mail are called: safe, not too long, and no two alike, so that saving all saves all. */
import { bareExtension, cleanFileName } from '../attachments/index.ts';

/** What file systems take; ISDS itself allows no longer ones (isds §6.3). */
const MAX_NAME_LENGTH = 255;

/** What a file is called whose name is empty or only forbidden characters. */
const NAMELESS_FILE = 'priloha';

/** Room for a name of ours in place of a shorter one of the sender's, in octets. */
const MIN_NAME_OCTETS = 16;

/** Room for a number behind a name, in octets: " (2)". */
const ROOM_FOR_NUMBER = 12;

/** At most, in UTF-8; letters outside the basic plane have four and count twice. */
const OCTETS_OF_CHARACTER = 3;

/** The most octets that a name has in UTF-8 which the sender gave with `givenOctets`. */
export function nameOctetsBound(givenOctets: number): number {
  return Math.min(Math.max(givenOctets, MIN_NAME_OCTETS) + ROOM_FOR_NUMBER, MAX_NAME_LENGTH * OCTETS_OF_CHARACTER);
}

/** The names of one mail, in the order of its files. */
export class ReceivedNames {
  /** Names that differ in case only are one on the most common systems. */
  readonly #taken = new Set<string>();
  /** The last number given, by what stands around it: long names that differ at their end only count together. */
  readonly #numbers = new Map<string, number>();

  /** The name for the next file: žádost.pdf, žádost (2).pdf, … */
  next(given: string): string {
    const name = safeName(given);
    const { stem, extension } = split(name);
    const short = cut(stem, MAX_NAME_LENGTH - ROOM_FOR_NUMBER - extension.length).trimEnd();
    const family = key(short + extension);
    let number = this.#numbers.get(family) ?? 1;
    let unique = name;
    while (this.#taken.has(key(unique))) unique = `${short} (${++number})${extension}`;
    this.#taken.add(key(unique));
    this.#numbers.set(family, number);
    return unique;
  }
}

/** Composed letters can need more octets than the sender's decomposed ones; the announced size has no room for those. */
function safeName(given: string): string {
  const room = Math.max(Buffer.byteLength(given), MIN_NAME_OCTETS);
  const { stem, extension } = split(cleanFileName(given) || `${NAMELESS_FILE}${bareExtension(given)}`);
  let short = cut(stem, MAX_NAME_LENGTH - extension.length);
  while (short.length > 1 && Buffer.byteLength(short + extension) > room) short = cut(short, short.length - 1);
  return short.trimEnd() + extension;
}

/** What follows the last dot is an extension when it looks like one; a sentence behind a dot does not. */
function split(name: string): { stem: string; extension: string } {
  const extension = /(?<=.)\.[a-z0-9]{1,20}$/i.exec(name)?.[0] ?? '';
  return { stem: name.slice(0, name.length - extension.length), extension };
}

/** Not in the middle of a letter outside the basic plane. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}

function key(name: string): string {
  return name.toLowerCase();
}
