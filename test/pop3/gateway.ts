/** A POP3 server with a box in memory, and a client that speaks raw octets with it. */
import { connect as connectPlain } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { onTestFinished } from 'vitest';
import { createLog, TIME_BUDGETS, type TimeBudgets, systemClock } from '../../src/core/index.ts';
import { type Language, Wording } from '../../src/refusals/index.ts';
import { selfSigned } from '../../src/certificates/index.ts';
import {
  AccountSessions,
  createPop3Server,
  type Pop3Mode,
  type Pop3Options,
  type Pop3Times,
} from '../../src/pop3/index.ts';
import { RawClient } from '../support/raw-client.ts';
import { FakeAccounts, FakeMailbox, NAME, PASSWORD, mail, type FakeMail } from './fakes.ts';
import { LoginNetworks } from '../../src/net/index.ts';

/** One pair of keys for all tests of a file: making one takes a while. */
export const material = await selfSigned(systemClock);

export const MAILS: readonly FakeMail[] = [
  mail('1001', 'Subject: První\r\n\r\nDobrý den,\r\n.tečka\r\nkonec\r\n'),
  mail('1002', 'Subject: Druhá\r\n\r\n', 'řádek 1\r\nřádek 2\r\n', 'řádek 3\r\n'),
  mail('1003', 'Subject: Třetí\r\n\r\n'),
];

export interface Gateway {
  readonly port: number;
  readonly mode: Pop3Mode;
  readonly accounts: FakeAccounts;
  readonly mailbox: FakeMailbox;
  readonly log: string[];
  /** Stops as on shutdown; after it everything a conversation does is done. */
  close(drainMs?: number): Promise<void>;
}

export interface Setting {
  readonly mode?: Pop3Mode;
  readonly mails?: readonly FakeMail[];
  readonly times?: Partial<Pop3Times>;
  readonly timeBudgets?: Partial<TimeBudgets>;
  readonly clock?: Pop3Options['clock'];
  readonly level?: 'info' | 'debug';
  readonly language?: Language;
  readonly loopbackLogin?: boolean;
}

export async function gateway({
  mode = 'starttls',
  mails = MAILS,
  times,
  timeBudgets,
  clock = systemClock,
  level,
  language = 'cs',
  loopbackLogin = true,
}: Setting = {}): Promise<Gateway> {
  const accounts = new FakeAccounts();
  const mailbox = new FakeMailbox(mails);
  const log: string[] = [];
  const server = await createPop3Server(
    {
      accounts,
      sessions: new AccountSessions(),
      networks: new LoginNetworks(systemClock),
      mailbox,
      log: createLog(level ?? 'info', { write: (line) => void log.push(line) }),
      tls: material,
      domain: 'ds.example.cz',
      wording: new Wording(language),
      loopbackLogin,
      ...(times !== undefined && { times }),
      timeBudgets: { ...TIME_BUDGETS, ...timeBudgets },
      clock,
    },
    { host: '127.0.0.1', port: 0, mode },
  );
  let closed: Promise<void> | undefined;
  const close = (drainMs = 0): Promise<void> => (closed ??= server.close(drainMs));
  onTestFinished(() => close());
  return { port: server.address.port, mode, accounts, mailbox, log, close };
}

export class Client extends RawClient {
  /** The first line of the answer. */
  async command(text: string): Promise<string> {
    this.send(`${text}\r\n`);
    return this.line();
  }

  /** The lines of a multi-line answer; throws on a refusal. */
  async list(text: string): Promise<string[]> {
    const first = await this.command(text);
    if (!first.startsWith('+OK')) throw new Error(first);
    return this.body();
  }
}

export function connect(to: Gateway, localAddress = '127.0.0.1'): Client {
  const place = { port: to.port, host: '127.0.0.1', localAddress, allowHalfOpen: true };
  const socket = to.mode === 'starttls' ? connectPlain(place) : connectTls({ ...place, ca: material.cert });
  onTestFinished(() => void socket.destroy());
  return new Client(socket);
}

/** A client that has heard the greeting. */
export async function greeted(to: Gateway): Promise<Client> {
  const client = connect(to);
  await client.line();
  return client;
}

export async function loggedIn(to: Gateway): Promise<Client> {
  const client = await greeted(to);
  await client.command(`USER ${NAME}`);
  const answer = await client.command(`PASS ${PASSWORD}`);
  if (!answer.startsWith('+OK')) throw new Error(answer);
  return client;
}

/** Everything the server says to these octets, sent in these pieces, until it closes. Session names are blotted out. */
export async function transcript(to: Gateway, pieces: readonly (string | Buffer)[]): Promise<string> {
  const client = connect(to);
  for (const piece of pieces) {
    client.send(piece);
    await new Promise(setImmediate);
  }
  client.finish();
  return (await client.rest()).replace(/\(relace [a-z]{8}\)/g, '(relace …)');
}
