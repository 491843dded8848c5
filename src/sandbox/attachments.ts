/** Files of a new message: read from the request and checked as ISDS checks them (isds §6.3). */
import { decodeBase64 } from './base64.ts';
import { attributeOf, child } from './fields.ts';
import { contentFits, isContainer, isKnownMimeType, mimeTypesOf } from './formats.ts';
import type { MessageFile } from './message.ts';
import { checkSequence, sequence } from './sequence.ts';
import { StatusRefusal } from './status.ts';
import { rewriteText } from './text-rewriting.ts';
import type { XmlElement } from './xml-reader.ts';

const MOST_FILES = 100;
const MOST_CONTAINERS = 10;
const LONGEST_NAME = 255;
/** 20 MB of content; whether decimal or binary is not known, the larger is taken (isds §6.3). */
const MOST_OCTETS = 20 * 1024 * 1024;

const FILES = sequence('dmFile*', { dmFile: 'unchecked' });
const META_TYPES = ['main', 'enclosure', 'signature', 'meta'] as const;
const ATTRIBUTES = ['dmMimeType', 'dmFileMetaType', 'dmFileDescr', 'dmFileGuid', 'dmUpFileGuid', 'dmFormat'];

/** `externalCode` refuses references to uploaded files, which only large messages have (isds §9: 1283, 1285). */
export function readFiles(dmFiles: XmlElement, externalCode: string): MessageFile[] {
  if (child(dmFiles, 'dmExtFile') !== undefined) throw new StatusRefusal(externalCode);
  checkSequence(dmFiles, FILES);
  if (dmFiles.children.length === 0) throw new StatusRefusal('2032');
  if (dmFiles.children.length > MOST_FILES) throw new StatusRefusal('1253');
  const files = dmFiles.children.map(readFile);
  for (const [index, { metaType }] of files.entries()) {
    // Exactly one main file, and it comes first.
    if ((metaType === 'main') !== (index === 0))
      throw new StatusRefusal('2033', 'Hlavní písemnost musí být právě jedna a první.');
  }
  const octets = files.reduce((sum, { content }) => sum + content.length, 0);
  if (octets > MOST_OCTETS) throw new StatusRefusal('1282');
  if (files.filter(({ name }) => isContainer(extensionOf(name))).length > MOST_CONTAINERS)
    throw new StatusRefusal('1253');
  return files;
}

function readFile(dmFile: XmlElement, index: number): MessageFile {
  for (const { prefix, name } of dmFile.attributes) {
    if (prefix !== '') throw new StatusRefusal('2034');
    if (!ATTRIBUTES.includes(name)) throw new StatusRefusal('2033');
  }
  const mimeType = attributeOf(dmFile, 'dmMimeType')?.toLowerCase();
  const description = attributeOf(dmFile, 'dmFileDescr');
  const metaType = META_TYPES.find((type) => type === attributeOf(dmFile, 'dmFileMetaType'));
  if (mimeType === undefined) throw new StatusRefusal('2035');
  if (description === undefined) throw new StatusRefusal('2036');
  if (metaType === undefined) throw new StatusRefusal('2033');
  const name = rewriteText(description);
  if (Array.from(name).length > LONGEST_NAME) throw new StatusRefusal('1280');
  const content = readContent(dmFile, index);
  checkFormat(name, mimeType, content);
  return { name, mimeType, metaType, content };
}

/** The sandbox takes files as base64 only; nobody has to send XML inline. */
function readContent(dmFile: XmlElement, index: number): Buffer {
  const encoded = child(dmFile, 'dmEncodedContent');
  if (encoded === undefined || dmFile.children.length !== 1 || encoded.children.length > 0) {
    throw new StatusRefusal('2010', `Chybná struktura přílohy číslo ${index + 1}.`);
  }
  const content = decodeBase64(
    encoded.text.length === 1 && encoded.text[0] ? encoded.text[0] : Buffer.concat(encoded.text),
  );
  if (content === undefined) throw new StatusRefusal('1226');
  if (content.length === 0) throw new StatusRefusal('1227');
  return content;
}

/** Extension, MIME type and content must agree; the text of a refusal ends with the file's name. */
function checkFormat(name: string, mimeType: string, content: Buffer): void {
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

function unfit(reason: string, name: string): StatusRefusal {
  return new StatusRefusal('1214', `${reason}:${name}`);
}

function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot === -1 ? '' : name.slice(dot + 1).toLowerCase();
}
