/**
 * What bends smtp-server, all of it. It cannot be handed a socket that was accepted elsewhere and told of the connection it made
 * of it; it drops listeners that are not its own; and it chooses the enhanced status code of every reply itself. Whoever brings
 * in another release of the library reads this file.
 */
import type { Socket } from 'node:net';
import type { SMTPServer } from 'smtp-server';
import type { Refusal } from '../refusals/index.ts';
import { ReplyError, replyLines } from './replies.ts';

/** A connection as the library has it. */
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

/**
 * Hands the library a connection whose handshake and limits are behind it, and `expect` what it made of it. Resolves when the
 * connection is closed.
 */
export function converse(
  server: SMTPServer,
  socket: Socket,
  expect: (connection: SmtpConnection) => void,
): Promise<void> {
  // A client that closed its side in the middle of a message will not finish it; the parser does not notice by itself.
  socket.allowHalfOpen = false;
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.once('close', () => resolve());
  keepCloseListeners(socket);
  server.connect(socket);
  // The library keeps its connections in the order of their coming, and tells of none in another way.
  const connection = [...server.connections].at(-1);
  if (connection !== undefined) expect(connection);
  return promise;
}

/** For STARTTLS smtp-server takes all listeners off the connection, also those by which it is counted and waited for. */
function keepCloseListeners(socket: Socket): void {
  const kept = socket.rawListeners('close');
  const removeAll = socket.removeAllListeners.bind(socket);
  // Handed on as they came: no argument at all means every event, an undefined one does not.
  socket.removeAllListeners = (...events) => {
    removeAll(...events);
    if (events.length > 0) return socket;
    for (const listener of kept) socket.on('close', (...details) => Reflect.apply(listener, socket, details));
    return socket;
  };
}

/**
 * Replies with codes and texts of our own. The library writes every reply with one method, `send(code, text, context)`; texts of
 * ours begin with their enhanced code ("5.7.1 Odesílatel …"), and such a text goes out line by line as it is, with the choice of
 * the library switched off. All other replies pass unchanged.
 */
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
