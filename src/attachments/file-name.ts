/** Names of files, made safe: what the sender sees, without what could harm the computer of the one who stores the file. */
import { plainLine } from '../core/index.ts';
import { extensionFor, extensionOf } from './formats.ts';
import type { Content } from './types.ts';
import { kindName } from './content/kinds.ts';
import { recognise } from './content/recognise.ts';

/** What separates the steps of a path on some system. */
const SEPARATORS = /[/\\:]+/g;

/** A path, of which only the last step is a name: from the root, a drive, the home folder, or by way of the folder above. */
const PATH = /^(?:[a-z]:)?[/\\]|^[~.]{1,2}[/\\]|[/\\]\.\.[/\\]|^file:/i;

/** Letters outside the basic plane, emoji for the most part: nobody has seen ISDS take one in a name (isds §6.1). */
const ASTRAL = /[\u{10000}-\u{10ffff}]/gu;

/** Names of devices on Windows, with any extension. */
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)/i;

/** What a file is called whose type and content say nothing: no format of ISDS, so the sender is asked to name it. */
const UNKNOWN_EXTENSION = 'bin';

/**
 * The name in NFC, without path, control and bidirectional characters; empty when nothing but an extension would be left. "FV
 * 1/2026.pdf" is no path: what would make it one is replaced.
 */
export function cleanFileName(given: string): string {
  const name = withoutPath(given);
  return /[^._ ]/.test(name.replace(/\.[^.]*$/, '')) ? name : '';
}

/** What a file has to tell its name by. */
interface NamedFile {
  readonly name: string | undefined;
  /** Content type as the mail says. */
  readonly type: string;
  readonly content: Content;
}

/**
 * The name of an attachment; one without a usable name is called `priloha-N.ext` after its place among the attachments. Where the
 * name has no extension, the content type tells it, or else the content (mail-clients §10.4).
 */
export async function attachmentName(
  { name: given = '', type, content }: NamedFile,
  position: number,
): Promise<string> {
  const name = cleanFileName(given.replace(ASTRAL, ''));
  if (extensionOf(name) !== undefined) return name;
  const own = name === '' ? bareExtension(given).slice(1) : '';
  const extension = (own || extensionFor(type)) ?? (await extensionByContent(content));
  if (name !== '') return extension === undefined ? name : `${name}.${extension}`;
  return `priloha-${position}.${extension ?? UNKNOWN_EXTENSION}`;
}

/** The extension that a name of nothing else has, with its dot; empty when there is none. */
export function bareExtension(given: string): string {
  return /\.[^.\s]+$/.exec(withoutPath(given))?.[0] ?? '';
}

function withoutPath(given: string): string {
  const line = plainLine(given);
  const lastStep = PATH.test(line) ? (line.split(/[/\\]/).at(-1) ?? '') : line;
  return lastStep
    .replace(SEPARATORS, '-')
    .replace(/(?<![. ])[. ]+$/, '')
    .trimStart()
    .replace(DEVICE, '_$1');
}

/** Undefined when it could be one of several, none that ISDS takes, or nobody knows. */
async function extensionByContent(content: Content): Promise<string | undefined> {
  if (content.size === 0) return undefined;
  const { kind } = await recognise(content);
  const extensions = kindName(kind)?.extensions;
  return typeof extensions === 'string' ? extensions.slice(1) : undefined;
}
