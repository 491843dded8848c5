/** Where one mail goes: to boxes, to the gateway itself, or nowhere but home. */
import { Refused } from '../refusals/index.ts';
import type { Recipient } from '../outbox/index.ts';
import { MAX_RECIPIENTS } from './limits.ts';

/** `self` is the sender's own address alone, which only an account test may name; `pickup` the gateway's. */
export type DestinationKind = 'none' | 'self' | 'boxes' | 'pickup';

export class Destination {
  readonly #boxes = new Map<string, Recipient>();
  #self = false;
  #pickup = false;

  get kind(): DestinationKind {
    if (this.#pickup) return 'pickup';
    if (this.#boxes.size > 0) return 'boxes';
    return this.#self ? 'self' : 'none';
  }

  /** Each once, in the order in which they were named. */
  get boxes(): readonly Recipient[] {
    return [...this.#boxes.values()];
  }

  addSelf(): void {
    this.#self = true;
  }

  addPickup(): void {
    if (this.#boxes.size > 0) throw new Refused('recipients-mixed');
    this.#pickup = true;
  }

  /** For a box that nobody has looked up yet: where it could not be added, ISDS need not be asked. */
  refuseIfFull(): void {
    if (this.#boxes.size >= MAX_RECIPIENTS) throw new Refused('recipients-too-many', { limit: MAX_RECIPIENTS });
  }

  /** A box that is named twice gets one message, so both have to say the same of it. */
  addBox(recipient: Recipient): void {
    if (this.#pickup) throw new Refused('recipients-mixed');
    const { boxId, toHands, personalDelivery } = recipient;
    const earlier = this.#boxes.get(boxId);
    if (earlier && (earlier.toHands !== toHands || earlier.personalDelivery !== personalDelivery)) {
      throw new Refused('recipient-repeated', { box: boxId });
    }
    if (this.#boxes.size >= MAX_RECIPIENTS && !this.#boxes.has(recipient.boxId)) {
      throw new Refused('recipients-too-many', { limit: MAX_RECIPIENTS });
    }
    this.#boxes.set(recipient.boxId, recipient);
  }
}
