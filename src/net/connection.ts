/** One connection as a conversation sees it: lines in, octets out, everything with back-pressure and a deadline. */
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { Deadline, firstEvent } from './deadline.ts';
import { LineReader, type Line } from './line-reader.ts';
import { secureContext, tlsOptions, type TlsMaterial } from './tls.ts';

/** After our last word the client has this long to read it and close; then the socket is closed from here. */
const LINGER_MS = 2_000;

/** Why nothing more can be written. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
  readonly reason: 'client-gone' | 'reader-stalled';

  constructor(reason: 'client-gone' | 'reader-stalled') {
    super(reason);
    this.reason = reason;
  }
}

/** Reads lines and writes replies on one connection, with the time that either may take. */
export class Connection {
  readonly remoteAddress: string;
  readonly #lines = new LineReader();
  readonly #closed = new AbortController();
  readonly #left = new AbortController();
  readonly #writeTimeoutMs: number;
  /** The TCP connection, below TLS if there is any. */
  readonly #transport: Socket;
  #socket: Socket;
  #octetsOut = 0;

  /** `writeTimeoutMs` is how long, in milliseconds, a client may take to make room for more octets. */
  constructor(socket: Socket, writeTimeoutMs: number, transport: Socket = socket) {
    this.remoteAddress = socket.remoteAddress ?? 'unknown';
    this.#writeTimeoutMs = writeTimeoutMs;
    this.#transport = transport;
    this.#socket = socket;
    this.#attach();
  }

  get encrypted(): boolean {
    return this.#socket instanceof TLSSocket;
  }

  /** Aborted when the connection is closed, from whichever side. */
  get signal(): AbortSignal {
    return this.#closed.signal;
  }

  /**
   * Aborted when the client is gone: the connection is closed, or closed from its side with no command left to answer. A program
   * that was ended looks like that; one that only has nothing more to send says QUIT first.
   */
  get left(): AbortSignal {
    return this.#left.signal;
  }

  get octetsOut(): number {
    return this.#octetsOut;
  }

  /** Octets that came in so far, read as lines or not. */
  get received(): number {
    return this.#lines.received + this.#socket.readableLength;
  }

  /** Whether a complete line is here already. */
  get hasLine(): boolean {
    return this.#lines.hasLine;
  }

  /** The value of `received` before the first octet of the line read last. */
  get lineStart(): number {
    return this.#lines.lineStart;
  }

  /** The next line; 'ended' when no complete line will come any more, 'late' when none came within `timeoutMs`. */
  async readLine(longest: number, timeoutMs: number): Promise<Line | 'ended' | 'late'> {
    const deadline = new Deadline(timeoutMs);
    for (;;) {
      const line = this.#lines.next(longest);
      if (line !== undefined) {
        if (this.#socket.readableEnded) this.#onEnd();
        return line;
      }
      const chunk: Buffer | null = this.#socket.read();
      if (chunk !== null) this.#lines.push(chunk);
      else if (this.#socket.destroyed || this.#socket.readableEnded) return 'ended';
      else if (!(await firstEvent(this.#socket, ['readable', 'end', 'close'], deadline.remaining()))) return 'late';
    }
  }

  /** Resolves when there is room for more; throws ConnectionLost, with the connection closed, when there will be none. */
  async write(octets: Buffer | string): Promise<void> {
    if (!this.#socket.writable) throw new ConnectionLost('client-gone');
    if (octets.length === 0) return;
    this.#octetsOut += Buffer.byteLength(octets);
    if (this.#socket.write(octets)) return;
    const inTime = await firstEvent(this.#socket, ['drain', 'close'], this.#writeTimeoutMs);
    if (!inTime) this.destroy();
    if (!this.#socket.writable) throw new ConnectionLost(inTime ? 'client-gone' : 'reader-stalled');
  }

  /**
   * Says `goAhead` and goes on under TLS; false when no handshake came about. What arrived before `goAhead` was said is
   * forgotten unread, what arrives after it is taken for the handshake: no octet sent in the clear is ever read as if
   * it had come encrypted (the STARTTLS injection of CVE-2011-0411).
   */
  async startTls(goAhead: string, tls: TlsMaterial, timeoutMs: number): Promise<boolean> {
    while (this.#socket.read() !== null);
    this.#lines.discard();
    await this.write(goAhead);
    const plain = this.#socket;
    plain.off('readable', ignore);
    plain.off('end', this.#onEnd);
    const secured = new TLSSocket(plain, { ...tlsOptions(tls), isServer: true, secureContext: secureContext(tls) });
    this.#socket = secured;
    this.#attach();
    const settled = await firstEvent(secured, ['secure', 'close'], timeoutMs);
    if (settled && !secured.destroyed) return true;
    this.destroy();
    return false;
  }

  /** Closes after everything written has left, without cutting off answers that the client has not read yet. */
  async end(): Promise<void> {
    if (this.#socket.destroyed) return;
    this.#socket.off('readable', ignore);
    this.#socket.end();
    // Unread input would turn our close into a reset, which destroys answers on their way (RFC 1122 §4.2.2.13).
    this.#socket.resume();
    await firstEvent(this.#socket, ['close'], LINGER_MS);
    this.destroy();
  }

  /** Ends with a reset, so that no client can take what came so far for all there is: curl does so after an orderly close. */
  reset(): void {
    this.#transport.resetAndDestroy();
    this.destroy();
  }

  /** Closes at once. */
  destroy(): void {
    this.#socket.destroy();
    this.#onClose();
  }

  #attach(): void {
    // With somebody listening Node reads ahead one buffer, and so notices a client that is gone while we are busy.
    this.#socket.on('readable', ignore);
    this.#socket.on('error', ignore);
    this.#socket.on('end', this.#onEnd);
    this.#socket.on('close', this.#onClose);
  }

  readonly #onClose = (): void => {
    this.#closed.abort();
    this.#left.abort();
  };

  readonly #onEnd = (): void => {
    if (!this.#lines.hasLine) this.#left.abort();
  };
}

/** An error of a socket is always followed by its close, which is what we look at. */
function ignore(): void {}
