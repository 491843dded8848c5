/** An SMTP server in this process, with accounts and an outbox that live in memory. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Accounts, Identity, LoginAttempt } from '../../src/accounts/index.ts';
import { type Clock, createLog, systemClock } from '../../src/core/index.ts';
import { type Language, Refused, Wording } from '../../src/refusals/index.ts';
import type { Draft } from '../../src/mail-parser/index.ts';
import { selfSigned } from '../../src/certificates/index.ts';
import type { FailedMessage, Outbox, Recipient, SentMessage, Unsent } from '../../src/outbox/index.ts';
import { createSmtpServer, RefusedRecipients, type SmtpOptions, type SmtpServer } from '../../src/smtp/index.ts';
import { LoginNetworks } from '../../src/net/index.ts';
import { htmlThreads } from '../support/threads.ts';

export const DOMAIN = 'schranky.example';
export const LOGIN = 'ab12345';
/** ASCII, as the passwords of ISDS are, and as smtplib demands. */
export const PASSWORD = 'Spravne-Heslo1';
export const OWN = `${LOGIN}@${DOMAIN}`;
export const OFFICE = `urad453@${DOMAIN}`;

const tls = await selfSigned(systemClock);

/** What a message was when the outbox got it. */
export interface Sent {
  readonly recipient: Recipient;
  readonly draft: Draft;
  readonly files: Readonly<Record<string, string>>;
  readonly sessionId: string;
}

export interface Gateway {
  readonly port: number;
  readonly server: SmtpServer;
  readonly attempts: LoginAttempt[];
  readonly checked: string[];
  /** Accounts that allowed a pick-up. */
  readonly permitted: string[];
  readonly sent: Sent[];
  /** Marks of the successes that the mail program was told of. */
  readonly confirmed: number[];
  readonly logged: string[];
}

/** What a test wants to happen instead of the usual. */
export interface Behaviour {
  readonly mode?: 'implicit-tls' | 'starttls';
  readonly maxConnections?: number;
  readonly limits?: Partial<SmtpOptions['limits']>;
  readonly spoolDirectory?: string;
  readonly language?: Language;
  readonly loopbackLogin?: boolean;
  readonly loginTimeoutMs?: number;
  readonly clock?: Clock;
  logIn?(attempt: LoginAttempt): Promise<void>;
  readonly unsent?: Unsent;
  checkRecipient?(address: string, signal: AbortSignal): Promise<Recipient>;
  send?(draft: Draft): Promise<{ dmID: string; repeated: boolean }>;
  /** Boxes that a mail does not reach, and why. */
  readonly failing?: Readonly<Record<string, Refused>>;
}

export async function startGateway(behaviour: Behaviour = {}): Promise<Gateway> {
  const seen = { attempts: [], checked: [], permitted: [], sent: [], confirmed: [], logged: [] } as Omit<
    Gateway,
    'port' | 'server'
  >;
  const log = createLog('debug', { write: (line) => void seen.logged.push(line) });
  const options: SmtpOptions = {
    accounts: accounts(behaviour, seen.attempts),
    outbox: outbox(behaviour, seen),
    permitPickup: async (account) => void seen.permitted.push(account),
    log,
    domain: DOMAIN,
    wording: new Wording(behaviour.language ?? 'cs'),
    tls,
    htmlThreads,
    networks: new LoginNetworks(systemClock),
    loopbackLogin: behaviour.loopbackLogin ?? true,
    refusedRecipients: new RefusedRecipients(behaviour.clock ?? systemClock),
    ...(behaviour.loginTimeoutMs !== undefined && { loginTimeoutMs: behaviour.loginTimeoutMs }),
    spoolDirectory: behaviour.spoolDirectory ?? spoolDirectory(),
    limits: { maxMessageOctets: 1_000_000, maxTotalOctets: 20_000_000, ...behaviour.limits },
  };
  const server = await createSmtpServer(options, {
    host: '127.0.0.1',
    port: 0,
    mode: behaviour.mode ?? 'implicit-tls',
    maxConnections: behaviour.maxConnections ?? 50,
  });
  onTestFinished(() => server.close(1));
  return { ...seen, server, port: server.port };
}

function accounts(behaviour: Behaviour, attempts: LoginAttempt[]): Accounts {
  return {
    logIn: async (attempt) => {
      attempts.push(attempt);
      await behaviour.logIn?.(attempt);
      const known = attempt.name === LOGIN || attempt.name === OWN;
      if (!known || attempt.password.reveal() !== PASSWORD) throw new Refused('wrong-password');
      return identity;
    },
  };
}

const identity = {
  account: 'účet-1',
  view: '',
  login: LOGIN,
  box: { boxId: 'vlastni', boxType: 'PO', name: 'Dodavatel s.r.o.', boxState: 1 },
  rights: 31,
  loginKind: 'password',
  passwordExpiry: undefined,
  // No test of this room reaches ISDS.
  isds: Object.create(null),
} satisfies Identity;

const NOTHING: Unsent = { files: [], parts: [] };

function outbox(behaviour: Behaviour, seen: Pick<Gateway, 'checked' | 'sent' | 'confirmed'>): Outbox {
  return {
    checkSender: (_identity, address) => {
      if (![OWN, `vlastni@${DOMAIN}`].includes(address)) throw new Refused('sender-foreign', { address, own: OWN });
    },
    checkRecipient: async (_identity, address, signal) => {
      seen.checked.push(address);
      if (behaviour.checkRecipient !== undefined) return behaviour.checkRecipient(address, signal);
      if (!address.toLowerCase().endsWith(`@${DOMAIN}`))
        throw new Refused('recipient-foreign', { address, domain: DOMAIN });
      return { boxId: address.split('@')[0] ?? '', name: 'Městský úřad Kolín', paid: false };
    },
    send: async (_identity, recipients, draft, sessionId, options) => {
      const files: Record<string, string> = {};
      for (const file of draft.files) files[file.name] = await text(file.open());
      await options?.release?.();
      const result = { dmID: '1490000010', repeated: false };
      const messages: SentMessage[] = [];
      const failures: FailedMessage[] = [];
      for (const recipient of recipients) {
        seen.sent.push({ recipient, draft, files, sessionId });
        const refusal = behaviour.failing?.[recipient.boxId];
        if (refusal === undefined) messages.push({ recipient, ...((await behaviour.send?.(draft)) ?? result) });
        else failures.push({ recipient, refusal });
      }
      return { messages, failures, unsent: behaviour.unsent ?? NOTHING, submissions: [seen.sent.length] };
    },
    tend: async () => undefined,
    settled: async () => undefined,
    tellInterrupted: async () => undefined,
    confirm: async ({ submissions }) => void seen.confirmed.push(...submissions),
  };
}

async function text(content: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function spoolDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'smtp-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}
