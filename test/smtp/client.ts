/** A mail program that sends exactly the octets it is told to, and reads replies. */
import { connect as connectPlain } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { onTestFinished } from 'vitest';
import { RawClient } from '../support/raw-client.ts';
import { type Gateway, LOGIN, OFFICE, OWN, PASSWORD } from './gateway.ts';

export class Client extends RawClient {
  /** Connected, greeted, and under TLS when the gateway's port asks for it. */
  static async connect(gateway: Pick<Gateway, 'port'>, mode: 'tls' | 'plain' = 'tls', tooSoon = ''): Promise<Client> {
    const where = { host: '127.0.0.1', port: gateway.port, rejectUnauthorized: false };
    const socket = mode === 'tls' ? connectTls(where) : connectPlain(where);
    onTestFinished(() => void socket.destroy());
    const client = new Client(socket);
    if (tooSoon !== '') client.send(tooSoon);
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

  command(line: string): Promise<string> {
    this.send(`${line}\r\n`);
    return this.reply();
  }

  /** Without `ask` the caller has sent STARTTLS and read its reply. */
  async startTls(ask = true): Promise<void> {
    if (ask) await this.command('STARTTLS');
    await this.upgrade();
  }

  /** MAIL, RCPT and DATA up to the 354. */
  async startData(recipient = OFFICE): Promise<void> {
    await this.command(`MAIL FROM:<${OWN}>`);
    await this.command(`RCPT TO:<${recipient}>`);
    await this.command('DATA');
  }

  /** The reply to a whole message to the office. */
  async sendMessage(message: string, recipient = OFFICE): Promise<string> {
    await this.startData(recipient);
    this.send(`${message.replace(/^\./gm, '..')}\r\n.\r\n`);
    return this.reply();
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
