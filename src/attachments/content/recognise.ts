/**
 * What a file is by its content.
 *
 * Own tables instead of a library: the ones there are do not know signatures, certificates, forms, invoices and shapefiles,
 * which is what people send to offices, and walk through whole archives to name the rest.
 */
import type { Content } from '../types.ts';
import { readDirectory, type ZipDirectory } from '../zip/directory.ts';
import { compoundKind } from './compound-file.ts';
import { derKind } from './der.ts';
import { geodataKind } from './geodata.ts';
import type { Kind } from './kinds.ts';
import { strongMagic, weakMagic } from './magic.ts';
import { mediaKind } from './media.ts';
import { textKind } from './text-kind.ts';
import { zipKind } from './zip-document.ts';

/** What a file holds. */
export interface Recognised {
  readonly kind: Kind;
  /** The directory of everything that is a ZIP archive by its dress. */
  readonly directory?: ZipDirectory;
}

/** Far enough to find the root of an XML file behind its comments; a page of memory. */
const HEAD_OCTETS = 4096;

/** Where a PDF may begin at the latest (ISO 32000-1, annex H.3.4.1). */
const MAX_PDF_OFFSET = 1024;
const PDF = '%PDF-';

/** Recognises by content alone, never by name. Reads the head, and of archives and compound files their directory. */
export async function recognise(content: Content): Promise<Recognised> {
  const kind = recogniseHead(await content.read(0, HEAD_OCTETS), content.size);
  if (kind === 'compound-file') return { kind: await compoundKind(content) };
  // The last part of a split archive, and one behind other data, begin with anything.
  if (kind !== 'zip' && kind !== 'binary') return { kind };
  const directory = await readDirectory(content);
  if (kind === 'binary' && directory.faults.includes('truncated')) return { kind };
  return { kind: await zipKind(content, directory), directory };
}

/** As much as the beginning tells: ZIP archives and compound files are not told apart. `size` is that of the whole. */
export function recogniseHead(head: Buffer, size: number): Kind {
  return (
    strongMagic(head) ??
    // Signatures of UTF-16 texts and of sound differ in one bit; the text is the stricter test.
    textKind(head, head.length === size) ??
    weakMagic(head) ??
    mediaKind(head) ??
    derKind(head, size) ??
    geodataKind(head, size) ??
    (head.subarray(0, MAX_PDF_OFFSET + PDF.length).includes(PDF) ? 'pdf' : 'binary')
  );
}
