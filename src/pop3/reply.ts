/** Answers as POP3 writes them: ASCII, one line unless said otherwise (RFC 1939 §3, RFC 2449 §4 and §8). */
import { pop3ResponseCode, toAscii, type Refusal, type Wording } from '../refusals/index.ts';
import { MAX_REPLY_OCTETS } from './limits.ts';
import type { Rejection } from './rejection.ts';

/** The final line of a multi-line answer. */
const END = '.\r\n';

/** A positive reply, with its line end. */
export function ok(text = ''): string {
  return line(text === '' ? '+OK' : `+OK ${text}`);
}

/** `+OK` with a list; lines that could begin with a dot do not occur in it. */
export function okList(text: string, lines: readonly string[]): string {
  return ok(text) + lines.map((entry) => `${entry}\r\n`).join('') + END;
}

/** A rejection, with the session that support will ask for. */
export function rejected(rejection: Rejection, wording: Wording, session: string): string {
  return line(`-ERR ${wording.say(rejection.phrase, rejection.facts)} ${wording.say('session', { session })}`);
}

/** A refusal with its response code (RFC 2449 §8), with its line end. */
export function refused(refusal: Refusal, wording: Wording, session: string): string {
  return line(`-ERR [${pop3ResponseCode(refusal)}] ${wording.refusal(refusal, session)}`);
}

/** A SASL challenge (RFC 5034 §4): the space stays even when nothing follows. */
export function challenge(text = ''): string {
  return `+ ${Buffer.from(text).toString('base64')}\r\n`;
}

function line(text: string): string {
  return `${toAscii(text).slice(0, MAX_REPLY_OCTETS)}\r\n`;
}
