/** One file by itself: name, size, content. */
import type { Refusal } from '../refusals/index.ts';
import { checkArchive } from './archive/check-archive.ts';
import { findActiveElement } from './content/active-html.ts';
import { contentType } from './content/expected-kinds.ts';
import { type Recognised, recognise } from './content/recognise.ts';
import { extensionOf, type Format, formatOf, isPage } from './formats.ts';
import { checkKind } from './check-kind.ts';
import { checkName } from './check-name.ts';
import type { CheckedFile } from './types.ts';

/** What is wrong with one file, and the content type to send it with. */
export interface FileVerdict {
  readonly problems: readonly Refusal[];
  readonly mimeType: string;
}

export async function checkFile(file: CheckedFile): Promise<FileVerdict> {
  const named = checkName(file.name);
  if (file.size === 0)
    return { problems: [...named, { reason: 'file-empty', facts: { file: file.name } }], mimeType: '' };
  const extension = extensionOf(file.name);
  const format = formatOf(file.name);
  if (extension === undefined || format === undefined) return { problems: named, mimeType: '' };
  const recognised = await recognise(file);
  return {
    problems: [...named, ...(await checkContent(file, extension, format, recognised))],
    mimeType: contentType(extension, recognised.kind),
  };
}

async function checkContent(
  file: CheckedFile,
  extension: string,
  format: Format,
  { kind, directory }: Recognised,
): Promise<Refusal[]> {
  const mismatch = checkKind(file.name, extension, kind);
  if (mismatch.length > 0) return mismatch;
  if (format.container && directory !== undefined) return checkArchive(file, directory, extension !== 'zip');
  return isPage(file.name) ? checkPage(file) : [];
}

async function checkPage(file: CheckedFile): Promise<Refusal[]> {
  const element = await findActiveElement(file);
  return element === undefined ? [] : [{ reason: 'file-html-active', facts: { file: file.name, element } }];
}
