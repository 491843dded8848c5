/** A data box of one login, in memory, that writes down what it was asked. */
import type { Identity } from '../../src/accounts/index.ts';
import { createLog } from '../../src/core/index.ts';
import {
  type DownloadEvent,
  type Envelope,
  IsdsError,
  type IsdsAccount,
  type ListQuery,
} from '../../src/isds/index.ts';
import { createMailbox, type Maildrop } from '../../src/mailbox/index.ts';
import { openStore, type Store } from '../../src/store/index.ts';

export interface FakeFile {
  readonly name: string;
  readonly content: Buffer;
}

export class FakeAccount {
  /** One line a call, in order. */
  readonly calls: string[] = [];
  messages: Envelope[] = [];
  readonly files = new Map<string, readonly FakeFile[]>();
  /** Failure of the next list, download or mark. */
  readonly trouble: { list?: IsdsError; download?: IsdsError; mark?: IsdsError } = {};
  /** Octets of content after which a download breaks off. */
  breakAfter = Infinity;
  /** Downloads that were begun and neither ended nor given up. */
  openDownloads = 0;

  readonly access = {
    listReceived: async ({ to, limit }: ListQuery): Promise<Envelope[]> => {
      this.calls.push('list');
      if (this.trouble.list) throw this.trouble.list;
      const within = this.messages.filter(({ arrivedAt }) => to === undefined || (arrivedAt ?? new Date(0)) <= to);
      return within.toSorted((a, b) => Number(b.arrivedAt) - Number(a.arrivedAt)).slice(0, limit);
    },
    downloadMessage: (dmID: string): AsyncIterable<DownloadEvent> => this.#download(dmID),
    markAsDownloaded: async (dmID: string): Promise<void> => {
      this.calls.push(`mark ${dmID}`);
      if (this.trouble.mark) throw this.trouble.mark;
    },
  };

  async *#download(dmID: string): AsyncGenerator<DownloadEvent> {
    this.calls.push(`download ${dmID}`);
    this.openDownloads++;
    try {
      if (this.trouble.download) throw this.trouble.download;
      let sent = 0;
      for (const { name, content } of this.files.get(dmID) ?? []) {
        yield { kind: 'file', file: { name, mimeType: '', metaType: 'main', encoding: 'base64' } };
        const base64 = Buffer.from(content.toString('base64'));
        for (let at = 0; at < base64.length; at += 1_000) {
          const octets = base64.subarray(at, at + 1_000);
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

export function newMaildrop(account = new FakeAccount(), store: Store = openStore(':memory:'), view = ''): Maildrop {
  const identity: Identity = {
    account: 'stastny1',
    view,
    login: 'stastny1',
    box: { boxId: 'zzzzzzq', boxType: 'PO', name: 'Kovárna Šťastný s.r.o.', boxState: 1 },
    rights: 255,
    passwordExpiry: undefined,
    isds: account.access as unknown as IsdsAccount,
  };
  const mailbox = createMailbox({ store, domain, clock: { now: () => 0 }, log: createLog('silent') });
  return mailbox.open(identity, 'bcdfghjk');
}

export const never = new AbortController().signal;

export async function readAll(content: AsyncIterable<Buffer>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(content));
}
