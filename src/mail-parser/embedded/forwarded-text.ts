/** The text file that stands for a forwarded mail: what an official has to know about it, in Czech, and its text. */
import { momentText } from '../../calendar/index.ts';
import { attachmentName, cleanFileName } from '../../attachments/index.ts';
import type { ReceivedFile } from '../received-parts.ts';
import type { Spool } from '../../spool/index.ts';

/** The head of an enclosed mail as its text shows it. */
export interface ForwardedHead {
  readonly from: string;
  readonly to: string;
  readonly copy: string;
  /** A moment, or what stands in a field that names none; undefined when the field is missing. */
  readonly date: Date | string | undefined;
  /** One line. */
  readonly subject: string;
}

/** ISDS takes 255 characters (isds §6.3), but people read names in a column. */
const MAX_SUBJECT_LENGTH = 100;

/** The text file and the files of the mail behind it, under the names that the text calls them by. */
export async function textWithFiles(
  head: ForwardedHead,
  text: string | undefined,
  files: readonly ReceivedFile[],
  spool: Spool,
): Promise<ReceivedFile[]> {
  const named = await Promise.all(
    files.map(async (file, index) => ({ ...file, name: await attachmentName(file, index + 1) })),
  );
  const words = forwardedText(head, text, named);
  const content = await spool.add([Buffer.from(words, 'utf8')]);
  return [{ type: 'text/plain', name: forwardedName(head.subject, 'txt'), content }, ...named];
}

/** With CRLF line ends, as every text file that is sent. */
function forwardedText(head: ForwardedHead, text: string | undefined, files: readonly { name: string }[]): string {
  const lines = [
    ['Od', head.from],
    ['Komu', head.to],
    ['Kopie', head.copy],
    ['Datum', typeof head.date === 'string' ? head.date : momentText(head.date)],
    ['Předmět', head.subject],
    ['Přílohy', files.map(({ name }) => name).join(', ')],
  ].filter(([, value]) => value !== undefined && value !== '');
  const top = lines.map(([label, value]) => `${label}: ${value}`).join('\n');
  return `${top}\n\n${text ?? '(E-mail nemá text.)'}\n`.replaceAll('\n', '\r\n');
}

/** A subject has signs that separate folders or are forbidden in names: they must not cost its other words. */
export function forwardedName(subject: string, extension: string): string {
  const steps = subject.split(/[/\\]/).map((step) => step.trim());
  const words = steps.join('-').replace(/[<>:"|?*]+/g, ' ');
  const short = Array.from(words.replace(/ {2,}/g, ' '))
    .slice(0, MAX_SUBJECT_LENGTH)
    .join('')
    .replace(/[. ]+$/, '')
    .trim();
  const name = cleanFileName(`${short}.${extension}`);
  return `e-mail ${name === '' ? `bez předmětu.${extension}` : name}`;
}
