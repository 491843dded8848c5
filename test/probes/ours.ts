/** Our POP3 server with the probed boxes in memory. */
import type { Accounts, Identity } from '../../src/accounts/index.ts';
import { createLog, systemClock } from '../../src/core/index.ts';
import { Refused, Wording } from '../../src/refusals/index.ts';
import type { Mailbox, Maildrop, OpenedMail } from '../../src/mailbox/index.ts';
import { selfSigned } from '../../src/certificates/index.ts';
import { AccountSessions, createPop3Server, type Pop3Mode } from '../../src/pop3/index.ts';
import { unreachable } from '../pop3/fakes.ts';
import { boxes, numbered, transmitted, type Box, type Mail } from './mails.ts';
import { PASSWORD, type ProbedServer } from './server.ts';
import { LoginNetworks } from '../../src/net/index.ts';

/** As the mail room hands content over: in pieces that know nothing of lines. */
const PIECE = 60_000;
const FIRST_ID = 1001;

interface User {
  readonly box: Box;
  readonly hidden: Set<string>;
}

export async function startOurs(): Promise<ProbedServer> {
  const users = new Map<string, User>();
  const accounts: Accounts = {
    async logIn({ name, password }) {
      if (!users.has(name) || password.reveal() !== PASSWORD) throw new Refused('wrong-password');
      return identity(name);
    },
  };
  const mailbox: Mailbox = { open: ({ account }) => maildrop(users.get(account)!) };
  const tls = await selfSigned(systemClock);
  const sessions = new AccountSessions();
  const log = createLog('error', { write: () => {} });
  const listening = (mode: Pop3Mode) =>
    createPop3Server(
      {
        accounts,
        sessions,
        clock: systemClock,
        networks: new LoginNetworks(systemClock),
        mailbox,
        log,
        tls,
        domain: 'ds.example.cz',
        loopbackLogin: true,
        wording: new Wording('cs'),
      },
      { host: '127.0.0.1', port: 0, mode, maxConnectionsPerNetwork: 2_000, maxConnections: 2_000 },
    );
  const [plain, encrypted] = await Promise.all([listening('starttls'), listening('implicit-tls')]);
  return {
    plainPort: plain.address.port,
    tlsPort: encrypted.address.port,
    ca: tls.cert,
    newUser: async (box) => {
      const name = `probe-${users.size + 1}`;
      users.set(name, { box, hidden: new Set() });
      return name;
    },
    stop: async () => void (await Promise.all([plain.close(0), encrypted.close(0)])),
  };
}

function maildrop({ box, hidden }: User): Maildrop {
  const all = boxes[box].map((mail, index) => ({ uid: `${FIRST_ID + index}`, octets: transmitted(mail).length }));
  const listed = async () => all.filter(({ uid }) => !hidden.has(uid));
  return {
    messages: listed,
    lastKnown: listed,
    open: ({ uid }): OpenedMail => ({
      prepare: async () => {},
      content: inPieces(numbered(box, Number(uid) - FIRST_ID + 1)),
    }),
    markRead: async () => {},
    hide: async (messages) => messages.forEach(({ uid }) => hidden.add(uid)),
  };
}

async function* inPieces(mail: Mail): AsyncIterable<Buffer> {
  for (let at = 0; at < mail.length; at += PIECE) yield mail.subarray(at, at + PIECE);
}

function identity(name: string): Identity {
  return {
    account: name,
    view: '',
    login: name,
    loginKind: 'password',
    box: { boxId: 'hjyaavk', boxType: 'OVM', name: 'Obec Příbram', boxState: 1 },
    rights: 7,
    passwordExpiry: undefined,
    isds: unreachable,
  };
}
