/** One connection of a mail program: who it is, what it is sending, and what it is answered. */
import { addAbortSignal } from 'node:stream';
import type { SMTPServerDataStream } from 'smtp-server';
import type { Identity } from '../accounts/index.ts';
import { inMegabytes } from '../attachments/index.ts';
import { Refused, Secret, type Wording } from '../core/index.ts';
import { type DraftMail, readMail } from '../mime/index.ts';
import type { Recipient } from '../outbox/index.ts';
import { DATA_DEADLINE_MS, MOST_FAILED_LOGINS, MOST_NAMES_LEFT_OUT, RECIPIENT_BUDGET_MS } from './limits.ts';
import type { SmtpOptions } from './options.ts';
import { withinSize } from './message-stream.ts';
import { answerWithoutSending } from './special-mail.ts';
import { withinBudget } from './time-budget.ts';

/** Where the mail goes; `self` is the sender's own address, which only an account test may name, `pickup` the gateway's. */
type Destination = Recipient | 'self' | 'pickup';

export class Conversation {
  readonly sessionId: string;
  readonly #remoteAddress: string;
  readonly #options: SmtpOptions;
  readonly #closed = new AbortController();
  #identity: Identity | undefined;
  #failedLogins = 0;
  #nullSender = false;
  #destination: Destination | undefined;
  /** The box or command address as it was named, for its repetition. */
  #named: string | undefined;
  #recipientText = '';

  /** `options.log` is the session's own: it says so in every line. */
  constructor(sessionId: string, remoteAddress: string, options: SmtpOptions) {
    this.sessionId = sessionId;
    this.#remoteAddress = remoteAddress;
    this.#options = options;
  }

  /** Nobody listens any more: what only serves an answer ends. */
  close(): void {
    this.#closed.abort();
  }

  get loginsExhausted(): boolean {
    return this.#failedLogins >= MOST_FAILED_LOGINS;
  }

  async logIn(name: string, password: string): Promise<Identity> {
    const { accounts, log } = this.#options;
    // Guesses that were pipelined behind the last one run before the connection is closed.
    if (this.loginsExhausted) throw new Refused('wrong-password');
    const attempt = { name, password: new Secret(password), sessionId: this.sessionId, protocol: 'smtp' } as const;
    try {
      this.#identity = await accounts.logIn({ ...attempt, remoteAddress: this.#remoteAddress });
      log.info({ account: this.#identity.account }, 'smtp login');
      return this.#identity;
    } catch (error) {
      this.#failedLogins++;
      throw error;
    }
  }

  /** MAIL: permanent refusals only, because Thunderbird misreads temporary ones here (mail-clients §9.2). */
  startMessage(sender: string): void {
    const identity = this.#loggedIn();
    this.#destination = undefined;
    this.#named = undefined;
    this.#nullSender = sender === '';
    // Read receipts come with the null sender (RFC 8098 §3); whether it is one shows after DATA.
    if (!this.#nullSender) this.#options.outbox.checkSender(identity, sender);
  }

  /** RCPT: one box, and the sender learns its name and price. The own address beside it, as "reply to all" adds it, changes nothing. */
  async addRecipient(address: string): Promise<void> {
    const identity = this.#loggedIn();
    if (this.#isOwn(identity, address)) {
      this.#destination ??= 'self';
      this.#recipientText = this.#options.wording.say('recipient-self');
      return;
    }
    const named = address.toLowerCase();
    if (this.#named !== undefined && this.#named !== named) throw new Refused('recipients-too-many');
    const { outbox } = this.#options;
    this.#destination = outbox.isPickupAddress(address)
      ? 'pickup'
      : await withinBudget(RECIPIENT_BUDGET_MS, this.#closed.signal, (signal) =>
          outbox.checkRecipient(identity, address, signal),
        );
    this.#named = named;
    this.#recipientText = describe(this.#destination, this.#options.wording);
  }

  /** What the recipient that was accepted last is called in its reply. */
  get recipientText(): string {
    return this.#recipientText;
  }

  /** DATA: the text of the 250, given only when ISDS has the message. */
  async receive(stream: SMTPServerDataStream): Promise<string> {
    const identity = this.#loggedIn();
    const { limits, spoolDirectory } = this.#options;
    const signal = AbortSignal.any([this.#closed.signal, AbortSignal.timeout(DATA_DEADLINE_MS)]);
    addAbortSignal(signal, stream);
    const source = withinSize(stream, limits.maxMessageOctets, () => this.tooLarge());
    const mail = await readMail(source, { spoolDirectory, signal });
    try {
      return await this.#send(identity, mail);
    } finally {
      await mail.dispose();
    }
  }

  /** How large the mail is cannot be said, for it was not read to its end; its files are what the sender can change. */
  tooLarge(): Refused {
    return new Refused('mail-too-large', { limit: inMegabytes(this.#options.limits.maxTotalOctets, 'down') });
  }

  async #send(identity: Identity, mail: DraftMail): Promise<string> {
    const { domain, log, outbox, wording } = this.#options;
    const answer = answerWithoutSending(mail, this.#destination === 'self');
    if (answer !== undefined) {
      log.info({ account: identity.account, nature: mail.nature }, 'smtp message discarded');
      return wording.say(answer);
    }
    if (this.#nullSender) {
      throw new Refused('sender-foreign', { address: '<>', own: `${identity.login}@${domain}` });
    }
    if (mail.from !== undefined) outbox.checkSender(identity, mail.from);
    if (this.#destination === 'pickup') {
      await outbox.permitPickup(identity);
      log.info({ account: identity.account }, 'pick-up allowed by mail');
      return wording.say('pickup-allowed');
    }
    const recipient = this.#recipient(identity, this.#destination);
    const { dmID, repeated } = await outbox.send(identity, recipient, mail, this.sessionId);
    const facts = { account: identity.account, dmID, repeated, box: recipient.boxId, files: mail.files.length };
    log.info(facts, 'smtp message sent');
    const box = recipient.name ?? recipient.boxId;
    const sent = wording.say(repeated ? 'message-sent-before' : 'message-sent', { dmID, box });
    return sent + leftOutText(mail.leftOut, wording);
  }

  #recipient(identity: Identity, destination: Recipient | 'self' | undefined): Recipient {
    if (destination === undefined) throw new Error('DATA without a recipient');
    if (destination === 'self') throw new Refused('recipient-own-box', { box: identity.box.boxId });
    return destination;
  }

  #isOwn(identity: Identity, address: string): boolean {
    try {
      this.#options.outbox.checkSender(identity, address);
      return true;
    } catch {
      return false;
    }
  }

  #loggedIn(): Identity {
    // AUTH is not offered without TLS, and then MAIL comes without it.
    if (this.#identity === undefined) throw new Refused('encryption-required');
    return this.#identity;
  }
}

function describe(destination: Recipient | 'pickup', wording: Wording): string {
  if (destination === 'pickup') return wording.say('recipient-pickup');
  const { name, boxId, paid } = destination;
  return wording.say(paid ? 'recipient-paid' : 'recipient-free', { name: name ?? boxId });
}

/** A file wrongly taken for decoration must not vanish without a word (mail-clients §10.4). */
function leftOutText(names: readonly string[], wording: Wording): string {
  if (names.length === 0) return '';
  const phrase = names.length > MOST_NAMES_LEFT_OUT ? 'files-left-out-and-more' : 'files-left-out';
  return wording.say(phrase, { names: names.slice(0, MOST_NAMES_LEFT_OUT).join(', ') });
}
