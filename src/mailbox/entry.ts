/** What stands in a maildrop for a message: the message, a notice that it is too large, or its envelope alone. */
import { Right } from '../isds/index.ts';
import type { Envelope } from '../isds/index.ts';
import { composeReceivedMail, type ReceivedMail } from '../mime/index.ts';
import type { IndexedKind, IndexedMessage } from '../store/index.ts';
import { announcedSize } from './announced-size.ts';
import type { ListedMessage } from './types.ts';

export interface Entry extends ListedMessage {
  readonly message: IndexedMessage;
}

/** States in which a message waits for somebody who may read it (isds §3.4). */
const WAITING_STATES: ReadonlySet<number> = new Set([4, 5]);

/** State 7: somebody has read the message, and ISDS knows. */
const STATE_READ = 7;

const LARGE_MESSAGE_NOTICE =
  'Toto je velkoobjemová datová zpráva. Tato verze brány její přílohy zatím neumí stáhnout: vyzvedněte je na portálu datových schránek. Zpráva je doručena okamžikem uvedeným výše.\n';

const ENVELOPE_ONLY_NOTICE =
  'Tento účet smí jen nahlížet na seznam zpráv. Obsah zprávy si může přečíst oprávněná osoba na portálu nebo svým účtem.\n';

/** Marks the UIDL of what is not the message itself, so that the message can come under its own later (design §4). */
const UID_SUFFIX: Readonly<Record<IndexedKind, string>> = { message: '', large: '-oznameni', envelope: '-obalka' };

export function entryFor(message: IndexedMessage): Entry {
  return { uid: `${message.dmID}${UID_SUFFIX[message.kind]}`, octets: message.octets, message };
}

/**
 * The message as the index keeps it; `known` is what the index had before. Undefined for one that arrived while the list was
 * made: the next list delivers it to this login and brings it.
 */
export function indexed(
  envelope: Envelope,
  rights: number,
  known: IndexedMessage | undefined,
  compose: (envelope: Envelope, kind: IndexedKind) => ReceivedMail,
  withOriginal: boolean,
): IndexedMessage | undefined {
  const kind = kindOf(envelope, rights);
  if (kind === undefined) return undefined;
  return {
    dmID: envelope.dmID,
    kind,
    arrivedAt: envelope.arrivedAt?.getTime() ?? 0,
    octets: known?.kind === kind ? known.octets : sizeOf(envelope, kind, compose(envelope, kind), withOriginal),
    read: envelope.state === STATE_READ || (known?.read ?? false),
    goneAt: undefined,
  };
}

/** The mail for a message of this kind; what the index calls by another name is another mail with another Message-ID. */
export function composeFor(envelope: Envelope, kind: IndexedKind, domain: string): ReceivedMail {
  return composeReceivedMail(envelope, { domain, idSuffix: UID_SUFFIX[kind] });
}

/** What a mail of this kind says in place of files; undefined when the files come themselves. */
export function noticeOf(kind: IndexedKind): string | undefined {
  switch (kind) {
    case 'message':
      return undefined;
    case 'large':
      return LARGE_MESSAGE_NOTICE;
    case 'envelope':
      return ENVELOPE_ONLY_NOTICE;
  }
}

function kindOf(envelope: Envelope, rights: number): IndexedKind | undefined {
  if (!mayRead(envelope, rights)) {
    // Somebody else may have read what this login may not: then its own refusal explains it, under the message's name.
    return mayReadAnything(rights) && !WAITING_STATES.has(envelope.state) ? 'message' : 'envelope';
  }
  if (WAITING_STATES.has(envelope.state)) return undefined;
  return envelope.vodz ? 'large' : 'message';
}

function mayRead(envelope: Envelope, rights: number): boolean {
  const needed = envelope.personalDelivery ? Right.readPersonal : Right.readOrdinary | Right.readPersonal;
  return (rights & needed) !== 0;
}

function mayReadAnything(rights: number): boolean {
  return (rights & (Right.readOrdinary | Right.readPersonal)) !== 0;
}

function sizeOf(envelope: Envelope, kind: IndexedKind, mail: ReceivedMail, withOriginal: boolean): number {
  const notice = noticeOf(kind);
  if (notice !== undefined) return mail.head.length + mail.note(notice).length + mail.end(0).length;
  return announcedSize(mail.head.length, envelope.attachmentSize, withOriginal);
}
