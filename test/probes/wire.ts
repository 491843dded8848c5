/** The client's end of a probe: raw octets out, answers in, and nothing lost in between. */
import { once } from 'node:events';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { ProbedServer } from './server.ts';

/** A server that answers nothing for so long is not going to; the slowest answer here takes a second. */
const TIMEOUT_MS = 10_000;
const FIRST_ROOM = 1_024;
const CRLF = '\r\n';
const FINAL_LINE = '\r\n.\r\n';

export type NoAnswer = 'closed' | 'silent';

export class Wire {
  #socket: Socket;
  #heard = Buffer.alloc(FIRST_ROOM);
  #filled = 0;
  #taken = 0;
  #ended = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#attach();
  }

  get socket(): Socket {
    return this.#socket;
  }

  /** What was heard and not yet taken. */
  get unread(): Buffer {
    return this.#heard.subarray(this.#taken, this.#filled);
  }

  /** Resolves when there is room for more; a server that has closed need not hear it. */
  async send(octets: Buffer): Promise<void> {
    if (this.#ended || this.#socket.write(octets)) return;
    await this.#news(['drain']);
  }

  /** Says that nothing more will be sent. */
  finish(): void {
    this.#socket.end();
  }

  async startTls(ca: string): Promise<boolean> {
    this.#socket.removeAllListeners('data');
    const secured = connectTls({ socket: this.#socket, ca, host: 'localhost' });
    this.#socket = secured;
    this.#attach();
    return this.#news(['secureConnect']).then(() => secured.authorized);
  }

  line(): Promise<Buffer | NoAnswer> {
    return this.#until(CRLF, 0);
  }

  /** The lines after the first one, dots still doubled, without the final one; to be called after `line`. */
  async lines(): Promise<Buffer | NoAnswer> {
    // The final dot may come first of all, so the search begins with the end of the line before.
    this.#taken -= CRLF.length;
    const found = await this.#until(FINAL_LINE, CRLF.length);
    return typeof found === 'string' ? found : found.subarray(CRLF.length);
  }

  /** Whether the server has closed, or what it said instead. */
  async closed(): Promise<'closed' | 'silent' | Buffer> {
    while (!this.#ended && this.unread.length === 0) if (!(await this.#news([])) && !this.#ended) return 'silent';
    return this.unread.length === 0 ? 'closed' : this.unread;
  }

  /** Everything until the server closes. */
  async rest(): Promise<Buffer | 'silent'> {
    while (!this.#ended) if (!(await this.#news([])) && !this.#ended) return 'silent';
    return Buffer.from(this.unread);
  }

  /** Octets up to the mark and so many of it; the mark is taken as well. */
  async #until(mark: string, keep: number): Promise<Buffer | NoAnswer> {
    let from = this.#taken;
    for (;;) {
      const end = this.#heard.subarray(0, this.#filled).indexOf(mark, from);
      if (end >= 0) {
        const found = Buffer.from(this.#heard.subarray(this.#taken, end + keep));
        this.#taken = end + mark.length;
        return found;
      }
      from = Math.max(this.#taken, this.#filled - mark.length + 1);
      if (this.#ended) return 'closed';
      if (!(await this.#news([])) && !this.#ended) return 'silent';
    }
  }

  /** Whether something happened in time. */
  async #news(more: readonly string[]): Promise<boolean> {
    const settled = new AbortController();
    const timer = setTimeout(() => settled.abort(), TIMEOUT_MS);
    const events = ['data', 'end', 'close', ...more].map((name) =>
      once(this.#socket, name, { signal: settled.signal }).then(
        () => true,
        () => false,
      ),
    );
    const came = await Promise.race(events);
    clearTimeout(timer);
    settled.abort();
    return came;
  }

  #attach(): void {
    this.#socket.on('data', (chunk: Buffer) => this.#keep(chunk));
    this.#socket.on('error', () => (this.#ended = true));
    this.#socket.on('end', () => (this.#ended = true));
    this.#socket.on('close', () => (this.#ended = true));
  }

  #keep(chunk: Buffer): void {
    const room = this.#filled + chunk.length;
    if (room > this.#heard.length) {
      const larger = Buffer.alloc(room * 2);
      this.#heard.copy(larger, 0, 0, this.#filled);
      this.#heard = larger;
    }
    this.#filled += chunk.copy(this.#heard, this.#filled);
  }
}

export async function connect(server: ProbedServer, kind: 'plain' | 'tls'): Promise<Wire> {
  const place = { host: '127.0.0.1', noDelay: true, allowHalfOpen: true };
  const socket =
    kind === 'plain'
      ? connectPlain({ ...place, port: server.plainPort })
      : connectTls({ ...place, port: server.tlsPort, ca: server.ca });
  onTestFinished(() => void socket.destroy());
  const wire = new Wire(socket);
  await once(socket, kind === 'plain' ? 'connect' : 'secureConnect');
  return wire;
}
