/** What a sending conversation hands over. */
import type { Identity } from '../accounts/index.ts';
import type { Envelope, RecipientCalls, SendingCalls } from '../isds/index.ts';
import type { Refused } from '../refusals/index.ts';
import type { Draft } from '../mail-parser/index.ts';
import type { AddressOptions } from './address.ts';

/** Who asks whether and for how much he may write to a box. */
export type AskerIdentity = Identity<RecipientCalls>;

/** Who sends, with all that sending asks of ISDS. */
export type SenderIdentity = Identity<RecipientCalls & SendingCalls>;

/** Who pays for a message. */
export interface Payment {
  /** True when the message would be a commercial one (PDZ). */
  readonly paid: boolean;
  /** What it costs the sender, in haléře; 0 when somebody else pays, undefined when it is not known. */
  readonly price?: number;
  /** The same for a message above 20 MB. */
  readonly largePrice?: number;
  /** Nothing but a reply that the recipient has prepaid can be sent; anything else is refused with this. */
  readonly unlessPrepaid?: 'recipient-closed' | 'payment-missing' | 'paid-message-off';
}

/** A box that may be written to from the sender's box, with what the address says besides. */
export interface Recipient extends Payment, AddressOptions {
  readonly boxId: string;
  readonly name: string | undefined;
}

/** The data message that a mail answers, 'unseen' when ISDS does not show it to this login any more. */
export type Original = Envelope | 'unseen' | undefined;

/** A data message that ISDS has. */
export interface SentMessage {
  readonly recipient: Recipient;
  readonly dmID: string;
  /** True when this was a repetition and dmID is the first one's. */
  readonly repeated: boolean;
  /** True when it went as a reply that its recipient had paid for. */
  readonly prepaid?: boolean;
}

/** A data message that was not created. */
export interface FailedMessage {
  readonly recipient: Recipient;
  readonly refusal: Refused;
}

/** Parts of the text of a mail. */
export type TextPart = 'text' | 'quoted-text' | 'signature';

/** What of a mail does not travel, which its sender is told. */
export interface Unsent {
  /** Names of pictures. */
  readonly files: readonly string[];
  readonly parts: readonly TextPart[];
}

/** What became of the data messages of a mail: one a recipient, at least one of them sent. */
export interface Dispatched {
  readonly messages: readonly SentMessage[];
  /** Told to the sender by a report in the own maildrop, too. */
  readonly failures: readonly FailedMessage[];
  /** For `confirm`. */
  readonly submissions: readonly number[];
}

/** What became of a mail. */
export interface Sent extends Dispatched {
  readonly unsent: Unsent;
}

/** What a login came for. */
export type Purpose = 'reading' | 'sending';

/** How long the sender's program waits, and what it need not keep any longer. */
export interface SendOptions {
  /** Milliseconds; TIME_BUDGETS.data when it has not waited yet. */
  readonly timeBudgetMs?: number;
  /** Aborted when the program has left. */
  readonly gone?: AbortSignal;
  /** Called once, when the content of the draft is not needed any more. */
  readonly release?: () => Promise<void>;
}

/** All methods refuse with Refused. */
export interface Outbox {
  /** The address must be the identity's own box or login at the domain (any +tag). */
  checkSender(identity: AskerIdentity, address: string): void;
  checkRecipient(identity: AskerIdentity, address: string, signal: AbortSignal): Promise<Recipient>;
  /**
   * Sends the draft to boxes that are all different. Resolves when ISDS has taken it for one of them at least; rejects when
   * it took none, or when that is uncertain for one of them. The same draft again gets the first results and is sent only to
   * those that it did not reach.
   *
   * Rejects with `sending-under-way` when that takes longer than the mail program waits. The sending goes on: the same draft
   * joins it, and what nobody heard comes into the own maildrop as a report.
   */
  send(
    identity: SenderIdentity,
    recipients: readonly Recipient[],
    draft: Draft,
    sessionId: string,
    options?: SendOptions,
  ): Promise<Sent>;
  /**
   * A login of the box is here: settles what of the box's sendings is in doubt, if this login may, and tells who was not told.
   * Never rejects, and asks ISDS nothing when nothing is in doubt.
   */
  tend(identity: SenderIdentity, sessionId: string, purpose: Purpose): Promise<void>;
  /** Resolves when nothing is being sent any more. */
  settled(): Promise<void>;
  /** At the start: reports what became of mails that a gateway was sending when it was killed. */
  tellInterrupted(): Promise<void>;
  /** The mail program has heard of the success: an identical mail after a while is meant to be sent again. */
  confirm(sent: Sent): Promise<void>;
}
