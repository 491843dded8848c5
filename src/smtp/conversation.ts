/** The conversation on one connection: what is answered when, the log lines about it, and how it ends. */
import type { SMTPServerDataStream } from 'smtp-server';
import type { Identity } from '../accounts/index.ts';
import { isPermanent, Refused, smtpReply, type Wording } from '../refusals/index.ts';
import { type Log } from '../core/index.ts';
import type { Session } from './session.ts';
import type { Place } from '../net/index.ts';
import { DISCARD_FACTOR, MAX_REFUSALS_BEFORE_LOGIN, MAX_REPLIES_BEFORE_LOGIN, SESSION_MS } from './limits.ts';
import { discardRest } from './message-stream.ts';
import { authReply, ReplyError } from './replies.ts';
import type { SmtpConnection } from './bent-library.ts';

/** What MAIL or RCPT names. */
interface Envelope {
  readonly address: string;
  /** Parameters that were not offered. */
  readonly unknown: readonly string[];
}

type Answer = (error: Error | null, text?: string) => void;

export class Conversation {
  readonly session: Session;
  readonly #connection: SmtpConnection;
  readonly #log: Log;
  readonly #wording: Wording;
  readonly #place: Place;
  readonly #end: NodeJS.Timeout;
  #repliesBeforeLogin = 0;
  #refusalsBeforeLogin = 0;
  /** Octets that had come when the program was told of a success. */
  #octetsBeforeSuccess = 0;
  #receiving = false;
  #leaving = false;

  constructor(
    session: Session,
    connection: SmtpConnection,
    place: Place,
    { log, wording }: { log: Log; wording: Wording },
  ) {
    this.#place = place;
    place.onSentAway = () => this.leave();
    this.session = session;
    this.#connection = connection;
    this.#log = log;
    this.#wording = wording;
    this.#end = setTimeout(() => this.leave(), SESSION_MS);
    this.#end.unref();
  }

  /** Ends the connection: at once, or after the answer to the message under way. */
  leave(): void {
    this.#leaving = true;
    if (!this.#receiving) this.#connection.send(421, `4.3.2 ${this.#wording.say('connection-closing')}`);
  }

  /** The connection is gone. */
  closed(): void {
    clearTimeout(this.#end);
    this.session.close();
    this.#tell('smtp session', (log) => log.info('smtp session closed'));
  }

  /** A command was answered: without a log-in there are so many of them, and fewer that are refused. */
  replied(code: number): void {
    if (this.session.isLoggedIn) return;
    this.#repliesBeforeLogin++;
    if (code >= 400) this.#refusalsBeforeLogin++;
    if (
      this.#refusalsBeforeLogin >= MAX_REFUSALS_BEFORE_LOGIN ||
      this.#repliesBeforeLogin >= MAX_REPLIES_BEFORE_LOGIN
    ) {
      this.leave();
    }
  }

  async logIn(
    { name, password, onBehalfOf }: { name: string; password: string; onBehalfOf: string },
    answer: (error: Error | null, user?: { user: Identity }) => void,
  ): Promise<void> {
    try {
      const user = await this.session.logIn(name, password, onBehalfOf);
      this.#place.loggedIn();
      answer(null, { user });
    } catch (error) {
      answer(this.#replyTo(error, authReply));
      if (this.session.loginsExhausted) this.#connection.close();
    }
  }

  startMessage({ address, unknown }: Envelope, answer: Answer): void {
    try {
      refuseUnknown(unknown);
      this.session.startMessage(address);
      answer(null);
    } catch (error) {
      answer(this.#replyTo(error));
    }
  }

  async addRecipient({ address, unknown }: Envelope, answer: Answer): Promise<void> {
    try {
      refuseUnknown(unknown);
      await this.session.addRecipient(address);
      answer(null);
    } catch (error) {
      answer(this.#replyTo(error));
      if (this.session.recipientsExhausted) this.leave();
    }
  }

  async receive(stream: SMTPServerDataStream, maxOctets: number, answer: Answer): Promise<void> {
    this.#receiving = true;
    try {
      const text = await this.session.receive(stream);
      this.#octetsBeforeSuccess = this.#place.transport.bytesRead;
      answer(null, `2.0.0 ${text}`);
    } catch (error) {
      await this.#answerFailure(error, stream, maxOctets, answer);
    } finally {
      this.#receiving = false;
      if (this.#leaving) this.#connection.close();
    }
  }

  /** The program goes on, so that it has heard what it was told; unless the command came behind the mail, before the answer. */
  async confirm(): Promise<void> {
    if (this.#place.transport.bytesRead === this.#octetsBeforeSuccess) return;
    try {
      await this.session.confirm();
    } catch (error) {
      this.#log.error({ err: error }, 'smtp success not confirmed');
    }
  }

  async #answerFailure(error: unknown, stream: SMTPServerDataStream, maxOctets: number, answer: Answer): Promise<void> {
    try {
      const atEnd = stream.readableEnded || (await discardRest(stream, maxOctets * DISCARD_FACTOR));
      const reply = this.#replyTo(error);
      if (atEnd) return answer(reply);
      this.#connection.send(reply.responseCode, reply.message);
      this.#connection.close();
    } catch {
      // The stream broke off: the client left, or its time was over; then it is still there to be told.
      this.#log.info({ octets: stream.byteLength }, 'smtp message broken off');
      this.#connection.send(421, `4.4.2 ${this.#wording.say('transfer-too-slow')}`);
    }
  }

  /** Its own words for a refusal, an apology for a fault. */
  #replyTo(error: unknown, replyOf = smtpReply): ReplyError {
    if (error instanceof Refused) {
      const { reason, isdsCode } = error;
      // What passes by itself or by the operator's hand is his to see; the rest is the sender's.
      this.#tell(reason, (log) => log[isPermanent(error) ? 'info' : 'warn']({ reason, isdsCode }, 'smtp refused'));
      return this.#inWords(error, replyOf);
    }
    this.#log.error({ err: error }, 'smtp fault');
    return this.#inWords(new Refused('gateway-fault'), replyOf);
  }

  /** What strangers can cause without end is not written down without end. */
  #tell(reason: string, tell: (log: Log) => void): void {
    const { refusals, transport } = this.#place;
    if (this.session.isLoggedIn) tell(this.#log);
    else refusals.note(transport.remoteAddress, reason, () => tell(this.#log));
  }

  #inWords(refusal: Refused, replyOf = smtpReply): ReplyError {
    return new ReplyError(refusal, this.#wording.refusals(refusal, this.session.sessionId), replyOf(refusal));
  }
}

/** RFC 5321 §4.1.1.11. */
function refuseUnknown(parameters: readonly string[]): void {
  if (parameters.length > 0) throw new Refused('parameters-unknown', { parameters: parameters.join(', ') });
}
