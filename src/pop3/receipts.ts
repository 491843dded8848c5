/**
 * Which messages the client certainly has. Its next command after the final dot is the receipt, since a client waits
 * for an answer before it goes on. A command that was already here when the dot was written was sent too early to
 * confirm anything; that is why PIPELINING is not offered.
 */
import type { ListedMessage, Maildrop } from '../mailbox/index.ts';

export class Receipts {
  #awaited: { readonly message: ListedMessage; readonly received: number }[] = [];
  readonly #marking = new Set<Promise<void>>();
  readonly #marked = new Set<string>();

  /** The message left completely, at a time when the client had sent `received` octets. */
  expect(message: ListedMessage, received: number): void {
    this.#awaited.push({ message, received });
  }

  /** A command came that begins after `lineStart` octets; messages it confirms are marked as read, each once. */
  command(lineStart: number, maildrop: Maildrop | undefined): void {
    if (maildrop === undefined || this.#awaited.length === 0) return;
    const confirmed = this.#awaited.filter(({ received }) => received <= lineStart);
    this.#awaited = this.#awaited.filter(({ received }) => received > lineStart);
    for (const { message } of confirmed) this.#mark(message, maildrop);
  }

  /** Resolves when ISDS has been told of everything. */
  async settled(): Promise<void> {
    await Promise.all(this.#marking);
  }

  #mark(message: ListedMessage, maildrop: Maildrop): void {
    if (this.#marked.has(message.uid)) return;
    this.#marked.add(message.uid);
    const marking = maildrop.markRead(message);
    this.#marking.add(marking);
    void marking.finally(() => this.#marking.delete(marking));
  }
}
