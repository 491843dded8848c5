/** Who wrote an attached message to whom and when, from its properties or, where these are missing, its attributes. */
import { plainLine } from '../../../core/index.ts';
import type { ForwardedHead } from '../forwarded-text.ts';
import { OctetReader } from '../octets.ts';
import { properties } from './properties.ts';
import { type CodePage, decodeCodePage, plainText, propertyNumber, propertyText, propertyTime } from './texts.ts';
import type { TnefMessage } from './tnef-message.ts';

/** Identifiers of MAPI properties (MS-OXPROPS), the better ones first: some addresses are names inside an Exchange server. */
const SENDER_NAME = [0x0042, 0x0c1a];
const SENDER_ADDRESS = [0x5d02, 0x5d01, 0x0065, 0x0c1f];
const SUBJECT = [0x0037];
const SUBMIT_TIME = 0x0039;
const DISPLAY_TO = [0x0e04];
const DISPLAY_CC = [0x0e03];
const RECIPIENT_NAME = 0x3001;
const RECIPIENT_ADDRESS = [0x39fe, 0x3003];
const RECIPIENT_TYPE = 0x0c15;

const ATTRIBUTE_FROM = 0x00008000;
const ATTRIBUTE_SUBJECT = 0x00018004;
const ATTRIBUTE_DATE_SENT = 0x00038005;
const ATTRIBUTE_RECIPIENTS = 0x00069004;

/** PidTagRecipientType (MS-OXOMSG §2.2.3.1). */
const TO = 1;
const CC = 2;

/** More than these are a mailing, and the head would hide the text. */
const MAX_RECIPIENTS = 1000;

export async function tnefHead(message: TnefMessage): Promise<ForwardedHead> {
  const recipients = await recipientsOf(message);
  const named = (type: number): string =>
    recipients
      .filter((one) => one.type === type)
      .map((one) => one.text)
      .join(', ');
  return {
    from: person(await first(message, SENDER_NAME), await addressOf(message)) || (await attributeFrom(message)),
    to: named(TO) || (await first(message, DISPLAY_TO)),
    copy: named(CC) || (await first(message, DISPLAY_CC)),
    date: await dateOf(message),
    subject: (await first(message, SUBJECT)) || (await attributeText(message, ATTRIBUTE_SUBJECT)),
  };
}

async function first(message: Pick<TnefMessage, 'properties' | 'codePage'>, ids: readonly number[]): Promise<string> {
  for (const id of ids) {
    const property = message.properties.get(id);
    const text = property === undefined ? '' : plainLine(await propertyText(property, message.codePage));
    if (text !== '') return text;
  }
  return '';
}

async function addressOf(message: TnefMessage): Promise<string> {
  for (const id of SENDER_ADDRESS) {
    const address = await first(message, [id]);
    if (address.includes('@')) return address;
  }
  return '';
}

function person(name: string, address: string): string {
  if (name === '' || address === '' || name === address) return name || address;
  return `${name} <${address}>`;
}

async function attributeText(message: TnefMessage, tag: number): Promise<string> {
  const data = message.attributes.get(tag);
  return data === undefined ? '' : plainLine(await plainText(data, message.codePage));
}

/** A triple: identifier, lengths of the whole, the name and the address, then these two, the address with its kind before it. */
async function attributeFrom({ attributes, codePage, budget }: TnefMessage): Promise<string> {
  const data = attributes.get(ATTRIBUTE_FROM);
  if (data === undefined) return '';
  const reader = new OctetReader(data, budget);
  reader.skip(4);
  const [nameLength, addressLength] = [await reader.uint16(), await reader.uint16()];
  const name = plainLine(decodeCodePage(await reader.octets(nameLength), codePage));
  const address = plainLine(decodeCodePage(await reader.octets(addressLength), codePage)).replace(/^smtp:/i, '');
  return person(name, address.includes('@') ? address : '');
}

async function dateOf({ properties: known, attributes, budget }: TnefMessage): Promise<Date | string | undefined> {
  const submitted = known.get(SUBMIT_TIME);
  if (submitted !== undefined) return propertyTime(submitted);
  const sent = attributes.get(ATTRIBUTE_DATE_SENT);
  if (sent === undefined) return undefined;
  const reader = new OctetReader(sent, budget);
  const numbers: number[] = [];
  for (let index = 0; index < 5; index++) numbers.push(await reader.uint16());
  const [year, month, day, hour, minute = 0] = numbers;
  return `${day}. ${month}. ${year} ${hour}:${minute.toString().padStart(2, '0')} (čas odesílatele)`;
}

async function recipientsOf({ attributes, codePage, budget }: TnefMessage): Promise<{ type: number; text: string }[]> {
  const table = attributes.get(ATTRIBUTE_RECIPIENTS);
  if (table === undefined) return [];
  const reader = new OctetReader(table, budget);
  const rows = Math.min(await reader.uint32(), MAX_RECIPIENTS);
  const recipients: { type: number; text: string }[] = [];
  for (let row = 0; row < rows; row++) recipients.push(await recipientOf(reader, codePage));
  return recipients;
}

async function recipientOf(reader: OctetReader, codePage: CodePage): Promise<{ type: number; text: string }> {
  const row = { properties: new Map(), codePage };
  for await (const property of properties(reader)) row.properties.set(property.id, property);
  const type = row.properties.get(RECIPIENT_TYPE);
  const address = await first(row, RECIPIENT_ADDRESS);
  const text = person(await first(row, [RECIPIENT_NAME]), address.includes('@') ? address : '');
  return { type: type === undefined ? TO : await propertyNumber(type), text };
}
