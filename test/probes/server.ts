/** A POP3 server as probes see it, ours or another one. */
import type { Box } from './mails.ts';

export interface ProbedServer {
  readonly plainPort: number;
  /** TLS from the first octet. */
  readonly tlsPort: number;
  /** Certificate that its TLS is trusted by. */
  readonly ca: string;
  /** A user of its own for every probe, so that deletions of one are no matter of another. */
  newUser(box: Box): Promise<string>;
  stop(): Promise<void>;
}

/** Of all users. Spaces, the last one too, and diacritics are legal in passwords of data boxes. */
export const PASSWORD = 'Tajné heslo 1 ';
