/** Strings, numbers and times of a TNEF stream as values of this language. */
import { decodeText, guessText } from '../../text/charset.ts';
import { problems, unreadable } from '../../problems.ts';
import type { Content } from '../octets.ts';
import { type Property, PropertyType } from './properties.ts';

/** Names, subjects and addresses; longer ones are forged. */
const MAX_STRING_OCTETS = 64 * 1024;

/** FILETIME counts tenths of microseconds since the year 1601. */
const TICKS_PER_MILLISECOND = 10_000n;
const FILETIME_EPOCH_MS = Date.UTC(1601, 0, 1);

/** Code pages of Windows whose charset has another name than `cp` and the number. */
const CODE_PAGES: Readonly<Record<number, string>> = {
  708: 'iso-8859-6',
  1200: 'utf-16le',
  1201: 'utf-16be',
  10000: 'macintosh',
  10007: 'x-mac-cyrillic',
  10029: 'maccenteuro',
  20127: 'us-ascii',
  20932: 'euc-jp',
  20936: 'gbk',
  50220: 'iso-2022-jp',
  50221: 'iso-2022-jp',
  50222: 'iso-2022-jp',
  51932: 'euc-jp',
  51936: 'gbk',
  51949: 'euc-kr',
  52936: 'gb18030',
  54936: 'gb18030',
  65000: 'utf-7',
  65001: 'utf-8',
};

/** ISO 8859 has the numbers from here on. */
const ISO_8859 = 28590;

export type CodePage = number;

/** The text of a property, by its own type. */
export async function propertyText({ type, value }: Property, codePage: CodePage): Promise<string> {
  return type === PropertyType.unicode ? unicodeText(value) : plainText(value, codePage);
}

/** Up to the zero that ends it. */
export async function plainText(value: Content, codePage: CodePage): Promise<string> {
  return decodeCodePage(await wholeOf(value), codePage);
}

async function unicodeText(value: Content): Promise<string> {
  return decodeUnicode(await wholeOf(value));
}

/** UTF-16LE up to the first zero. */
export function decodeUnicode(octets: Buffer): string {
  return untilZero(new TextDecoder('utf-16le').decode(octets));
}

/** Octets of a code page up to the first zero; guessed where the code page is not known. */
export function decodeCodePage(octets: Buffer, codePage: CodePage): string {
  return knownCodePage(octets, codePage) ?? untilZero(guessText(octets));
}

/** Undefined when nobody here can read the code page. */
export function knownCodePage(octets: Buffer, codePage: CodePage): string | undefined {
  const isIso = codePage > ISO_8859 && codePage <= ISO_8859 + 16;
  const charset = CODE_PAGES[codePage] ?? (isIso ? `iso-8859-${codePage - ISO_8859}` : `cp${codePage}`);
  const text = decodeText(octets, codePage === 0 ? undefined : charset);
  return text === undefined ? undefined : untilZero(text);
}

async function wholeOf(value: Content): Promise<Buffer> {
  if (value.size > MAX_STRING_OCTETS) throw unreadable(problems.damaged);
  return value.read(0, value.size);
}

/** Zero for a value too short to be a number. */
export async function propertyNumber({ value }: Property): Promise<number> {
  const octets = await value.read(0, 4);
  return octets.length < 4 ? 0 : octets.readUInt32LE();
}

/** The moment of a FILETIME property; undefined when it is none. */
export async function propertyTime({ value }: Property): Promise<Date | undefined> {
  const octets = await value.read(0, 8);
  if (octets.length < 8) return undefined;
  const date = new Date(FILETIME_EPOCH_MS + Number(octets.readBigUInt64LE() / TICKS_PER_MILLISECOND));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function untilZero(text: string): string {
  const end = text.indexOf('\0');
  return end === -1 ? text : text.slice(0, end);
}
