/** The state of one mail program on its connection: who it is, what it is sending, and what it is answered. */
import { addAbortSignal } from 'node:stream';
import type { SMTPServerDataStream } from 'smtp-server';
import { type Identity, refuseAnother, refuseForeign } from '../accounts/index.ts';
import { inMegabytes } from '../attachments/index.ts';
import { isPermanent, Refused } from '../refusals/index.ts';
import { pickupAddress, TIME_BUDGETS, Secret } from '../core/index.ts';
import { Deadline } from '../net/index.ts';
import { type DraftMail, readMail } from '../mail-parser/index.ts';
import type { Sent } from '../outbox/index.ts';
import { Destination } from './destination.ts';
import { DATA_DEADLINE_MS, MAX_REFUSED_RECIPIENTS, MAX_FAILED_LOGINS } from './limits.ts';
import type { SmtpOptions } from './options.ts';
import { withinSize } from './message-stream.ts';
import { describeRecipient, sentText } from './success-texts.ts';
import { answerWithoutSending } from './special-mail.ts';
import { withinBudget } from './time-budget.ts';

export class Session {
  readonly sessionId: string;
  readonly #remoteAddress: string;
  readonly #options: SmtpOptions;
  readonly #closed = new AbortController();
  #identity: Identity | undefined;
  #failedLogins = 0;
  #refusedRecipients = 0;
  #nullSender = false;
  #destination = new Destination();
  #recipientText = '';
  /** A success of which it is not known yet whether the program heard. */
  #told: Sent | undefined;

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
    return this.#failedLogins >= MAX_FAILED_LOGINS;
  }

  get isLoggedIn(): boolean {
    return this.#identity !== undefined;
  }

  get recipientsExhausted(): boolean {
    return this.#refusedRecipients >= MAX_REFUSED_RECIPIENTS;
  }

  /** `onBehalfOf` is for whom the mail program wants to act, empty for itself: nobody acts for others here (RFC 4616 §2). */
  async logIn(name: string, password: string, onBehalfOf: string): Promise<Identity> {
    const { accounts, domain, log } = this.#options;
    // Guesses that were pipelined behind the last one run before the connection is closed.
    if (this.loginsExhausted) throw new Refused('wrong-password');
    try {
      if (password === '') throw new Refused('password-missing');
      refuseAnother(onBehalfOf, name, domain);
      const identity = await accounts.logIn({
        name,
        password: new Secret(password),
        sessionId: this.sessionId,
        remoteAddress: this.#remoteAddress,
        protocol: 'smtp',
        left: this.#closed.signal,
      });
      refuseForeign(onBehalfOf, identity, domain);
      this.#identity = identity;
      log.info({ account: identity.account, remote: this.#remoteAddress }, 'smtp login');
      return identity;
    } catch (error) {
      this.#failedLogins++;
      throw error;
    }
  }

  /** MAIL: permanent refusals only, because Thunderbird misreads temporary ones here (mail-clients §9.2). */
  startMessage(sender: string): void {
    const identity = this.#loggedIn();
    this.#destination = new Destination();
    this.#nullSender = sender === '';
    // Read receipts come with the null sender (RFC 8098 §3); whether it is one shows after DATA.
    if (!this.#nullSender) this.#options.outbox.checkSender(identity, sender);
  }

  /**
   * RCPT: a box, and the sender learns its name and price. The own address beside boxes, as "reply to all" adds it, changes
   * nothing.
   */
  async addRecipient(address: string): Promise<void> {
    const identity = this.#loggedIn();
    const { domain, outbox, refusedRecipients, wording, timeBudgets = TIME_BUDGETS } = this.#options;
    if (this.#isOwn(identity, address)) {
      this.#destination.addSelf();
      this.#recipientText = wording.say('recipient-self');
    } else if (address.toLowerCase() === pickupAddress(domain)) {
      this.#destination.addPickup();
      this.#recipientText = wording.say('recipient-pickup');
    } else {
      this.#destination.refuseIfFull();
      refusedRecipients.refuseIfTooMany(identity.account);
      const recipient = await withinBudget(timeBudgets.recipient, this.#closed.signal, (signal) =>
        outbox.checkRecipient(identity, address, signal),
      ).catch((error: unknown) => {
        if (error instanceof Refused && isPermanent(error)) {
          this.#refusedRecipients++;
          refusedRecipients.note(identity.account);
        }
        throw error;
      });
      this.#destination.addBox(recipient);
      this.#recipientText = describeRecipient(recipient, wording);
    }
  }

  /** What the recipient that was accepted last is called in its reply. */
  get recipientText(): string {
    return this.#recipientText;
  }

  /** DATA: the text of the 250, given only when ISDS has the message; no program waits longer than it can bear. */
  async receive(stream: SMTPServerDataStream): Promise<string> {
    const identity = this.#loggedIn();
    const { limits, spoolDirectory, htmlThreads, timeBudgets = TIME_BUDGETS } = this.#options;
    const signal = AbortSignal.any([this.#closed.signal, AbortSignal.timeout(DATA_DEADLINE_MS)]);
    addAbortSignal(signal, stream);
    const source = withinSize(stream, limits.maxMessageOctets, () => this.tooLarge());
    let answerBy = new Deadline(timeBudgets.data);
    stream.once('end', () => (answerBy = new Deadline(timeBudgets.data)));
    const mail = await readMail(source, { spoolDirectory, htmlThreads, signal, account: identity.account });
    return this.#answer(identity, mail, answerBy);
  }

  /**
   * The program has gone on after the answer to its mail. One that does not, because the answer got lost on its way, will come
   * again with the same mail (RFC 1047).
   */
  async confirm(): Promise<void> {
    const told = this.#told;
    this.#told = undefined;
    if (told !== undefined) await this.#options.outbox.confirm(told);
  }

  /** How large the mail is cannot be said, for it was not read to its end; its files are what the sender can change. */
  tooLarge(): Refused {
    return new Refused('mail-too-large', { limit: inMegabytes(this.#options.limits.maxTotalOctets, 'down') });
  }

  async #answer(identity: Identity, mail: DraftMail, answerBy: Deadline): Promise<string> {
    const { log, outbox, wording } = this.#options;
    let release: (() => Promise<void>) | undefined = () => mail.dispose();
    try {
      const answer = await this.#answerWithoutSending(identity, mail);
      if (answer !== undefined) return answer;
      const recipients = this.#destination.boxes;
      if (recipients.length === 0) throw new Refused('recipient-own-box', { box: identity.box.boxId });
      const options = { timeBudgetMs: answerBy.remaining(), gone: this.#closed.signal, release };
      // The outbox needs the mail as long as it is being sent, which may be longer than anybody waits.
      release = undefined;
      const sent = await outbox.send(identity, recipients, mail, this.sessionId, options);
      const messages = sent.messages.map(({ recipient, dmID, repeated }) => ({ box: recipient.boxId, dmID, repeated }));
      const failed = sent.failures.map(({ recipient, refusal: { reason } }) => ({ box: recipient.boxId, reason }));
      log.info({ account: identity.account, messages, failed, files: mail.files.length }, 'smtp message sent');
      this.#told = sent;
      return sentText(sent, mail.leftOut, wording);
    } finally {
      await release?.();
    }
  }

  /** What is said to a mail that is not sent to a box, undefined for one that is. */
  async #answerWithoutSending(identity: Identity, mail: DraftMail): Promise<string | undefined> {
    const { domain, log, outbox, permitPickup, wording } = this.#options;
    const answer = answerWithoutSending(mail, this.#destination.kind === 'self');
    if (answer !== undefined) {
      log.info({ account: identity.account, nature: mail.nature }, 'smtp message discarded');
      return wording.say(answer);
    }
    if (this.#nullSender) {
      throw new Refused('sender-foreign', { address: '<>', own: `${identity.login}@${domain}` });
    }
    if (mail.from !== undefined) outbox.checkSender(identity, mail.from);
    if (this.#destination.kind !== 'pickup') return undefined;
    await permitPickup(identity.account);
    log.info({ account: identity.account }, 'pick-up allowed by mail');
    return wording.say('pickup-allowed');
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
