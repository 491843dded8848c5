/** Under which name a message stands in a maildrop and how large its mail is: the message, a notice that it waits, or its envelope alone. */
import { Right, type Envelope } from '../isds/index.ts';
import {
  type ComposingContext,
  composeReceivedMail,
  envelopeOnlyNotice,
  type ReceivedMail,
  announcedSize,
} from '../mail-writer/index.ts';
import type { IndexedKind, IndexedMessage } from '../store/index.ts';
import type { WantsOriginal } from './reader.ts';

/** What the size of a mail depends on beside its envelope. */
interface SizeContext extends ComposingContext {
  readonly withOriginal: WantsOriginal;
}

/** States in which a message waits for somebody who may read it (isds §3.4). */
const WAITING_STATES: ReadonlySet<number> = new Set([4, 5]);

/** State 7: somebody has read the message, and ISDS knows. */
const STATE_READ = 7;

/** What a notice says changes with its message: delivered by now, or by whom; it must stay within its announced size. */
const ROOM_FOR_CHANGES_OCTETS = 2_000;

/** Marks the UIDL of what is not the message itself, so that the message can come under its own later (design §4). */
export const UID_SUFFIX: Readonly<Record<IndexedKind, string>> = {
  message: '',
  envelope: '-obalka',
  waiting: '-ceka',
};

/** A message that ISDS has listed; of one that waits only a notification is known. */
export type ListedKind = Exclude<IndexedKind, 'waiting'>;

/** Of the mail that brings the signed original later than its message. */
export const ORIGINAL_SUFFIX = '-original';

/** Of the mail that says that the original will not come, so that it is another mail. */
export const GIVEN_UP_SUFFIX = `${ORIGINAL_SUFFIX}-nelze`;

/** The UIDL of the mail that brings the original later. */
export function lateOriginalUid(dmID: string): string {
  return `${dmID}${ORIGINAL_SUFFIX}`;
}

/** The UIDL of the message under the name of its kind. */
export function uidOf({ dmID, kind }: Pick<IndexedMessage, 'dmID' | 'kind'>): string {
  return `${dmID}${UID_SUFFIX[kind]}`;
}

/**
 * The message as the index keeps it; `known` is what the index had before. Undefined for one that arrived while the list was
 * made: the next list delivers it to this login and brings it.
 */
export function indexed(
  envelope: Envelope,
  rights: number,
  known: IndexedMessage | undefined,
  context: SizeContext,
): IndexedMessage | undefined {
  // Under the name that programs know it by, although the login may not read it any more: its refusal says so.
  const kind = known?.kind === 'message' ? 'message' : kindOf(envelope, rights);
  if (kind === undefined) return undefined;
  return {
    dmID: envelope.dmID,
    kind,
    arrivedAt: envelope.arrivedAt?.getTime() ?? 0,
    octets: known?.kind === kind ? known.octets : sizeOf(envelope, kind, context),
    read: envelope.state === STATE_READ || (known?.read ?? false),
    goneAt: undefined,
  };
}

/** The mail for a message of this kind; what the index calls by another name is another mail with another Message-ID. */
export function composeFor(envelope: Envelope, kind: ListedKind, { domain, now }: ComposingContext): ReceivedMail {
  return composeReceivedMail(envelope, { domain, now, idSuffix: UID_SUFFIX[kind] });
}

function kindOf(envelope: Envelope, rights: number): ListedKind | undefined {
  // Somebody else may have read it; with the right to read, the message comes under its own name.
  if (!mayRead(envelope, rights)) return 'envelope';
  return WAITING_STATES.has(envelope.state) ? undefined : 'message';
}

/** Whether the rights let a login read the message, so that its lists deliver it (isds §2.7, §3.2). */
export function mayRead(envelope: Pick<Envelope, 'personalDelivery'>, rights: number): boolean {
  const needed = envelope.personalDelivery ? Right.readPersonal : Right.readOrdinary | Right.readPersonal;
  return (rights & needed) !== 0;
}

function sizeOf(envelope: Envelope, kind: ListedKind, context: SizeContext): number {
  const mail = composeFor(envelope, kind, context);
  if (kind === 'message')
    return announcedSize(mail.head.length, envelope.attachmentSize, context.withOriginal(envelope));
  return (
    mail.head.length +
    mail.note(envelopeOnlyNotice(envelope, context.now)).length +
    mail.end.length +
    ROOM_FOR_CHANGES_OCTETS
  );
}
