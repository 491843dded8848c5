/** A mail program that sends exactly the octets it is told to, and reads replies. */
import { once } from 'node:events';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { onTestFinished } from 'vitest';
import { type Gateway, LOGIN, OFFICE, OWN, PASSWORD } from './gateway.ts';

/** The last line of a reply: code, blank, text (RFC 5321 §4.2). */
const LAST_LINE = /^\d{3} [^\r\n]*\r\n/m;

export class Client {
  #socket: Socket;
  #received = '';
  #wake = (): void => undefined;
  #ended = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#listen();
  }

  /** Connected, greeted, and under TLS when the gateway's port asks for it. */
  static async connect(gateway: Pick<Gateway, 'port'>, mode: 'tls' | 'plain' = 'tls', tooSoon = ''): Promise<Client> {
    const where = { host: '127.0.0.1', port: gateway.port, rejectUnauthorized: false };
    const socket = mode === 'tls' ? connectTls(where) : connectPlain(where);
    onTestFinished(() => void socket.destroy());
    const client = new Client(socket);
    if (tooSoon !== '') client.write(tooSoon);
    await client.reply();
    return client;
  }

  /** Logged in and ready for MAIL. */
  static async loggedIn(gateway: Gateway, mode: 'tls' | 'plain' = 'tls', startTls = false): Promise<Client> {
    const client = await Client.connect(gateway, mode);
    await client.command('EHLO [127.0.0.1]');
    if (startTls) {
      await client.startTls();
      await client.command('EHLO [127.0.0.1]');
    }
    await client.command(`AUTH PLAIN ${plainToken()}`);
    return client;
  }

  write(octets: string | Buffer): void {
    this.#socket.write(octets);
  }

  command(line: string): Promise<string> {
    this.write(`${line}\r\n`);
    return this.reply();
  }

  /** The next reply with all its lines; an empty string when the connection ended instead. */
  async reply(): Promise<string> {
    for (;;) {
      const match = LAST_LINE.exec(this.#received);
      if (match !== null) {
        const end = match.index + match[0].length;
        const reply = this.#received.slice(0, end);
        this.#received = this.#received.slice(end);
        return reply;
      }
      if (this.#ended) return '';
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** Without `ask` the caller has sent STARTTLS and read its reply. */
  async startTls(ask = true): Promise<void> {
    if (ask) await this.command('STARTTLS');
    this.#socket.removeAllListeners('data');
    this.#socket = connectTls({ socket: this.#socket, rejectUnauthorized: false });
    this.#listen();
    await once(this.#socket, 'secureConnect');
  }

  /** MAIL, RCPT and DATA up to the 354. */
  async startData(recipient = OFFICE): Promise<void> {
    await this.command(`MAIL FROM:<${OWN}>`);
    await this.command(`RCPT TO:<${recipient}>`);
    await this.command('DATA');
  }

  /** The reply to a whole message to the office. */
  async send(message: string, recipient = OFFICE): Promise<string> {
    await this.startData(recipient);
    this.write(`${message.replace(/^\./gm, '..')}\r\n.\r\n`);
    return this.reply();
  }

  /** Resolves when the server has closed the connection. */
  async closed(): Promise<void> {
    while (!this.#ended) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  closeOwnSide(): void {
    this.#socket.end();
  }

  leave(): void {
    this.#socket.destroy();
  }

  #listen(): void {
    // Every write is to be a packet of its own.
    this.#socket.setNoDelay(true);
    this.#socket.setEncoding('utf8');
    this.#socket.on('data', (text: string) => {
      this.#received += text;
      this.#wake();
    });
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => {
      this.#ended = true;
      this.#wake();
    });
  }
}

export function plainToken(password = PASSWORD): string {
  return Buffer.from(`\u0000${LOGIN}\u0000${password}`).toString('base64');
}

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A short letter with a Czech subject and text. */
export const LETTER = [
  `From: Jan <${OWN}>`,
  'Subject: =?UTF-8?B?xb1hbG9iYQ==?=',
  'Message-ID: <jedna@schranky.example>',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: 8bit',
  '',
  'Dobrý den, žaluji.',
].join('\r\n');
