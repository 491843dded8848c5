/** One file of a request: read from its element and checked as ISDS checks it (isds §6.3). */
import { decodeBase64 } from './base64.ts';
import type { Content } from './content.ts';
import { attributeOf } from './fields.ts';
import { contentFits, isContainer, isKnownMimeType, mimeTypesOf } from './formats.ts';
import type { MessageFile } from './message.ts';
import { StatusRefusal } from './status.ts';
import { rewriteText } from './text-rewriting.ts';
import { writeElement, type XmlElement } from './xml-reader.ts';

const MAX_NAME_LENGTH = 255;
const META_TYPES = ['main', 'enclosure', 'signature', 'meta'] as const;

export type NamedContent = Pick<MessageFile, 'name' | 'mimeType' | 'content' | 'form'>;

/** `attributes` are those that the operation knows, beside dmMimeType and dmFileDescr. */
export function readFile(dmFile: XmlElement, attributes: readonly string[], index: number): NamedContent {
  checkAttributes(dmFile, ['dmMimeType', 'dmFileDescr', ...attributes]);
  const mimeType = attributeOf(dmFile, 'dmMimeType')?.toLowerCase();
  const description = attributeOf(dmFile, 'dmFileDescr');
  if (mimeType === undefined) throw new StatusRefusal('2035');
  if (description === undefined) throw new StatusRefusal('2036');
  const name = rewriteText(description);
  if (Array.from(name).length > MAX_NAME_LENGTH) throw new StatusRefusal('1280');
  const { content, form } = readContent(dmFile, index);
  checkFormat(name, mimeType, content);
  return { name, mimeType, content, ...(form === undefined ? {} : { form }) };
}

/** No prefix, and no other names. */
export function checkAttributes({ attributes }: XmlElement, known: readonly string[]): void {
  for (const { prefix, name } of attributes) {
    if (prefix !== '') throw new StatusRefusal('2034');
    if (!known.includes(name)) throw new StatusRefusal('2033');
  }
}

/** dmFileMetaType, if it is one of those that there are. */
export function metaTypeOf(file: XmlElement): MessageFile['metaType'] {
  const metaType = META_TYPES.find((type) => type === attributeOf(file, 'dmFileMetaType'));
  if (metaType === undefined) throw new StatusRefusal('2033');
  return metaType;
}

/** As base64 or a part, or as XML that stands in the request itself (isds §6.3). */
function readContent(dmFile: XmlElement, index: number): Pick<MessageFile, 'content' | 'form'> {
  const [only, ...others] = dmFile.children;
  if (others.length === 0 && only?.name === 'dmXMLContent') return { content: inlineXml(only, index), form: 'xml' };
  if (others.length > 0 || only?.name !== 'dmEncodedContent' || only.children.length > 0) throw malformed(index);
  const content = contentOf(only);
  if (content === undefined) throw new StatusRefusal('1226');
  if (content.length === 0) throw new StatusRefusal('1227');
  return { content };
}

/** One element, written out again with the prefixes that it uses. */
function inlineXml(element: XmlElement, index: number): Buffer {
  const [root, ...others] = element.children;
  if (root === undefined || others.length > 0) throw malformed(index);
  return Buffer.from(writeElement(root));
}

function malformed(index: number): StatusRefusal {
  return new StatusRefusal('2010', `Chybná struktura přílohy číslo ${index + 1}.`);
}

/** The octets of an element of base64; undefined when it is none. */
export function contentOf({ content, text }: XmlElement): Content | undefined {
  // A comment may divide the text.
  if (content === undefined) return decodeBase64(text.length === 1 && text[0] ? text[0] : Buffer.concat(text));
  return content === 'not base64' || text.some(({ length }) => length > 0) ? undefined : content;
}

/** Extension, MIME type and content must agree; the text of a refusal ends with the file's name. */
function checkFormat(name: string, mimeType: string, content: Content): void {
  const extension = extensionOf(name);
  const allowed = mimeTypesOf(extension);
  if (extension === '') throw unfit('Soubor přiložený k datové zprávě nemá příponu.', name);
  if (allowed === undefined) throw unfit('Přípona souboru přiloženého k datové zprávě není povolena.', name);
  // Careless senders give no type or only the extension (isds §5.2).
  const declared = mimeType !== '' && mimeType !== extension;
  if (declared && !isKnownMimeType(mimeType))
    throw new StatusRefusal('1213', `Typ MIME ${mimeType} není povolen.:${name}`);
  if (declared && !allowed.includes(mimeType)) throw unfit('Typ MIME neodpovídá příponě souboru.', name);
  if (!contentFits(extension, mimeType, content))
    throw unfit('Obsah souboru neodpovídá příponě nebo je zakázaný.', name);
}

/** ISDS's refusal of a file (1214), with its reason and name. */
export function unfit(reason: string, name: string): StatusRefusal {
  return new StatusRefusal('1214', `${reason}:${name}`);
}

/** Whether a file of this name is an archive. */
export function isContainerName(name: string): boolean {
  return isContainer(extensionOf(name));
}

function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot === -1 ? '' : name.slice(dot + 1).toLowerCase();
}
