/** A data box of one login, in memory, that writes down what it was asked. */
import { tmpdir } from 'node:os';
import { type Clock, createLog } from '../../src/core/index.ts';
import {
  type CallOptions,
  type DownloadEvent,
  type Envelope,
  IsdsError,
  type ListQuery,
  type Notification,
  type NotificationPage,
  type OwnerInfo,
  type ReadingCalls,
} from '../../src/isds/index.ts';
import {
  createMailbox,
  type Mailbox,
  type Maildrop,
  type PickupPolicy,
  type ReaderIdentity,
} from '../../src/mailbox/index.ts';
import { memoryStore, type Store } from '../../src/store/index.ts';

export interface FakeFile {
  readonly name: string;
  readonly content: Buffer;
}

const OWN_BOX: OwnerInfo = { boxId: 'zzzzzzq', boxType: 'PO', name: 'Kovárna Šťastný s.r.o.', boxState: 1 };

function notSealed(): never {
  throw new Error('this box gives no originals');
}

export class FakeAccount {
  /** One line a call, in order. */
  readonly calls: string[] = [];
  /** By which lists that have not begun are given up. */
  readonly turns: AbortSignal[] = [];
  messages: Envelope[] = [];
  /** Messages whose content is gone; their envelopes stay (isds §3.5). */
  readonly erased = new Map<string, Envelope>();
  readonly files = new Map<string, readonly FakeFile[]>();
  /** What arrived, oldest first, as ISDS tells it without delivering. */
  notifications: Notification[] = [];
  pageLength = 10_000;
  /** A list or a look waits for this before it is answered. */
  silence: Promise<void> | undefined;
  /** What ends the wait of the last look for its turn. */
  deserted: AbortSignal | undefined;
  /** What ISDS's clock shows. */
  serverTime: () => number | undefined = () => undefined;
  /** Failure of the next list, download or mark. */
  readonly trouble: {
    ownerInfo?: IsdsError | undefined;
    list?: IsdsError;
    notifications?: IsdsError;
    download?: IsdsError;
    mark?: IsdsError;
  } = {};
  /** Failures of every download of a message. */
  readonly troubleOf = new Map<string, IsdsError>();
  /** Octets of content after which a download breaks off. */
  breakAfter = Infinity;
  /** Downloads that were begun and neither ended nor given up. */
  openDownloads = 0;

  readonly access: ReadingCalls = {
    serverTime: (): number | undefined => this.serverTime(),
    getOwnerInfo: async (): Promise<OwnerInfo> => {
      this.calls.push('owner');
      if (this.trouble.ownerInfo) throw this.trouble.ownerInfo;
      return OWN_BOX;
    },
    listReceived: async ({ from, to, limit }: ListQuery, options: CallOptions = {}): Promise<Envelope[]> => {
      await options.beforeSending?.();
      if (options.deserted) this.turns.push(options.deserted);
      this.calls.push(from === undefined ? 'list' : `list from ${from.toISOString()}`);
      await this.silence;
      if (this.trouble.list) throw this.trouble.list;
      const within = this.messages.filter(
        ({ arrivedAt = new Date(0) }) =>
          (to === undefined || arrivedAt <= to) && (from === undefined || arrivedAt >= from),
      );
      return within.toSorted((a, b) => Number(b.arrivedAt) - Number(a.arrivedAt)).slice(0, limit);
    },
    registerForNotifications: async (): Promise<void> => {
      this.calls.push('register');
    },
    listNotifications: async (from: Date, { deserted }: CallOptions = {}): Promise<NotificationPage> => {
      this.deserted = deserted;
      this.calls.push(`notifications from ${from.toISOString()}`);
      await this.silence;
      if (this.trouble.notifications) throw this.trouble.notifications;
      const later = this.notifications.filter(({ arrivedAt = new Date(0) }) => arrivedAt >= from);
      return { notifications: later.slice(0, this.pageLength), continues: later.length > this.pageLength };
    },
    downloadEnvelope: async (dmID: string): Promise<Envelope> => {
      this.calls.push(`envelope ${dmID}`);
      const envelope = this.messages.find((message) => message.dmID === dmID) ?? this.erased.get(dmID);
      if (envelope) return envelope;
      throw new IsdsError({ kind: 'status', code: '1219', message: '', class: 'not-obtainable' });
    },
    downloadMessage: (dmID: string): AsyncIterable<DownloadEvent> => this.#download('download', dmID, false),
    downloadBigMessage: (dmID: string): AsyncIterable<DownloadEvent> => this.#download('big download', dmID, true),
    // Tests of the original put their own in the place of these.
    downloadOriginal: notSealed,
    downloadBigOriginal: notSealed,
    markAsDownloaded: async (dmID: string): Promise<void> => {
      this.calls.push(`mark ${dmID}`);
      if (this.trouble.mark) throw this.trouble.mark;
    },
  };

  async *#download(call: string, dmID: string, large: boolean): AsyncGenerator<DownloadEvent> {
    this.calls.push(`${call} ${dmID}`);
    this.openDownloads++;
    try {
      if (this.trouble.download) throw this.trouble.download;
      const trouble = this.troubleOf.get(dmID);
      if (trouble) throw trouble;
      if (this.messages.some((message) => message.dmID === dmID && message.vodz !== large)) {
        throw new IsdsError({ kind: 'status', code: '1281', message: '', class: 'other-service' });
      }
      const encoding = large ? 'octets' : 'base64';
      let sent = 0;
      for (const { name, content } of this.files.get(dmID) ?? []) {
        yield { kind: 'file', file: { name, mimeType: '', metaType: 'main', encoding } };
        const written = large ? content : Buffer.from(content.toString('base64'));
        for (let at = 0; at < written.length; at += 1_000) {
          const octets = written.subarray(at, at + 1_000);
          sent += octets.length;
          if (sent > this.breakAfter) throw new IsdsError({ kind: 'truncated' });
          yield { kind: 'content', octets };
        }
      }
      const envelope = this.messages.find((message) => message.dmID === dmID);
      if (envelope) yield { kind: 'end', envelope };
    } finally {
      this.openDownloads--;
    }
  }
}

export const domain = 'datovka.example.cz';

export interface Circumstances {
  readonly account?: FakeAccount;
  readonly store?: Store;
  readonly view?: string;
  readonly rights?: number;
  /** State of the reader's own box. */
  readonly boxState?: number;
  readonly boxType?: string;
  readonly loginKind?: ReaderIdentity['loginKind'];
  readonly policy?: PickupPolicy;
  readonly withOriginal?: boolean;
  readonly withOriginalOfLarge?: boolean;
  readonly spoolDirectory?: string;
  readonly clock?: Clock;
  readonly pollBudgetMs?: number;
}

const everyPoll: PickupPolicy = { mode: 'onPoll', intervalMs: 0, windows: [] };

/** A gateway's mailbox; two of them on one store are the gateway before and after a restart. */
export function newMailbox({
  store = memoryStore(),
  policy = everyPoll,
  clock = { now: () => 0 },
  withOriginal = false,
  withOriginalOfLarge = false,
  spoolDirectory = tmpdir(),
  pollBudgetMs = 30_000,
}: Circumstances): Mailbox {
  return createMailbox({
    store,
    policy,
    domain,
    withOriginal: ({ vodz }) => (vodz ? withOriginalOfLarge : withOriginal),
    spoolDirectory,
    keepErasedMs: 365 * 24 * 60 * 60_000,
    timeBudgets: { poll: pollBudgetMs },
    clock,
    log: createLog('silent'),
  });
}

export function newMaildrop(circumstances: Circumstances = {}): Maildrop {
  return openMaildrop(newMailbox(circumstances), circumstances);
}

export function openMaildrop(mailbox: Mailbox, circumstances: Circumstances): Maildrop {
  return mailbox.open(identityOf(circumstances), 'bcdfghjk');
}

export function identityOf({
  account = new FakeAccount(),
  view = '',
  rights = 255,
  boxType = 'PO',
  boxState = 1,
  loginKind = 'password',
}: Circumstances): ReaderIdentity {
  return {
    account: 'stastny1',
    view,
    login: 'stastny1',
    box: { ...OWN_BOX, boxType, boxState },
    rights,
    loginKind,
    passwordExpiry: undefined,
    isds: account.access,
  };
}

export const never = new AbortController().signal;

export async function readAll(content: AsyncIterable<Buffer>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(content));
}
