/** Mails that are refused, and how each one is brought before the gateway. */
import type { Fault } from '../../../src/sandbox/index.ts';

export interface RefusedMail {
  /** What is wrong, for the reader of the table. */
  readonly what: string;
  /** Login of the demonstration; the office, which writes to anybody for free, unless named. */
  readonly login?: 'urad01' | 'pekar1' | 'pekar3' | 'kamil1';
  /** Parameters of MAIL, the sender's own address unless given. */
  readonly from?: string;
  /** The company unless given. */
  readonly to?: string;
  /** Header and body with CRLF line ends, without the final dot; a letter in order unless given. */
  readonly mail?: string;
  /** What the sandbox does wrong this once. */
  readonly fault?: Fault;
}

export interface Section {
  readonly title: string;
  readonly mails: readonly RefusedMail[];
}

export const letter = (subject: string): string => `Subject: ${subject}\r\n\r\nDobrý den.\r\n`;

export interface AttachedFile {
  readonly name: string;
  readonly content: Buffer | string;
}

/** A text and files; names with diacritics are encoded as RFC 2231 says. */
export function letterWith(subject: string, files: readonly AttachedFile[]): string {
  const parts = files.map(({ name, content }) =>
    [
      'Content-Type: application/octet-stream',
      `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(name)}`,
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(content).toString('base64').replace(/.{76}/g, '$&\r\n'),
    ].join('\r\n'),
  );
  const text = 'Content-Type: text/plain; charset=utf-8\r\n\r\nDobrý den.';
  return [
    `Subject: ${subject}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=hranice',
    '',
    ...[text, ...parts].map((part) => `--hranice\r\n${part}`),
    '--hranice--\r\n',
  ].join('\r\n');
}
