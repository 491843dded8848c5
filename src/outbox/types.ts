/** What a sending conversation hands over. */
import type { Identity } from '../accounts/index.ts';
import type { Draft } from '../mime/index.ts';

/** A box that may be written to from the sender's box. */
export interface Recipient {
  readonly boxId: string;
  readonly name: string | undefined;
  /** True when the message would be a paid commercial one (PDZ). */
  readonly paid: boolean;
}

export interface Submitted {
  readonly dmID: string;
  /** True when this was a repetition and dmID is the first one's. */
  readonly repeated: boolean;
}

/** All methods refuse with Refused. */
export interface Outbox {
  /** True for the address of the gateway itself at which a user allows one pick-up. */
  isPickupAddress(address: string): boolean;
  /** The next poll of the account may pick up once, whatever the policy says. */
  permitPickup(identity: Identity): Promise<void>;
  /** The address must be the identity's own box or login at the domain (any +tag). */
  checkSender(identity: Identity, address: string): void;
  checkRecipient(identity: Identity, address: string, signal: AbortSignal): Promise<Recipient>;
  /** Resolves only when ISDS has taken the message; the same draft again gets the first result. */
  send(identity: Identity, recipient: Recipient, draft: Draft, sessionId: string): Promise<Submitted>;
}
