/** The name of a file: long enough to tell what it is, short enough for ISDS (isds §6.3). */
import type { Refusal } from '../refusals/index.ts';
import { extensionOf, formatOf } from './formats.ts';

/** Longest dmFileDescr, extension included (isds §6.3, status 1280). */
export const MAX_FILE_NAME_LENGTH = 255;

/** What is wrong with a name: its length in code points, its extension. Empty when it may travel. */
export function checkName(name: string): Refusal[] {
  const problems = checkExtension(name, name);
  // Characters as ISDS counts them in an XML Schema string: code points, not UTF-16 units.
  if (Array.from(name).length > MAX_FILE_NAME_LENGTH) {
    problems.unshift({ reason: 'file-name-too-long', facts: { file: name, limit: MAX_FILE_NAME_LENGTH } });
  }
  return problems;
}

/** `file` is what the sender knows the file by: inside an archive it is more than the name. */
export function checkExtension(name: string, file: string): Refusal[] {
  const extension = extensionOf(name);
  if (extension === undefined) return [{ reason: 'file-without-extension', facts: { file } }];
  if (formatOf(name) === undefined) return [{ reason: 'file-type-refused', facts: { file, extension } }];
  return [];
}
