/** What a message in TNEF says: plain text, HTML made text, or a document in RTF when there is nothing else. */
import { decodeText } from '../../charset.ts';
import { htmlToPlainText } from '../../html-text.ts';
import { PicturePlaces } from '../../picture-places.ts';
import type { Reading } from '../../reading.ts';
import { decompressRtf } from './compressed-rtf.ts';
import type { Content } from '../octets.ts';
import { type Property, PropertyType } from './properties.ts';
import { type CodePage, decodeCodePage, propertyNumber } from './texts.ts';
import type { TnefMessage } from './tnef-message.ts';

/** Identifiers of MAPI properties (MS-OXPROPS). */
const BODY = 0x1000;
const HTML = 0x1013;
const RTF_COMPRESSED = 0x1009;
const INTERNET_CODE_PAGE = 0x3fde;

const ATTRIBUTE_BODY = 0x0002800c;

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
  if (property !== undefined) return said(await bodyOf(property, codePage, reading));
  const attribute = attributes.get(ATTRIBUTE_BODY);
  return attribute === undefined ? undefined : said(decodeCodePage(await octetsOf(attribute, reading), codePage));
}

async function htmlBody({ properties, codePage }: TnefMessage, reading: Reading): Promise<string | undefined> {
  const html = properties.get(HTML);
  if (html === undefined) return undefined;
  const stated = properties.get(INTERNET_CODE_PAGE);
  const page = stated === undefined ? codePage : await propertyNumber(stated);
  return said(await htmlToPlainText(await bodyOf(html, page, reading), new PicturePlaces([]), reading));
}

async function bodyOf({ type, value }: Property, codePage: CodePage, reading: Reading): Promise<string> {
  const octets = await octetsOf(value, reading);
  return type === PropertyType.unicode
    ? decodeText(octets, 'utf-16le').replace(/\0.*$/s, '')
    : decodeCodePage(octets, codePage);
}

async function octetsOf(value: Content, { budget }: Reading): Promise<Buffer> {
  budget.countBody(value.size);
  return value.read(0, value.size);
}

async function rtfBody(value: Content, reading: Reading): Promise<Buffer> {
  const octets = await octetsOf(value, reading);
  return decompressRtf(octets, reading.budget);
}

/** With \n line ends; undefined for white space. */
function said(text: string): string | undefined {
  return text.trim() === '' ? undefined : text.replace(/\r\n?/g, '\n').trimEnd();
}
