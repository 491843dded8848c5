/** Strings, numbers and times of a TNEF stream as values of this language. */
import { decodeText } from '../../text/charset.ts';
import { problems, unreadable } from '../../problems.ts';
import type { Content } from '../octets.ts';
import { type Property, PropertyType } from './properties.ts';

/** Names, subjects and addresses; longer ones are forged. */
const LONGEST_STRING = 64 * 1024;

/** FILETIME counts tenths of microseconds since the year 1601. */
const TICKS_PER_MILLISECOND = 10_000n;
const FILETIME_EPOCH_MS = Date.UTC(1601, 0, 1);

/** Code pages of Windows by the names of the Encoding standard. */
const CODE_PAGES: Readonly<Record<number, string>> = {
  852: 'ibm852',
  20127: 'us-ascii',
  28591: 'iso-8859-1',
  28592: 'iso-8859-2',
  65001: 'utf-8',
};

export type CodePage = number;

export async function propertyText({ type, value }: Property, codePage: CodePage): Promise<string> {
  return type === PropertyType.unicode ? unicodeText(value) : plainText(value, codePage);
}

/** Up to the zero that ends it. */
export async function plainText(value: Content, codePage: CodePage): Promise<string> {
  return decodeCodePage(await wholeOf(value), codePage);
}

async function unicodeText(value: Content): Promise<string> {
  return untilZero(new TextDecoder('utf-16le').decode(await wholeOf(value)));
}

export function decodeCodePage(octets: Buffer, codePage: CodePage): string {
  return untilZero(decodeText(octets, CODE_PAGES[codePage] ?? `windows-${codePage}`));
}

async function wholeOf(value: Content): Promise<Buffer> {
  if (value.size > LONGEST_STRING) throw unreadable(problems.damaged);
  return value.read(0, value.size);
}

/** Zero for a value too short to be a number. */
export async function propertyNumber({ value }: Property): Promise<number> {
  const octets = await value.read(0, 4);
  return octets.length < 4 ? 0 : octets.readUInt32LE();
}

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
