/**
 * Replies with codes and texts of our own. smtp-server writes every reply with one method, `send(code, text, context)`, and
 * picks the enhanced status code itself; there is no way to hand it one. So texts of ours begin with their enhanced code
 * ("5.7.1 Odesílatel …"), and `send` of each connection is wrapped: such a text goes out line by line as it is, with the
 * choice of the library switched off. All other replies pass unchanged.
 */
import type { SMTPServer } from 'smtp-server';
import { type Refusal, smtpReply } from '../refusals/index.ts';
import { replyLines } from './reply-lines.ts';

export type SmtpConnection = SMTPServer['connections'] extends Set<infer Connection> ? Connection : never;

/** An enhanced status code and the text (RFC 3463 §2). */
const OWN_TEXT = /^([245]\.\d{1,3}\.\d{1,3}) (.*)$/s;

/** What happens where smtp-server speaks by itself, and what it says where a user sees its words; named as in its `send`. */
export interface ReplyPlaces {
  /** A command is about to be answered that came after the last answer. */
  clientWentOn(): void;
  /** A command was answered. */
  replied(code: number): void;
  /** The recipient was accepted. */
  recipientAccepted(): string;
  /** SIZE of MAIL, or the octets of DATA, are over the limit (RFC 1870). */
  messageTooBig(): Refusal;
  /** AUTH on a connection where it is not offered. */
  authNotOffered(): Refusal;
}

/** What the library's callbacks take as an error: reply code and a text that begins with its enhanced code, a line a problem. */
export class ReplyError extends Error {
  readonly responseCode: number;

  /** `lines` are the refusal in words; `reply` is where the place has codes of its own. */
  constructor(refusal: Refusal, lines: readonly string[], { code, enhanced } = smtpReply(refusal)) {
    super(`${enhanced} ${lines.join('\n')}`, { cause: refusal });
    this.responseCode = code;
  }
}

/** Of AUTH: whatever will pass has one code there, which tells programs that the password is not the trouble (RFC 4954 §6). */
export function authReply(refusal: Refusal): ReturnType<typeof smtpReply> {
  const reply = smtpReply(refusal);
  return reply.code < FIRST_PERMANENT ? { code: 454, enhanced: '4.7.0' } : reply;
}

const FIRST_PERMANENT = 500;

export function useOwnReplies(
  connection: SmtpConnection,
  places: ReplyPlaces,
  inWords: (refusal: Refusal) => readonly string[],
): void {
  const send = connection.send.bind(connection);
  const sendOwn = (code: number, text: string): boolean => {
    const [, enhanced, words] = OWN_TEXT.exec(text) ?? [];
    if (enhanced === undefined || words === undefined) return false;
    send(
      code,
      replyLines(words).map((line) => `${enhanced} ${line}`),
      false,
    );
    return true;
  };
  const sendRefusal = (refusal: Refusal): void => {
    const reply = new ReplyError(refusal, inWords(refusal));
    sendOwn(reply.responseCode, reply.message);
  };
  connection.send = (code, data, context) => {
    if (context !== 'DATA_OK' && code !== CLOSING) places.clientWentOn();
    if (context === 'RCPT_TO_OK') sendOwn(code, `2.1.5 ${places.recipientAccepted()}`);
    else if (context === 'MESSAGE_TOO_BIG') sendRefusal(places.messageTooBig());
    else if (code === COMMAND_UNKNOWN && context === 'AUTH') sendRefusal(places.authNotOffered());
    else if (typeof data !== 'string' || !sendOwn(code, data)) send(code, data, context);
    if (code !== CLOSING) places.replied(code);
  };
}

const COMMAND_UNKNOWN = 500;

/** Said without being asked when the time is over. */
const CLOSING = 421;
