/** Names of files, made safe: what the sender sees, without what could harm the computer of the one who stores the file. */
import { extensionFor } from './formats.ts';
import { plainLine } from '../core/index.ts';

/** Characters that Windows forbids in names; the reader's computer, portal or file service may run there. */
const FORBIDDEN = /[<>:"|?*]/g;

/** Letters outside the basic plane, emoji for the most part: nobody has seen ISDS take one in a name (isds §6.1). */
const ASTRAL = /[\u{10000}-\u{10ffff}]/gu;

/** Names of devices on Windows, with any extension. */
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)/i;

/** The name in NFC, without path, control and bidirectional characters; empty when nothing but an extension would be left. */
export function cleanFileName(given: string): string {
  const name = withoutPath(given);
  return /[^._ ]/.test(name.replace(/\.[^.]*$/, '')) ? name : '';
}

/**
 * The name of an attachment; one without a usable name is called `priloha-N.ext` after its place among the attachments
 * and its content type (mail-clients §10.4).
 */
export function attachmentName(given: string | undefined, contentType: string, position: number): string {
  const name = cleanFileName(given ?? '');
  if (name !== '') return name;
  const extension = /\.([^.]+)$/.exec(withoutPath(given ?? ''))?.[1] ?? extensionFor(contentType);
  return `priloha-${position}.${extension}`;
}

function withoutPath(given: string): string {
  const lastStep = plainLine(given).split(/[/\\]/).at(-1) ?? '';
  return lastStep
    .replace(ASTRAL, '')
    .replace(FORBIDDEN, '_')
    .replace(/(?<![. ])[. ]+$/, '')
    .trimStart()
    .replace(DEVICE, '_$1');
}
