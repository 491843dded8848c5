/** A box in memory: accounts and a mailbox that write down what a conversation asked of them. */
import type { Accounts, Identity, LoginAttempt } from '../../src/accounts/index.ts';
import { Refused } from '../../src/refusals/index.ts';
import type { IsdsAccount } from '../../src/isds/index.ts';
import type { ListedMessage, Mailbox, Maildrop, OpenedMail } from '../../src/mailbox/index.ts';

export const NAME = 'abc123';
/** Spaces and a colon are legal in ISDS passwords. */
export const PASSWORD = 'Tajné heslo: 1 ';

export interface FakeMail {
  readonly uid: string;
  readonly chunks: readonly string[];
  /** Octets in the list, when they are to differ from the content's. */
  readonly announced?: number;
  /** What prepare() answers; right away when absent. */
  readonly prepared?: () => Promise<void>;
  /** The first chunk waits for this. */
  readonly header?: Promise<void>;
  /** Thrown after the last chunk. */
  readonly failure?: Error;
}

export function mail(uid: string, ...chunks: string[]): FakeMail {
  return { uid, chunks };
}

export class FakeAccounts implements Accounts {
  readonly attempts: LoginAttempt[] = [];
  refusal: Refused | undefined;
  expiry: Date | undefined;
  boxName = 'Obec Příbram';

  async logIn(attempt: LoginAttempt): Promise<Identity> {
    this.attempts.push(attempt);
    if (this.refusal !== undefined) throw this.refusal;
    if (attempt.name !== NAME || attempt.password.reveal() !== PASSWORD) throw new Refused('wrong-password');
    return {
      account: NAME,
      view: '',
      login: NAME,
      box: { boxId: 'hjyaavk', boxType: 'OVM', name: this.boxName, boxState: 1 },
      rights: 7,
      loginKind: 'password',
      passwordExpiry: this.expiry,
      isds: unreachable,
    };
  }
}

export class FakeMailbox implements Mailbox, Maildrop {
  mails: readonly FakeMail[];
  /** Pick-ups that were asked for. */
  lists = 0;
  /** A list was made before. */
  isKnown = true;
  listRefusal: Refused | undefined;
  hideRefusal: Refused | undefined;
  readonly opened: string[] = [];
  /** By which messages that were opened are given up. */
  readonly signals: AbortSignal[] = [];
  readonly prepared: string[] = [];
  readonly marked: string[] = [];
  readonly hidden: string[][] = [];
  /** Chunks that were asked for, over all messages. */
  pulled = 0;
  /** Iterations that were left, at their end or before. */
  released = 0;
  /** What markRead waits for. */
  marking: Promise<void> = Promise.resolve();

  constructor(mails: readonly FakeMail[]) {
    this.mails = mails;
  }

  open(identity: Identity, sessionId: string): Maildrop;
  open(message: ListedMessage, signal: AbortSignal): OpenedMail;
  open(subject: Identity | ListedMessage, given: string | AbortSignal): Maildrop | OpenedMail {
    if (!('uid' in subject)) return this;
    if (typeof given !== 'string') this.signals.push(given);
    return this.openMail(subject.uid);
  }

  async messages(): Promise<readonly ListedMessage[]> {
    this.lists++;
    if (this.listRefusal !== undefined) throw this.listRefusal;
    return this.#listed();
  }

  async lastKnown(): Promise<readonly ListedMessage[]> {
    if (!this.isKnown) throw new Refused('list-first');
    return this.#listed();
  }

  #listed(): ListedMessage[] {
    return this.mails.map(({ uid, chunks, announced }) => ({
      uid,
      octets: announced ?? Buffer.byteLength(chunks.join('')),
    }));
  }

  async markRead(message: ListedMessage): Promise<void> {
    this.marked.push(message.uid);
    await this.marking;
  }

  async hide(messages: readonly ListedMessage[]): Promise<void> {
    if (this.hideRefusal !== undefined) throw this.hideRefusal;
    this.hidden.push(messages.map(({ uid }) => uid));
  }

  /** Tests put another in its place. */
  openMail(uid: string): OpenedMail {
    const found = this.mails.find((candidate) => candidate.uid === uid);
    if (found === undefined) throw new Error('no such mail');
    this.opened.push(uid);
    return {
      prepare: async () => {
        this.prepared.push(uid);
        await found.prepared?.();
      },
      content: this.#content(found),
    };
  }

  async *#content({ chunks, header, failure }: FakeMail): AsyncIterable<Buffer> {
    try {
      await header;
      for (const chunk of chunks) {
        this.pulled++;
        yield Buffer.from(chunk);
      }
      if (failure !== undefined) throw failure;
    } finally {
      this.released++;
    }
  }
}

async function* nothing(): AsyncIterable<never> {}

/** A POP3 conversation never speaks to ISDS by itself. */
export const unreachable: IsdsAccount = {
  serverTime: () => undefined,
  getOwnerInfo: never,
  getUserInfo: never,
  getPasswordExpiry: never,
  listReceived: never,
  listSent: never,
  registerForNotifications: never,
  listNotifications: never,
  downloadEnvelope: never,
  downloadMessage: nothing,
  downloadOriginal: nothing,
  downloadBigMessage: nothing,
  downloadBigOriginal: nothing,
  sentFiles: never,
  markAsDownloaded: never,
  uploadAttachment: never,
  createBigMessage: never,
  createMessage: never,
  createMultipleMessage: never,
  checkBox: never,
  findBox: never,
  findBoxesByIco: never,
  canSendPdz: never,
  pdzOffers: never,
  prices: never,
};

function never(): Promise<never> {
  return Promise.reject(new Error('POP3 called ISDS'));
}
