/** Answers as POP3 writes them: ASCII, one line unless said otherwise (RFC 1939 §3, RFC 2449 §4 and §8). */
import { pop3ResponseCode, toAscii, wordRefusal, type Refusal } from '../core/index.ts';
import { LONGEST_REPLY } from './limits.ts';

/** The final line of a multi-line answer. */
const END = '.\r\n';

export function ok(text = ''): string {
  return line(text === '' ? '+OK' : `+OK ${text}`);
}

/** `+OK` with a list; lines that could begin with a dot do not occur in it. */
export function okList(text: string, lines: readonly string[]): string {
  return ok(text) + lines.map((entry) => `${entry}\r\n`).join('') + END;
}

/** A rejection, with the session that support will ask for. */
export function rejected(text: string, sessionId: string): string {
  return line(`-ERR ${text} (relace ${sessionId})`);
}

export function refused(refusal: Refusal, sessionId: string): string {
  return line(`-ERR [${pop3ResponseCode(refusal)}] ${wordRefusal(refusal, sessionId)}`);
}

/** A SASL challenge (RFC 5034 §4): the space stays even when nothing follows. */
export function challenge(text = ''): string {
  return `+ ${Buffer.from(text).toString('base64')}\r\n`;
}

function line(text: string): string {
  return `${toAscii(text).slice(0, LONGEST_REPLY)}\r\n`;
}
