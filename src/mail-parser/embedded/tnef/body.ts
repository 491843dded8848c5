/** What a message in TNEF says: plain text, HTML made text, or a document in RTF when there is nothing else. */
import { Slices } from '../../../core/index.ts';
import { htmlToPlainText } from '../../text/html-thread.ts';
import { withLineFeeds } from '../../text/line-feeds.ts';
import { PicturePlaces } from '../../text/picture-places.ts';
import type { Reading } from '../../reading.ts';
import { decompressRtf } from './compressed-rtf.ts';
import type { Content } from '../octets.ts';
import { type Property, PropertyType } from './properties.ts';
import { type CodePage, decodeUnicode, knownCodePage, propertyNumber } from './texts.ts';
import type { TnefMessage } from './tnef-message.ts';

/** Identifiers of MAPI properties (MS-OXPROPS). */
const BODY = 0x1000;
const HTML = 0x1013;
const RTF_COMPRESSED = 0x1009;
const INTERNET_CODE_PAGE = 0x3fde;

const ATTRIBUTE_BODY = 0x0002800c;

/** The text of a TNEF stream, in the simplest form that it has. */
export interface TnefBody {
  readonly text: string | undefined;
  /** A whole document in RTF; given only when there is no text in a simpler form, here or beside the message. */
  readonly rtf: Buffer | undefined;
}

const NOTHING: TnefBody = { text: undefined, rtf: undefined };

/** `isOnlyText`: nothing beside this message says the same. */
export async function tnefBody(message: TnefMessage, isOnlyText: boolean, reading: Reading): Promise<TnefBody> {
  const text = (await plainBody(message, reading)) ?? (await htmlBody(message, reading));
  if (text !== undefined) return { text, rtf: undefined };
  const compressed = message.properties.get(RTF_COMPRESSED);
  if (!isOnlyText || compressed === undefined || compressed.value.size === 0) return NOTHING;
  return { text: undefined, rtf: await rtfBody(compressed.value, reading) };
}

async function plainBody(
  { properties, attributes, codePage }: TnefMessage,
  reading: Reading,
): Promise<string | undefined> {
  const property = properties.get(BODY);
  const value = property?.value ?? attributes.get(ATTRIBUTE_BODY);
  if (value === undefined) return undefined;
  // A character of UTF-16 has two octets where that of any other plain text has one.
  reading.budget.countTextAgain(property?.type === PropertyType.unicode ? value.size / 2 : value.size);
  const text = decoded(await value.read(0, value.size), property?.type, codePage);
  if (text === undefined) return undefined;
  return said(await withLineFeeds(text, new Slices(reading.account)));
}

async function htmlBody({ properties, codePage }: TnefMessage, reading: Reading): Promise<string | undefined> {
  const html = properties.get(HTML);
  if (html === undefined) return undefined;
  const stated = properties.get(INTERNET_CODE_PAGE);
  const page = stated === undefined ? codePage : await propertyNumber(stated);
  const markup = decoded(await octetsOf(html.value, reading), html.type, page);
  // Mostly it says once more what stands beside it, and would do so as gibberish.
  if (markup === undefined) return undefined;
  return said(await htmlToPlainText(markup, new PicturePlaces([]), reading));
}

function decoded(octets: Buffer, type: Property['type'] | undefined, codePage: CodePage): string | undefined {
  return type === PropertyType.unicode ? decodeUnicode(octets) : knownCodePage(octets, codePage);
}

async function octetsOf(value: Content, { budget }: Reading): Promise<Buffer> {
  budget.countBody(value.size);
  return value.read(0, value.size);
}

async function rtfBody(value: Content, reading: Reading): Promise<Buffer> {
  const octets = await octetsOf(value, reading);
  return decompressRtf(octets, reading.budget);
}

/** Undefined for white space. */
function said(text: string): string | undefined {
  return text.trim() === '' ? undefined : text.trimEnd();
}
