/** What stands in a maildrop: a message, or a notice about one that this version cannot bring. */
import type { Envelope } from '../isds/index.ts';
import { composeReceivedMail, type ReceivedMail } from '../mime/index.ts';
import { announcedSize } from './announced-size.ts';
import type { ListedMessage } from './types.ts';

export interface Entry extends ListedMessage {
  readonly envelope: Envelope;
  /** The whole explanation in place of the files, when they cannot be fetched. */
  readonly notice: string | undefined;
}

/** Delivered by login, read, or kept in the data vault: what can be downloaded (isds §3.4). */
const DOWNLOADABLE_STATES: ReadonlySet<number> = new Set([6, 7, 10]);

/** Marks the UIDL of a notice, so that the message itself can come under its own later (design §4). */
const NOTICE_SUFFIX = '-oznameni';

const LARGE_MESSAGE_NOTICE =
  'Toto je velkoobjemová datová zpráva. Tato verze brány její přílohy zatím neumí stáhnout: vyzvedněte je na portálu datových schránek. Zpráva je doručena okamžikem uvedeným výše.\n';

/** Undefined for a message that cannot be read yet: it arrived while the list was made and comes with the next one. */
export function entryFor(envelope: Envelope, domain: string, knownOctets: number | undefined): Entry | undefined {
  if (!DOWNLOADABLE_STATES.has(envelope.state)) return undefined;
  if (envelope.vodz) {
    const notice = LARGE_MESSAGE_NOTICE;
    const mail = composeReceivedMail(envelope, { domain, idSuffix: NOTICE_SUFFIX });
    const octets = mail.head.length + mail.note(notice).length + mail.end(0).length;
    return { uid: `${envelope.dmID}${NOTICE_SUFFIX}`, octets, envelope, notice };
  }
  const octets =
    knownOctets ?? announcedSize(composeReceivedMail(envelope, { domain }).head.length, envelope.attachmentSize);
  return { uid: envelope.dmID, octets, envelope, notice: undefined };
}

export function composeEntry(entry: Entry, domain: string): ReceivedMail {
  return composeReceivedMail(entry.envelope, { domain, idSuffix: entry.notice === undefined ? '' : NOTICE_SUFFIX });
}
