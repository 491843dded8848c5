/** Values of a request's elements; nil, empty and missing are the same (isds §0.2). */
import { isBoxId } from './box-id.ts';
import { parseTime } from './czech-time.ts';
import { StatusRefusal } from './status.ts';
import { rewriteText } from './text-rewriting.ts';
import type { XmlElement } from './xml-reader.ts';
import { decodeText } from './xml-text.ts';

/** The first child of that name, whatever its prefix. */
export function child(parent: XmlElement, name: string): XmlElement | undefined {
  return parent.children.find((element) => element.name === name);
}

/** A child that the sequence check has seen. */
export function requiredChild(parent: XmlElement, name: string): XmlElement {
  const found = child(parent, name);
  if (found === undefined) throw new StatusRefusal('2003');
  return found;
}

/** The value of an attribute without prefix. */
export function attributeOf({ attributes }: XmlElement, name: string): string | undefined {
  return attributes.find((attribute) => attribute.name === name && attribute.prefix === '')?.value;
}

/** The text of the element with its references resolved. */
export function textOf(element: XmlElement): string {
  return decodeText(Buffer.concat(element.text).toString());
}

/** The text as ISDS rewrites it (isds §6.1); undefined when it is missing or empty. */
export function textField(parent: XmlElement, name: string): string | undefined {
  const element = child(parent, name);
  const text = element === undefined ? '' : rewriteText(textOf(element));
  return text === '' ? undefined : text;
}

/** A text with a limit of the schema; the dossier names no code for a longer one, 2042 is the general one. */
export function shortTextField(parent: XmlElement, name: string, limit: number): string | undefined {
  const text = textField(parent, name);
  if (text !== undefined && Array.from(text).length > limit)
    throw new StatusRefusal('2042', `Hodnota ${name} je příliš dlouhá.`);
  return text;
}

/** Fields of other types may have white space around the value. */
function wordField(parent: XmlElement, name: string): string | undefined {
  return textField(parent, name)?.trim();
}

/** Refuses what is no whole number. */
export function integerField(parent: XmlElement, name: string): number | undefined {
  const word = wordField(parent, name);
  if (word !== undefined && !/^[+-]?\d{1,15}$/.test(word)) throw new StatusRefusal('2042', `Chybná hodnota ${name}.`);
  return word === undefined ? undefined : Number(word);
}

/** Refuses what is no boolean of XML Schema. */
export function booleanField(parent: XmlElement, name: string): boolean | undefined {
  const word = wordField(parent, name);
  if (word !== undefined && !/^(?:true|false|0|1)$/.test(word)) throw new StatusRefusal('2018');
  return word === undefined ? undefined : word === 'true' || word === '1';
}

/** Milliseconds since the epoch; refuses what is no dateTime. */
export function timeField(parent: XmlElement, name: string): number | undefined {
  const word = wordField(parent, name);
  return word === undefined ? undefined : parseTime(word);
}

/** An xs:date as it stands there; dates in this notation compare like texts. */
export function dateField(parent: XmlElement, name: string): string | undefined {
  const word = wordField(parent, name);
  if (word === undefined) return undefined;
  const date = /^\d{4}-\d{2}-\d{2}(?=$|Z$|[+-]\d{2}:\d{2}$)/.exec(word)?.[0];
  if (date === undefined || Number.isNaN(Date.parse(date))) throw new StatusRefusal('2017');
  return date;
}

/** A message number; other than digits is 2019 (isds §9). */
export function messageIdField(parent: XmlElement): string {
  const word = wordField(parent, 'dmID') ?? '';
  if (!/^\d{1,20}$/.test(word)) throw new StatusRefusal('2019');
  return word;
}

/** A box ID with a right checksum, in lower case as ISDS keeps them; other is 2011 (isds §8.6). */
export function boxIdField(parent: XmlElement, name: string): string {
  const word = wordField(parent, name) ?? '';
  if (!isBoxId(word)) throw new StatusRefusal('2011');
  return word;
}
