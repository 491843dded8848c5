/** An ISDS, an outbox and mails as far as sending needs them. */
import { tmpdir } from 'node:os';
import { extname } from 'node:path';
import { createLog } from '../../src/core/index.ts';
import type {
  Envelope,
  FoundBox,
  IsdsError,
  ListQuery,
  OutgoingBigMessage,
  OutgoingFile,
  OutgoingMessage,
  OutgoingMultiple,
  OwnerInfo,
  PdzOffer,
  Prices,
  SentFile,
  SingleOutcome,
  UploadedFile,
} from '../../src/isds/index.ts';
import type { Draft, DraftFile } from '../../src/mail-parser/index.ts';
import {
  createOutbox,
  type Outbox,
  type OutboxOptions,
  type Recipient,
  type SenderIdentity,
} from '../../src/outbox/index.ts';
import { memoryStore, type Store } from '../../src/store/index.ts';
import { envelopeOf } from '../mail-writer/envelope.ts';
import { pdfThreads } from '../support/threads.ts';

export const domain = 'datovka.example.cz';
export const office = { boxId: 'aydaadk', name: 'Úřad městské části Praha 99', paid: false };
export const OWN_BOX: OwnerInfo = { boxId: 'zzzzzzq', boxType: 'PO', name: 'Kovárna Šťastný s.r.o.', boxState: 1 };
export const MINUTE = 60_000;

const UNKNOWN_PRICES: Prices = {
  fromCredit: undefined,
  byContract: undefined,
  largeFromCredit: undefined,
  largeByContract: undefined,
};

/** The filter of a list of those messages only. */
const WITHOUT_ARRIVAL = 6;

/** ISDS as far as sending needs it; `calls` has one line a call. */
export function newIsds(found?: Partial<FoundBox> | null) {
  const isds = {
    calls: [] as string[],
    sent: [] as OutgoingMessage[],
    listed: [] as Envelope[],
    state: 1,
    pdz: true,
    create: async (): Promise<string> => String(1_000 + isds.sent.length),
    checkBox: async (box: string) => {
      isds.calls.push(`check ${box}`);
      return isds.state;
    },
    findBox: async (box: string): Promise<FoundBox | undefined> => {
      isds.calls.push(`find ${box}`);
      if (found === null) return undefined;
      return { boxId: box, boxType: 'OVM', name: office.name, address: '', sendOptions: 'DZ', ...found };
    },
    findBoxesByIco: async (): Promise<readonly FoundBox[]> => [],
    canSendPdz: async (box: string) => {
      isds.calls.push(`pdz ${box}`);
      return isds.pdz;
    },
    pdzOffers: async (): Promise<readonly PdzOffer[]> => [],
    prices: async (): Promise<Prices> => UNKNOWN_PRICES,
    downloadEnvelope: async (dmID: string) => {
      isds.calls.push(`envelope ${dmID}`);
      return envelopeOf({ dmID });
    },
    /** By ISDS's clock; undefined until it has answered anything. */
    time: 0 as number | undefined,
    serverTime: () => isds.time,
    getOwnerInfo: async (): Promise<OwnerInfo> => {
      isds.calls.push('owner');
      isds.time ??= 0;
      return OWN_BOX;
    },
    listSent: async ({ from, statusFilter }: ListQuery) => {
      if (statusFilter === WITHOUT_ARRIVAL) {
        isds.calls.push('sent without arrival');
        return isds.listed.filter(({ state }) => state < 3);
      }
      isds.calls.push(`sent since ${from?.toISOString()}`);
      return isds.listed;
    },
    /** What a sent message holds; the first that was handed over, unless a test says otherwise. */
    holds: (_dmID: string): readonly SentFile[] => isds.first ?? [],
    first: undefined as readonly SentFile[] | undefined,
    sentFiles: async (dmID: string): Promise<readonly SentFile[]> => {
      isds.calls.push(`files of ${dmID}`);
      return isds.holds(dmID);
    },
    createMessage: async (message: OutgoingMessage) => {
      isds.calls.push(`create ${message.recipientBox}`);
      isds.sent.push(message);
      isds.first ??= message.files;
      return isds.create();
    },
    /** What CreateMultipleMessage answers, by box; other boxes get a message. */
    refused: new Map<string, IsdsError>(),
    createMultipleMessage: async (message: OutgoingMultiple): Promise<readonly SingleOutcome[]> => {
      const boxes = message.recipients.map(({ boxId }) => boxId);
      isds.first ??= message.files;
      isds.calls.push(`create ${boxes.join(' ')}`);
      return boxes.map((box, index) => {
        const error = isds.refused.get(box);
        return error === undefined ? { dmID: String(2_001 + index) } : { error };
      });
    },
    uploads: 0,
    uploaded: new Map<string, SentFile>(),
    uploadAttachment: async (file: OutgoingFile): Promise<UploadedFile> => {
      const { name } = file;
      isds.calls.push(`upload ${name}`);
      const digest = { algorithm: 'SHA-256', value: name };
      isds.uploaded.set(String(++isds.uploads), file);
      return { attachmentId: String(isds.uploads), digests: [digest, digest] };
    },
    createBigMessage: async ({ recipientBox, files }: OutgoingBigMessage) => {
      const ids = files.map(({ uploaded, metaType }) => `${metaType} ${uploaded.attachmentId}`);
      isds.calls.push(`create big ${recipientBox}: ${ids.join(', ')}`);
      isds.first ??= files.flatMap(({ uploaded }) => isds.uploaded.get(uploaded.attachmentId) ?? []);
      return isds.createBig();
    },
    createBig: async (): Promise<string> => '3001',
  };
  return isds;
}

export function newOutbox(
  store: Store = memoryStore(),
  clock = { now: () => 0 },
  changes: Partial<OutboxOptions> = {},
): Outbox {
  return createOutbox({
    submissions: store.submissions,
    sentContents: store.sentContents,
    reports: store.reports,
    promises: store.promises,
    domain,
    clock,
    log: createLog('silent'),
    text: { body: 'txt', quotedText: 'keep', signature: 'keep' },
    spoolDirectory: tmpdir(),
    pdfThreads,
    maxFiles: 3,
    maxTotalOctets: 1_000,
    paidMessages: 'allow',
    ...changes,
  });
}

export function identityOf(isds: ReturnType<typeof newIsds>, changes: Partial<SenderIdentity> = {}): SenderIdentity {
  return {
    account: 'stastny1',
    view: '',
    login: 'Stastny1',
    box: OWN_BOX,
    rights: 255,
    loginKind: 'password',
    passwordExpiry: undefined,
    isds,
    ...changes,
  };
}

/** What ISDS looks at first. */
const BEGINNINGS: Readonly<Record<string, string>> = { '.pdf': '%PDF-1.7 ', '.png': '\x89PNG\r\n\x1a\n' };

export function fileOf(name: string, content = 'obsah'): DraftFile {
  const beginning = Buffer.from(BEGINNINGS[extname(name)] ?? '', 'latin1');
  const octets = content === '' ? Buffer.alloc(0) : Buffer.concat([beginning, Buffer.from(content)]);
  return {
    name,
    declaredType: 'application/x-cokoli',
    size: octets.length,
    sha256: content,
    async *open() {
      yield octets;
    },
    read: async (position, length) => octets.subarray(position, position + length),
  };
}

export function draftOf(changes: Partial<Draft> = {}): Draft {
  return {
    from: `zzzzzzq@${domain}`,
    messageId: '<1@pocitac>',
    subject: 'Vyjádření k výzvě',
    answers: [],
    envelopeFields: [],
    date: undefined,
    pictures: [],
    text: 'Dobrý den,\nposílám vyjádření.\n',
    files: [fileOf('vyjádření.pdf')],
    ...changes,
  };
}

/** What became of a mail to one box, when that was told to the mail program. */
export async function sendTo(
  outbox: Outbox,
  identity: SenderIdentity,
  recipient: Recipient,
  draft: Draft,
  session: string,
) {
  const sent = await outbox.send(identity, [recipient], draft, session);
  await outbox.confirm(sent);
  const [message] = sent.messages;
  return { dmID: message?.dmID, repeated: message?.repeated };
}
