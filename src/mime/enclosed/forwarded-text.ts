/** The text file that stands for a forwarded mail: what an official has to know about it, in Czech, and its text. */
import { momentText } from '../czech-moment.ts';
import { cleanFileName } from '../file-name.ts';

export interface ForwardedHead {
  readonly from: string;
  readonly to: string;
  readonly copy: string;
  /** A moment, or what stands in a field that names none; undefined when the field is missing. */
  readonly date: Date | string | undefined;
  /** One line. */
  readonly subject: string;
  /** Names of its files, as they travel beside this text. */
  readonly files: readonly string[];
}

/** ISDS takes 255 characters (isds §6.3), but people read names in a column. */
const LONGEST_SUBJECT = 100;

/** With CRLF line ends, as every text file that is sent. */
export function forwardedText(head: ForwardedHead, text: string | undefined): string {
  const lines = [
    ['Od', head.from],
    ['Komu', head.to],
    ['Kopie', head.copy],
    ['Datum', typeof head.date === 'string' ? head.date : momentText(head.date)],
    ['Předmět', head.subject],
    ['Přílohy', head.files.join(', ')],
  ].filter(([, value]) => value !== undefined && value !== '');
  const top = lines.map(([label, value]) => `${label}: ${value}`).join('\n');
  return `${top}\n\n${text ?? '(E-mail nemá text.)'}\n`.replaceAll('\n', '\r\n');
}

/** A subject has signs that separate folders or are forbidden in names: they must not cost its other words. */
export function forwardedTextName(subject: string): string {
  const words = subject.replace(/\s*[/\\]\s*/g, '-').replace(/[<>:"|?*]+/g, ' ');
  const short = Array.from(words).slice(0, LONGEST_SUBJECT).join('');
  return `e-mail ${cleanFileName(`${short}.txt`).slice(0, -'.txt'.length) || 'bez předmětu'}.txt`.replace(
    / {2,}/g,
    ' ',
  );
}
