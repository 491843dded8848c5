/** The messages of one session, numbered once, and which of them are marked as deleted (RFC 1939 §4, §5). */
import type { ListedMessage } from '../mailbox/index.ts';
import { Rejection } from './rejection.ts';

export class Snapshot {
  readonly #messages: readonly ListedMessage[];
  readonly #octets: number;
  readonly #deleted = new Set<ListedMessage>();

  /** The messages are shared with other sessions and stay as they are. */
  constructor(messages: readonly ListedMessage[]) {
    this.#messages = messages;
    this.#octets = octetsOf(messages);
  }

  /** The message with this number; a deleted one is no message any more. */
  find(number: number): ListedMessage {
    const message = this.#messages[number - 1];
    if (message === undefined) throw new Rejection('no-such-message', { number });
    if (this.#deleted.has(message)) throw new Rejection('message-deleted', { number });
    return message;
  }

  delete(number: number): void {
    this.#deleted.add(this.find(number));
  }

  undelete(): void {
    this.#deleted.clear();
  }

  /** Messages that are not marked, with their numbers. */
  kept(): { number: number; message: ListedMessage }[] {
    return this.#messages
      .map((message, index) => ({ number: index + 1, message }))
      .filter(({ message }) => !this.#deleted.has(message));
  }

  deleted(): ListedMessage[] {
    return [...this.#deleted];
  }

  /** Count and octets of the messages that are not marked. */
  size(): { count: number; octets: number } {
    return { count: this.#messages.length - this.#deleted.size, octets: this.#octets - octetsOf(this.deleted()) };
  }
}

function octetsOf(messages: readonly ListedMessage[]): number {
  return messages.reduce((sum, { octets }) => sum + octets, 0);
}
