/**
 * A data message as mail, in the pieces in which it streams: the head with the text part, which needs no download, then each
 * file as it comes, then an end that fills up to the announced size.
 */
import type { Envelope, FileHeader } from '../isds/index.ts';
import { mimeTypeFor } from '../attachments/index.ts';
import { envelopeText } from './envelope-text.ts';
import { mailHead } from './mail-head.ts';
import { partHead } from './part-head.ts';
import { quotedPrintable } from './quoted-printable.ts';
import { ReceivedNames } from './received-names.ts';

/** A received message as a mail, to be written piece by piece. */
export interface ReceivedMail {
  /** Header and text part; the same octets whenever the same envelope is composed, until its day of fiction is over. */
  readonly head: Buffer;
  /** Boundary and header of the next file; its base64 lines follow. Equal names are numbered, so a mail is written only once. */
  fileHead(file: Pick<FileHeader, 'name'>): Buffer;
  /** Boundary and header of the signed original, with headers of its own; its base64 lines follow. */
  originalHead(extra: Readonly<Record<string, string>>): Buffer;
  /** A whole part that tells the reader something in Czech. */
  note(text: string): Buffer;
  /** The end of the mail; only `filling` may follow. */
  readonly end: Buffer;
}

/** What every mail depends on beside its envelope. */
export interface ComposingContext {
  readonly domain: string;
  /** A time of ISDS, milliseconds since the epoch: what is past must not be told as to come. */
  readonly now: number;
}

export interface ReceivedMailOptions extends ComposingContext {
  readonly idSuffix?: string;
  /** Leaves the text part out, for a mail whose only part is a note: an envelope known in parts must not look whole. */
  readonly headerOnly?: boolean;
  /** The mail belongs to the message's own mail and is threaded with it. */
  readonly besideMessage?: boolean;
}

/** The type follows the name: what the sender declared is often empty or wrong and never to be trusted (isds §5.2). */
const UNKNOWN_TYPE = 'application/octet-stream';

/** Of files that people know as .zfo (isds §5.3). */
const ORIGINAL_TYPE = 'application/vnd.software602.filler.form-xml-zip';

/** A line of the epilogue with its end. */
const FILL_LINE = 78;

/** Written at once: a mail whose original could not be had may lack a hundred megabytes. */
const FILL_LINES = 800;

/** An empty line. */
export const MIN_FILL_OCTETS = 2;

/** Begins the mail of a message. What it says depends on the envelope and the day alone. */
export function composeReceivedMail(
  envelope: Envelope,
  { domain, now, idSuffix = '', headerOnly = false, besideMessage = false }: ReceivedMailOptions,
): ReceivedMail {
  // "=_" can stand neither in base64 nor in quoted-printable, so no content can end its part.
  const boundary = `=_postolka_${envelope.dmID}`;
  const note = (text: string) => Buffer.from(`--${boundary}\r\n${textPart(text)}`, 'latin1');
  const names = new ReceivedNames();
  const attachment = (name: string, type: string, extra: Readonly<Record<string, string>> = {}) =>
    Buffer.from(`--${boundary}\r\n${partHead(name, type, extra)}`, 'latin1');
  const head = mailHead(envelope, { domain, boundary, idSuffix, besideMessage });
  return {
    head: Buffer.concat([Buffer.from(head, 'latin1'), ...(headerOnly ? [] : [note(envelopeText(envelope, now))])]),
    note,
    fileHead: (file) => {
      const name = names.next(file.name);
      return attachment(name, mimeTypeFor(name) ?? UNKNOWN_TYPE);
    },
    originalHead: (extra) => attachment(names.next(`DZ_${envelope.dmID}.zfo`), ORIGINAL_TYPE, extra),
    end: Buffer.from(`--${boundary}--\r\n`, 'latin1'),
  };
}

function textPart(text: string): string {
  const body = quotedPrintable(text);
  return `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${body}\r\n`;
}

const FILL_BLOCK = Buffer.from(`${' '.repeat(FILL_LINE - 2)}\r\n`.repeat(FILL_LINES), 'latin1');

/**
 * An epilogue, which mail programs ignore (RFC 2046 §5.1.1), `octets` long in lines of spaces; nothing when that is less
 * than MIN_FILL_OCTETS. It begins on a line of its own: not every reader allows anything behind the last boundary.
 */
export function* filling(octets: number): Generator<Buffer> {
  let left = octets;
  for (; left >= FILL_BLOCK.length + FILL_LINE; left -= FILL_BLOCK.length) yield FILL_BLOCK;
  const lines: string[] = [];
  while (left >= MIN_FILL_OCTETS) {
    const whole = Math.min(left, FILL_LINE);
    const length = left - whole > 0 && left - whole < MIN_FILL_OCTETS ? whole - 1 : whole;
    lines.push(`${' '.repeat(length - 2)}\r\n`);
    left -= length;
  }
  if (lines.length > 0) yield Buffer.from(lines.join(''), 'latin1');
}
