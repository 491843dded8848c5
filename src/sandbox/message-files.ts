/** The files of a new message, ordinary or large, and the rules for all of them together (isds §6.3, §6.4). */
import { checkAttributes, isContainerName, metaTypeOf, readFile, unfit } from './attachments.ts';
import { isInfected } from './antivirus.ts';
import { attributeOf, child } from './fields.ts';
import type { MessageFile } from './message.ts';
import { checkSequence, sequence } from './sequence.ts';
import { StatusRefusal } from './status.ts';
import type { Digest, Upload } from './uploads.ts';
import type { XmlElement } from './xml-reader.ts';

const MEGABYTE = 1024 * 1024;
const MAX_FILES = 100;
const MAX_CONTAINERS = 10;
/** Content of an ordinary message, and what a large one may carry inline; whether decimal or binary is not known, the larger is taken. */
const MAX_OCTETS = 20 * MEGABYTE;
/** Content of a large message, and of one uploaded file. */
export const MAX_LARGE_OCTETS = 100 * MEGABYTE;
/** Less must go as an ordinary message; the two megabytes below its limit may go either way. */
const FEWEST_LARGE_OCTETS = 18 * MEGABYTE;

const ORDINARY = sequence('dmFile*', { dmFile: 'unchecked' });
const LARGE = sequence('dmExtFile+ dmFile*', { dmFile: 'unchecked' });

const LINKS = ['dmFileGuid', 'dmUpFileGuid'];
const FILE_ATTRIBUTES = ['dmFileMetaType', ...LINKS];
const REFERENCE_ATTRIBUTES = 'dmFileMetaType dmAttID dmAttHash1 dmAttHash1Alg dmAttHash2 dmAttHash2Alg'.split(' ');

/** Both algorithms of today make as many digits. */
const DIGEST = /^[0-9a-f]{64}$/;

/** Files of an ordinary message; `externalCode` refuses references to uploaded ones (isds §9: 1283, 1285). */
export function readFiles(dmFiles: XmlElement, externalCode: string): MessageFile[] {
  if (child(dmFiles, 'dmExtFile') !== undefined) throw new StatusRefusal(externalCode);
  requireCount(dmFiles);
  checkSequence(dmFiles, ORDINARY);
  const files = dmFiles.children.map((file, index) => readMessageFile(file, ['dmFormat'], index));
  // Exactly one main file, and it comes first.
  if (files[0]?.metaType !== 'main') throw withoutMain();
  requireOneMain(files);
  if (octetsIn(files) > MAX_OCTETS) throw new StatusRefusal('1282');
  return files;
}

/** Files of a large message in the order of the request: uploaded ones, then inline ones. */
export function readLargeFiles(dmFiles: XmlElement, find: (id: string) => Upload): MessageFile[] {
  requireCount(dmFiles);
  checkSequence(dmFiles, LARGE);
  const [references, inline] = [true, false].map((wanted) =>
    dmFiles.children.filter(({ name }) => (name === 'dmExtFile') === wanted),
  );
  const uploaded = (references ?? []).map((reference) => readReference(reference, find));
  const carried = (inline ?? []).map((file, index) => readMessageFile(file, [], index));
  const files = [...uploaded, ...carried];
  requireOneMain(files);
  if (octetsIn(carried) > MAX_OCTETS) throw new StatusRefusal('1295');
  if (octetsIn(files) > MAX_LARGE_OCTETS) throw new StatusRefusal('1296');
  if (octetsIn(files) < FEWEST_LARGE_OCTETS) throw new StatusRefusal('1297');
  // The uploaded ones were looked at when they came.
  for (const { name, content } of carried) if (isInfected(content)) throw unfit('Nalezen škodlivý kód.', name);
  return files;
}

function requireCount({ children }: XmlElement): void {
  if (children.length === 0) throw new StatusRefusal('2032');
  if (children.length > MAX_FILES) throw new StatusRefusal('1253');
}

function requireOneMain(files: readonly MessageFile[]): void {
  if (files.filter(({ metaType }) => metaType === 'main').length !== 1) throw withoutMain();
  if (files.filter(({ name }) => isContainerName(name)).length > MAX_CONTAINERS) throw new StatusRefusal('1253');
}

function withoutMain(): StatusRefusal {
  return new StatusRefusal('2033', 'Hlavní písemnost musí být právě jedna a první.');
}

function octetsIn(files: readonly MessageFile[]): number {
  return files.reduce((sum, { content }) => sum + content.length, 0);
}

function readMessageFile(dmFile: XmlElement, more: readonly string[], index: number): MessageFile {
  const file = readFile(dmFile, [...FILE_ATTRIBUTES, ...more], index);
  return { ...file, metaType: metaTypeOf(dmFile) };
}

/** A file that was uploaded before; the digests prove that the sender means this one. */
function readReference(reference: XmlElement, find: (id: string) => Upload): MessageFile {
  checkAttributes(reference, [...REFERENCE_ATTRIBUTES, ...LINKS]);
  const [id, metaType] = [attributeOf(reference, 'dmAttID') ?? '', attributeOf(reference, 'dmFileMetaType') ?? ''];
  if (metaType === '') throw new StatusRefusal('1291');
  if (id === '') throw new StatusRefusal('1292');
  const digests = [readDigest(reference, 'dmAttHash1'), readDigest(reference, 'dmAttHash2')];
  const { name, mimeType, content, digests: stored } = find(id);
  const same = stored.every(({ algorithm, hex }, index) => {
    const given = digests[index];
    return given?.algorithm === algorithm && given.hex === hex;
  });
  if (!same) throw new StatusRefusal('1290');
  return { name, mimeType, content, metaType: metaTypeOf(reference) };
}

function readDigest(reference: XmlElement, name: string): { readonly algorithm: string; readonly hex: string } {
  const [hex, algorithm] = [attributeOf(reference, name) ?? '', attributeOf(reference, `${name}Alg`) ?? ''];
  if (hex === '') throw new StatusRefusal('1288');
  if (algorithm === '') throw new StatusRefusal('1284');
  const known: readonly string[] = ['SHA-256', 'SHA3-256'] satisfies Digest['algorithm'][];
  if (!known.includes(algorithm) || !DIGEST.test(hex)) throw new StatusRefusal('1289');
  return { algorithm, hex };
}
