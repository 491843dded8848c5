/** A client that sends exactly the octets it is told to, and reads lines and replies of POP3 and SMTP. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** The last line of an SMTP reply: code, blank, text (RFC 5321 §4.2). */
const LAST_LINE = /^\d{3} [^\r\n]*\r\n/m;

export class RawClient {
  #socket: Socket;
  #heard = '';
  #ended = false;
  #wasReset = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#listen();
  }

  /** The server ended the connection with a reset, which no client takes for a proper end. */
  get wasReset(): boolean {
    return this.#wasReset;
  }

  get socket(): Socket {
    return this.#socket;
  }

  send(octets: string | Buffer): void {
    this.#socket.write(octets);
  }

  /** The next line without its end; throws when the connection ended instead. */
  async line(): Promise<string> {
    while (!this.#heard.includes('\r\n')) {
      if (this.#ended) throw new Error(`closed after: ${this.#heard}`);
      await this.#news();
    }
    return this.#take(this.#heard.indexOf('\r\n') + 2).slice(0, -2);
  }

  /** The lines of a multi-line answer of POP3 after its first, un-stuffed. */
  async body(): Promise<string[]> {
    const lines: string[] = [];
    for (let line = await this.line(); line !== '.'; line = await this.line()) lines.push(line.replace(/^\./, ''));
    return lines;
  }

  /** The next reply of SMTP with all its lines; an empty string when the connection ended instead. */
  async reply(): Promise<string> {
    for (;;) {
      const match = LAST_LINE.exec(this.#heard);
      if (match !== null) return this.#take(match.index + match[0].length);
      if (this.#ended) return '';
      await this.#news();
    }
  }

  /** Everything until the server closes. */
  async rest(): Promise<string> {
    await this.closed();
    return this.#take(this.#heard.length);
  }

  /** Resolves when the server has closed the connection. */
  async closed(): Promise<void> {
    while (!this.#ended) await this.#news();
  }

  /** Goes on under TLS, once the server has been asked and has agreed. */
  async upgrade(): Promise<void> {
    this.#socket.removeAllListeners('data');
    this.#socket = connectTls({ socket: this.#socket, rejectUnauthorized: false });
    this.#listen();
    await once(this.#socket, 'secureConnect');
  }

  /** Closes this side; answers still come. */
  finish(octets: string | Buffer = ''): void {
    this.#socket.end(octets);
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #take(length: number): string {
    const taken = this.#heard.slice(0, length);
    this.#heard = this.#heard.slice(length);
    return taken;
  }

  #listen(): void {
    // Every write is to be a packet of its own.
    this.#socket.setNoDelay(true);
    this.#socket.setEncoding('utf8');
    this.#socket.on('data', (text: string) => (this.#heard += text));
    this.#socket.on('error', (error: NodeJS.ErrnoException) => (this.#wasReset = error.code === 'ECONNRESET'));
    this.#socket.on('end', () => (this.#ended = true));
    this.#socket.on('close', () => (this.#ended = true));
  }

  async #news(): Promise<void> {
    const settled = new AbortController();
    const events = ['data', 'end', 'close'].map((name) => once(this.#socket, name, { signal: settled.signal }));
    // A reset is news as well: `wasReset` tells it.
    await Promise.race(events).catch(() => {});
    settled.abort();
    await Promise.allSettled(events);
  }
}
