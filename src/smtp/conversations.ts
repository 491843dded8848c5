/** All connections of a server, and what smtp-server asks about them, as its handlers. */
import type { SMTPServerOptions, SMTPServerSession } from 'smtp-server';
import { newSessionId } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import { isLoopback, type Place } from '../net/index.ts';
import { Session } from './session.ts';
import { type SmtpConnection, useOwnReplies } from './bent-library.ts';
import type { SmtpOptions } from './options.ts';
import { Conversation } from './conversation.ts';

/** Commands of other worlds: proxies that speak for their clients, and jokes of old. */
const NEVER_OFFERED = ['XCLIENT', 'XFORWARD', 'WIZ', 'SHELL', 'KILL', 'HELP'];

/** Of MAIL: RFC 1870, RFC 6152, RFC 4954 §5; none of them changes what becomes of the mail. */
const MAIL_PARAMETERS: ReadonlySet<string> = new Set(['SIZE', 'BODY', 'AUTH']);

/** Of RCPT: none is offered. */
const RCPT_PARAMETERS: ReadonlySet<string> = new Set();

type Handlers = Required<
  Pick<SMTPServerOptions, 'onConnect' | 'onSecure' | 'onAuth' | 'onMailFrom' | 'onRcptTo' | 'onData' | 'onClose'>
>;

export class Conversations {
  readonly #options: SmtpOptions;
  readonly #conversations = new Map<SMTPServerSession, Conversation>();
  readonly #expected = new WeakMap<SMTPServerSession, { connection: SmtpConnection; place: Place }>();
  #leaving = false;

  constructor(options: SmtpOptions) {
    this.#options = options;
  }

  /** Ends all connections, those with a message under way after its answer; later ones right after they were opened. */
  leave(): void {
    this.#leaving = true;
    for (const conversation of this.#conversations.values()) conversation.leave();
  }

  /** A connection that will be greeted in a moment. */
  expect(connection: SmtpConnection, place: Place): void {
    this.#expected.set(connection.session, { connection, place });
  }

  handlers(): Handlers {
    return {
      onConnect: (state, callback) => {
        const expected = this.#expected.get(state);
        if (expected !== undefined) this.#open(state, expected.connection, expected.place);
        callback();
      },
      onSecure: (_socket, state, callback) => {
        state.disabledCommands = disabledCommands(true);
        callback();
      },
      onAuth: ({ username, password, authzid }, state, callback) =>
        void this.#of(state).logIn(
          { name: username ?? '', password: password ?? '', onBehalfOf: authzid ?? '' },
          callback,
        ),
      onMailFrom: ({ address, args }, state, callback) =>
        this.#of(state).startMessage({ address, unknown: unknownParameters(args, MAIL_PARAMETERS) }, callback),
      onRcptTo: ({ address, args }, state, callback) =>
        void this.#of(state).addRecipient({ address, unknown: unknownParameters(args, RCPT_PARAMETERS) }, callback),
      onData: (stream, state, callback) =>
        void this.#of(state).receive(stream, this.#options.limits.maxMessageOctets, callback),
      onClose: (state) => {
        this.#conversations.get(state)?.closed();
        this.#conversations.delete(state);
      },
    };
  }

  #open(state: SMTPServerSession, connection: SmtpConnection, place: Place): void {
    const sessionId = newSessionId();
    const log = this.#options.log.child({ session: sessionId });
    const session = new Session(sessionId, state.remoteAddress, { ...this.#options, log });
    const conversation = new Conversation(session, connection, place, { log, wording: this.#options.wording });
    useOwnReplies(
      connection,
      {
        clientWentOn: () => void conversation.confirm(),
        replied: (code) => conversation.replied(code),
        recipientAccepted: () => session.recipientText,
        messageTooBig: () => session.tooLarge(),
        authNotOffered: () => new Refused('encryption-required'),
      },
      (refusal) => this.#options.wording.refusals(refusal, sessionId),
    );
    state.disabledCommands = disabledCommands(
      state.secure || (this.#options.loopbackLogin && isLoopback(state.remoteAddress)),
    );
    this.#conversations.set(state, conversation);
    log.debug({ remote: state.remoteAddress, tls: state.secure }, 'smtp session opened');
    if (this.#leaving) conversation.leave();
  }

  #of(state: SMTPServerSession): Conversation {
    const conversation = this.#conversations.get(state);
    if (conversation === undefined) throw new Error('a command on a connection that was never opened');
    return conversation;
  }
}

/** Names of parameters that were not offered. */
function unknownParameters(parameters: object | false, known: ReadonlySet<string>): readonly string[] {
  return Object.keys(parameters === false ? {} : parameters).filter((name) => !known.has(name.toUpperCase()));
}

/** Passwords never travel in the clear, except within this computer where that is allowed (RFC 4954 §4). */
function disabledCommands(confidential: boolean): string[] {
  return confidential ? NEVER_OFFERED : [...NEVER_OFFERED, 'AUTH'];
}
