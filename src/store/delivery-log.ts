/** The record of legal acts: who had ISDS asked for the list, and what each answer told of deliveries (isds §3.1). */

/** A call of GetListOfReceivedMessages that is about to be sent: a legal act (isds §3.1). */
export interface DeliveryStart {
  /** By the gateway's clock. */
  readonly at: number;
  /** By ISDS's clock; undefined when that is not known. */
  readonly from: number | undefined;
  readonly account: string;
  readonly boxId: string;
  /** Sum of the rights that the login had. */
  readonly rights: number;
  readonly sessionId: string;
  /** Why the call was allowed. */
  readonly reason: string;
}

/** `refused` is certain not to have been carried out, `failed` may have been. */
export type DeliveryOutcome = 'listed' | 'failed' | 'refused';

/** One call as later answers are held against it; times by ISDS's clock. */
export interface DeliveryCall {
  readonly key: number;
  readonly rights: number;
  readonly from: number;
  /** Undefined, like the outcome, while the call is under way, and for ever when the gateway was stopped during it. */
  readonly to: number | undefined;
  readonly outcome: DeliveryOutcome | undefined;
}

/** How a message was delivered: by a call of this gateway, by fiction, in another way, or in one that cannot be told. */
export type DeliveryManner = 'delivered' | 'fiction' | 'elsewhere' | 'unknown';

/** What an answer told of a message's delivery. */
export interface ToldDelivery {
  readonly dmID: string;
  readonly manner: DeliveryManner | 'waiting';
  /** The call that delivered it, otherwise the one whose answer told it. */
  readonly call: number;
  /** By ISDS's clock. */
  readonly deliveredAt: number | undefined;
}

/** What is on record of a message; of one that was listed before the record began no call is known. */
export interface KnownDelivery extends Pick<ToldDelivery, 'manner' | 'deliveredAt'> {
  readonly call: number | undefined;
}

/** How a call ended. */
export interface DeliveryEnd {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly outcome: DeliveryOutcome;
  readonly told: readonly ToldDelivery[];
}

/** A call as people read it, with what is said of the messages that it delivered or of which it told first. */
export interface Delivery extends Readonly<Record<DeliveryManner, readonly string[]>> {
  /** By ISDS's clock, or by the gateway's where that is not known. */
  readonly at: number;
  readonly account: string;
  readonly sessionId: string;
  readonly reason: string;
  readonly outcome: DeliveryOutcome | undefined;
}

/** Where legal acts are put on record. */
export interface DeliveryLog {
  /** Written before the call, so that no delivery goes unrecorded; answers the key for `finish`. */
  begin(start: DeliveryStart): Promise<number>;
  /** A message that waits may be told of again; how it was delivered is said once, unless ISDS tells another time of it. All or nothing. */
  finish(key: number, end: DeliveryEnd): Promise<void>;
  /** What is on record of these messages, whichever login of their box was told. */
  told(dmIDs: readonly string[]): Promise<ReadonlyMap<string, KnownDelivery>>;
  /** Calls for a box that were sent between two moments of ISDS's clock, in their order. */
  sent(boxId: string, from: number, to: number): Promise<readonly DeliveryCall[]>;
  /** Newest first. */
  newest(account: string | undefined, limit: number): Promise<readonly Delivery[]>;
}
