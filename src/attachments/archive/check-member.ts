/** One file inside a container: it must be one that could travel by itself (isds §6.3). */
import type { Refusal } from '../../refusals/index.ts';
import { activeElementIn } from '../content/active-html.ts';
import { recogniseHead } from '../content/recognise.ts';
import { extensionOf, formatOf, isPage } from '../formats.ts';
import { checkBeginning } from '../check-kind.ts';
import { checkExtension } from '../check-name.ts';
import { DEFLATED, STORED, type ZipEntry } from '../zip/entry.ts';
import type { LocalFile } from '../zip/local-file.ts';

/** Parts of an ASiC container that no rule about formats can mean (EN 319 162-1 §4.3.3 and §4.4.3.2). */
const ASIC_PART = /^(?:mimetype|META-INF\/[^/]+\.ers)$/i;

/** What macOS and Windows put beside the files of a folder, unseen by the person who packs it. */
const SYSTEM_FILE = /(?:^__MACOSX\/|(?:^|\/)(?:\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini)$)/i;

/** `local` is undefined where the archive contradicts itself; that is told elsewhere. */
export function checkMember(file: string, entry: ZipEntry, local: LocalFile | undefined, isSigned: boolean): Refusal[] {
  const inner = entry.name;
  if (entry.isDirectory || (isSigned && ASIC_PART.test(inner))) return [];
  if (SYSTEM_FILE.test(inner)) return [{ reason: 'archive-system-file', facts: { file, inner } }];
  // An own way of writing a path, understood by everybody who has seen one.
  const path = `${file}/${inner}`;
  const baseName = inner.slice(inner.lastIndexOf('/') + 1);
  const extension = extensionOf(baseName) ?? '';
  if (formatOf(baseName)?.container) return [{ reason: 'archive-nested', facts: { file, inner } }];
  const named = checkExtension(baseName, path);
  if (named.length > 0) return named;
  // What Deflate64, bzip2 and LZMA archives are, ISDS calls an unsupported feature.
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    return [{ reason: 'archive-compression', facts: { file, inner } }];
  }
  if (local === undefined) return [];
  if (local.lacksSize) return [{ reason: 'archive-size-missing', facts: { file, inner } }];
  if (local.beginning.length === 0) return [];
  const mismatch = checkBeginning(path, extension, recogniseHead(local.beginning, entry.size));
  if (mismatch.length > 0 || !isPage(baseName)) return mismatch;
  const element = activeElementIn(local.beginning);
  return element === undefined ? [] : [{ reason: 'file-html-active', facts: { file: path, element } }];
}
