/** What stands in a maildrop, and what it is given when somebody reads it. */
import type { Clock, ExpiringCache, Log } from '../core/index.ts';
import type { Envelope } from '../isds/index.ts';
import type { ComposingContext } from '../mail-writer/index.ts';
import type { Store } from '../store/index.ts';
import type { Envelopes } from './envelopes.ts';
import { isdsTime } from './isds-time.ts';
import type { LateOriginals } from './late-originals.ts';
import type { Retrievals } from './retrievals.ts';
import type { ListedMessage, OpenedMail, ReaderIdentity } from './types.ts';
import type { WaitingMessages } from './waiting-messages.ts';

/** Whether the signed original comes as the last attachment; with that of a large message (VoDZ) the mail is twice as long. */
export type WantsOriginal = (message: Pick<Envelope, 'vodz'>) => boolean;

/** What all maildrops of the gateway share. */
export interface Services {
  readonly store: Store;
  readonly domain: string;
  readonly withOriginal: WantsOriginal;
  /** Where an original waits while the files before it leave. */
  readonly spoolDirectory: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly envelopes: Envelopes;
  readonly waiting: WaitingMessages;
  readonly retrievals: Retrievals;
  readonly lateOriginals: LateOriginals;
  /** Messages whose original did not hold together: asked for without it for a while. */
  readonly brokenOriginals: ExpiringCache<true>;
}

/** One session. */
export interface Reader {
  readonly identity: ReaderIdentity;
  readonly sessionId: string;
  readonly services: Services;
  /** Messages whose content ISDS withheld in this session: nobody has read them. */
  readonly withheld: Set<string>;
}

/** A mail as a maildrop lists it. Listings are shared by sessions, so that who reads is said when it is opened. */
export interface Entry extends ListedMessage {
  /** By ISDS's clock, milliseconds since the epoch. */
  readonly arrivedAt: number;
  /** Asks ISDS nothing before the mail is prepared or its content read. */
  open(reader: Reader, signal: AbortSignal): OpenedMail;
  /** Tells ISDS that the message was read; missing where the mail is not the message. Rejects when ISDS was not told. */
  markRead?(reader: Reader): Promise<void>;
}

/** With what a mail is composed now. */
export function composing({ identity, services }: Reader): ComposingContext {
  return { domain: services.domain, now: isdsTime(identity, services.clock) };
}
