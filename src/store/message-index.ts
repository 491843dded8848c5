/** The last known list of an account, and when it was picked up. */

/** What stands in the maildrop for a message: itself, its envelope alone, or a notice that it waits. */
export type IndexedKind = 'message' | 'envelope' | 'waiting';

/** A message as it was last listed. */
export interface IndexedMessage {
  readonly dmID: string;
  readonly kind: IndexedKind;
  readonly arrivedAt: number;
  /** Octets that are announced for its mail. */
  readonly octets: number;
  /** ISDS has it as read. */
  readonly read: boolean;
  /** When it was first missing from a complete list. */
  readonly goneAt: number | undefined;
}

/** When an account's messages were picked up, and what for. */
export interface PickupState {
  readonly lastCallAt: number | undefined;
  /** The last list of everything; undefined means that no list is known at all. */
  readonly lastFullAt: number | undefined;
  /** From which arrival on the next list has to ask. */
  readonly since: number | undefined;
  /** When the user allowed one call by command. */
  readonly permittedAt: number | undefined;
}

/** What one successful list of messages changes, all or nothing. */
export interface IndexChange {
  readonly messages: readonly IndexedMessage[];
  /** Messages that a complete list no longer had. */
  readonly gone: readonly string[];
  readonly calledAt: number;
  readonly full: boolean;
  readonly since: number | undefined;
  /** The permission that the call has used up; one that was given meanwhile stays. */
  readonly permittedAt?: number | undefined;
}

/** The last known complete list of an account. */
export interface MessageIndex {
  /** Oldest arrival first. */
  messages(account: string): Promise<readonly IndexedMessage[]>;
  /** Those of the messages that the list has. */
  find(account: string, dmIDs: readonly string[]): Promise<readonly IndexedMessage[]>;
  /** Another number after every change of what makes up the account's maildrops: the list, and what its views have hidden and received. */
  revision(account: string): Promise<number>;
  state(account: string): Promise<PickupState>;
  /** Takes a list over, a long one in parts; a permission, if there was one, is used up. */
  apply(account: string, change: IndexChange): Promise<void>;
  /** Adds messages that wait and were not listed yet; what is known already stays as it is. */
  announce(account: string, messages: readonly IndexedMessage[]): Promise<void>;
  permit(account: string, at: number): Promise<void>;
  resize(account: string, dmID: string, octets: number): Promise<void>;
  markRead(account: string, dmID: string): Promise<void>;
}
